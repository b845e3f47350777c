-- purpose: what is read of all tables: the columns a file may bring, archives that stand, Greeks of positions
-- The tables are known whether or not they stand in partitions.
create view margin.input_column with (security_invoker = true) as
select c.relname::text as table_name, a.attname::text as column_name, a.attnum::integer as position,
    format_type(a.atttypid, a.atttypmod) as type_name, a.attnotnull as is_not_null,
    pg_get_expr(d.adbin, d.adrelid) as default_value,
    coalesce(a.attnum = any (i.indkey), false) as is_key,
    exists (select from pg_attribute as r where r.attrelid = c.oid and r.attname = 'revision') as is_versioned
from pg_class as c
join pg_namespace as n on n.oid = c.relnamespace and n.nspname = 'margin'
join pg_attribute as a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
join pg_index as i on i.indrelid = c.oid and i.indisprimary
left join pg_attrdef as d on d.adrelid = c.oid and d.adnum = a.attnum
where c.relkind in ('r', 'p') and c.relname not in ('call_event', 'input_load', 'input_load_date', 'input_load_parameter_set',
        'corrected_row', 'corrected_cell', 'correction_approval', 'parameter_set_approval')
    and exists (select from pg_attribute as l where l.attrelid = c.oid and l.attname = 'load_id')
    and a.attname not in ('withdrawn', 'revision', 'load_id', 'source_line', 'valid_from', 'expires_on', 'parent_revision');
comment on view margin.input_column is
    'The columns a CSV of an input table may bring, read from the catalogue. Grain: one row an input table and column.';
comment on column margin.input_column.table_name is 'The input table.';
comment on column margin.input_column.column_name is 'The column.';
comment on column margin.input_column.position is 'Its place in the table; not gapless.';
comment on column margin.input_column.type_name is 'Its type or domain, with the schema.';
comment on column margin.input_column.is_not_null is 'Whether it may not be null.';
comment on column margin.input_column.default_value is 'SQL text of the value an empty cell takes; null where there is none.';
comment on column margin.input_column.is_key is 'Whether it is part of the table''s key.';
comment on column margin.input_column.is_versioned is
    'Whether rows of the table have revisions, so that they can be corrected.';

-- As before, of the book.
create view margin.position_greeks with (security_invoker = true) as
select r.run_id, p.account, p.owner, p.series, p.long_quantity - p.short_quantity as quantity,
    f.factor * a.delta as delta, f.factor * a.gamma as gamma, f.factor * a.vega as vega, f.factor * a.theta as theta,
    f.factor * a.rho as rho
from margin.run as r
cross join lateral margin.book_position_as_of(r.pinned_load_id, r.business_date, r.cycle) as p
join lateral margin.risk_array_of(r.run_id) as a on a.series = p.series
cross join lateral margin.series_as_of(r.pinned_load_id) as s
cross join lateral margin.contract_as_of(r.pinned_load_id) as c
cross join lateral (
    select (p.long_quantity - p.short_quantity)
        * case c.future_valuation when 'inverse' then 1 else c.contract_value_factor end::double precision as factor
) as f
where s.series = p.series and c.contract = s.contract;
comment on view margin.position_greeks is
    'Greeks of the positions a run margined, for all contracts held, in money. Grain: one row a run, account, owner and series.';
comment on column margin.position_greeks.run_id is 'The run.';
comment on column margin.position_greeks.account is 'Margin account.';
comment on column margin.position_greeks.owner is 'Beneficial owner of a segregated account; empty elsewhere.';
comment on column margin.position_greeks.series is 'Series.';
comment on column margin.position_greeks.quantity is 'Long less short contracts.';
comment on column margin.position_greeks.delta is
    'Gain for one unit of the underlying price, + for a long underlying, in the combined commodity''s currency.';
comment on column margin.position_greeks.gamma is 'Change of delta for one unit of the underlying price; null for futures.';
comment on column margin.position_greeks.vega is
    'Gain for 1.00 of volatility (bachelier: one price unit of it); null for futures.';
comment on column margin.position_greeks.theta is 'Gain over one calendar day; null for futures.';
comment on column margin.position_greeks.rho is 'Gain for 1.00 of the rate; null for futures.';

-- The archives that are out of the database; each begins where the one before ended, so that only the newest comes back.
create view margin.standing_archive with (security_invoker = true) as
select a.archive, a.runs_before, a.inputs_before, a.folder, a.manifest_sha256
from margin.archive as a
where not exists (select from margin.archive_restore as r where r.archive = a.archive);
comment on view margin.standing_archive is 'Archives that are out of the database. Grain: one row an archive.';
comment on column margin.standing_archive.archive is 'Number of the archive.';
comment on column margin.standing_archive.runs_before is 'Runs dated before this day are archived.';
comment on column margin.standing_archive.inputs_before is 'Inputs dated before this day are archived.';
comment on column margin.standing_archive.folder is 'Folder as the operator named it.';
comment on column margin.standing_archive.manifest_sha256 is 'SHA-256 of the folder''s manifest.';
