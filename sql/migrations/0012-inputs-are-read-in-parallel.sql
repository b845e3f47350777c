-- purpose: lets the server read pinned inputs with more than one process: the functions only select.
do $$
declare
    reader regprocedure;
begin
    for reader in
        select p.oid::regprocedure from pg_proc as p
        where p.pronamespace = 'margin'::regnamespace and p.proname like '%\_as\_of' order by p.proname
    loop
        execute format('alter function %s parallel safe', reader);
    end loop;
end
$$;
