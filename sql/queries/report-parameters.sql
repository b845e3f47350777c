-- purpose: everything beside arrays, accounts and positions that a requirement depends on, for the report parameters
-- grain: one row a row of a table: every table of the parameter set, found by its columns, then the data that enter
-- order: table, row
-- parameters: $1 = run_id (bigint)
with pinned as (
    select r.run_id, r.business_date, r.run_number, r.parameter_set, r.pinned_load_id
    from margin.run as r
    where r.run_id = $1
),
-- A table that is keyed by a member or its account is that member's own affair and is not published to all.
parameter_table as (
    select c.table_name
    from margin.input_column as c
    group by c.table_name
    having bool_or(c.column_name = 'parameter_set')
        and not bool_or(c.column_name in ('member', 'member_group', 'account', 'owner'))
),
-- In hexadecimal digits, because not every text of a database may stand in XML.
parameter_row as (
    select t.table_name, convert_from(decode(x.cells, 'hex'), 'utf8')::jsonb as cells
    from pinned as p
    cross join parameter_table as t
    cross join lateral xmltable(
        '/table/row' passing query_to_xml(
            format(
                'select encode(convert_to(to_jsonb(r)::text, ''utf8''), ''hex'') as cells from margin.%I%s as r '
                'where r.parameter_set = %L',
                t.table_name || case t.table_name when 'parameter_set' then '' else '_as_of' end,
                case t.table_name when 'parameter_set' then ''
                    else format('(%s, %L::date)', p.pinned_load_id, p.business_date) end,
                p.parameter_set), true, false, '')
        columns cells text path 'cells') as x
),
-- "is true" keeps the look-up a hash: the arrays were written a moment ago, the planner has no figures of them yet and
-- would take a join for one of few rows.
published_series as (
    select v.series, v.contract, v.contract_month, v.expiry_date, v.option_right, v.strike, v.underlying,
        v.second_underlying, v.averaging_from
    from pinned as p
    cross join lateral margin.series_as_of(p.pinned_load_id) as v
    where (v.series in (select a.series from margin.risk_array_of($1) as a)) is true
),
entering_row as (
    select r.table_name, r.cells - array['parameter_set', 'author', 'approved_by', 'reason'] as cells
    from parameter_row as r
    union all
    select 'currency', to_jsonb(v)
    from pinned as p
    cross join lateral margin.currency_as_of(p.pinned_load_id) as v
    union all
    select 'combined_commodity', to_jsonb(v)
    from pinned as p
    cross join lateral margin.combined_commodity_as_of(p.pinned_load_id) as v
    union all
    select 'contract', to_jsonb(v)
    from pinned as p
    cross join lateral margin.contract_as_of(p.pinned_load_id) as v
    union all
    select 'fx_rate', to_jsonb(v)
    from pinned as p
    cross join lateral margin.fx_rate_as_of(p.pinned_load_id) as v
    where v.business_date = p.business_date
),
-- Series are many and of plain codes, dates and numbers: spelling them cell by cell takes a third of the time.
spelled as (
    select r.table_name, c.cells
    from entering_row as r
    cross join lateral (
        select '{' || string_agg(
            to_json(e.key)::text || ':' || coalesce(to_json(e.value)::text, 'null'), ',' order by e.key collate "C")
            || '}' as cells
        from jsonb_each_text(r.cells - array['withdrawn', 'revision', 'load_id', 'source_line', 'valid_from',
            'expires_on', 'parent_revision']) as e
    ) as c
    union all
    select 'series', '{"averaging_from":' || coalesce('"' || to_char(s.averaging_from, 'YYYY-MM-DD') || '"', 'null')
        || ',"contract":"' || s.contract || '","contract_month":"' || s.contract_month
        || '","expiry_date":' || coalesce('"' || to_char(s.expiry_date, 'YYYY-MM-DD') || '"', 'null')
        || ',"option_right":' || coalesce('"' || s.option_right || '"', 'null')
        || ',"second_underlying":' || coalesce('"' || s.second_underlying || '"', 'null')
        || ',"series":"' || s.series || '","strike":' || coalesce('"' || s.strike || '"', 'null')
        || ',"underlying":' || coalesce('"' || s.underlying || '"', 'null') || '}'
    from published_series as s
),
numbered as (
    select
        s.table_name,
        row_number() over (partition by s.table_name order by s.cells collate "C") as row_number,
        s.cells
    from spelled as s
)
select
    n.table_name::text as table_name,
    n.row_number as row_number,
    n.cells as cells
from pinned as p
cross join numbered as n
order by n.table_name collate "C", n.row_number
