-- purpose: what goes with a database: its published dates, runs, loads and size
-- grain: one row: published dates, first, last, runs, loads, size as text
-- reads: input_load, run
-- parameters: none
select count(distinct r.business_date) filter (where r.status = 'published') as published,
    (min(r.business_date) filter (where r.status = 'published'))::text as first_published,
    (max(r.business_date) filter (where r.status = 'published'))::text as last_published, count(*) as runs,
    (select count(*) from margin.input_load) as loads, pg_size_pretty(pg_database_size(current_database())) as size
from margin.run as r
