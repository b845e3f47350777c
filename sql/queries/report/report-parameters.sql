-- purpose: everything beside arrays, accounts and positions that a requirement depends on, for the report parameters
-- grain: one row a row of a table: every table of the parameter set, found by its columns, then the data that enter
-- order: table, row
-- reads: combined_commodity, contract, currency, fx_rate, input_column, result_source, risk_array, series
-- parameters: $1 run, $2 pinned load, $3 business date, $6 parameter set
with
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
    from parameter_table as t
    cross join lateral xmltable(
        '/table/row' passing query_to_xml(
            format(
                'select encode(convert_to(to_jsonb(r)::text, ''utf8''), ''hex'') as cells from margin.%I%s as r '
                'where r.parameter_set = %L',
                t.table_name || case t.table_name when 'parameter_set' then '' else '_as_of' end,
                case t.table_name when 'parameter_set' then ''
                    else format('(%s, %L::date)', $2, $3) end,
                $6), true, false, '')
        columns cells text path 'cells') as x
),
published_series as (
    select v.series, v.contract, v.contract_month, v.expiry_date, v.option_right, v.strike, v.underlying,
        v.second_underlying, v.averaging_from
    from margin.series_as_of($2) as v
    where v.series in (select a.series from margin.risk_array_of($1) as a)
),
entering_row as (
    select r.table_name, r.cells - array['parameter_set', 'author', 'approved_by', 'reason'] as cells
    from parameter_row as r
    union all
    select 'currency', to_jsonb(v)
    from margin.currency_as_of($2) as v
    union all
    select 'combined_commodity', to_jsonb(v)
    from margin.combined_commodity_as_of($2) as v
    union all
    select 'contract', to_jsonb(v)
    from margin.contract_as_of($2) as v
    union all
    select 'fx_rate', to_jsonb(v)
    from margin.fx_rate_as_of($2) as v
    where v.business_date = $3
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
        -- Columns that came later are told where they say something.
        where e.key not in ('delta_decimals', 'maintenance_ratio') or e.value is not null
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
from numbered as n
order by n.table_name collate "C", n.row_number
