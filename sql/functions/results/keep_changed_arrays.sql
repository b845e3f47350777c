-- purpose: takes from a run the arrays that its base holds equal. Returns how many.
-- after: 01-domains
create or replace function margin.keep_changed_arrays(run bigint, base bigint) returns bigint language plpgsql as $$
declare
    taken bigint;
begin
    delete from margin.risk_array as r
    using margin.risk_array_of(base) as b
    where r.run_id = run and b.series = r.series and to_jsonb(b) - 'run_id' = to_jsonb(r) - 'run_id';
    get diagnostics taken = row_count;
    return taken;
end
$$;
comment on function margin.keep_changed_arrays is 'Takes from a run the arrays that its base holds equal.';
