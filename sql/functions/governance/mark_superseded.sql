-- purpose: keeps when a run was superseded, whatever supersedes it.
-- after: 01-domains
create or replace function margin.mark_superseded() returns trigger language plpgsql as $$
begin
    new.superseded_at := clock_timestamp();
    return new;
end
$$;
comment on function margin.mark_superseded is 'Keeps when a run was superseded, whatever supersedes it.';
