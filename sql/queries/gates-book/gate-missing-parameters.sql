-- purpose: a parameter set with a hole margins nobody
-- grain: one row a finding: table_name, row_key, load_id, source_line, column_name, value, message
-- order: row_key
-- reads: account, account_class, beneficial_owner, combined_commodity, combined_commodity_margin, contract, intraday_settlement_price,
--     position, scenario, series, settlement_price
-- needs: holding_account, listed_series
-- prices: which there are
-- parameters: $1 pinned load, $2 business date, $3 previous business date (null if none), $4 cycle, $5 parameter set
with held as materialized (
    select s.combined_commodity
    from listed_series as s
    where s.is_held
    group by s.combined_commodity
)
select h.table_name, h.row_key, h.load_id, h.source_line, h.column_name, 'no row' as value,
    'parameter set ' || $5::text || ' has no ' || h.table_name || ' row for ' || h.row_key || coalesce(h.more, '') as message
from (
    select 'combined_commodity_margin' as table_name, k.combined_commodity::text as row_key, null::bigint as load_id,
        null::bigint as source_line, 'combined_commodity' as column_name,
        -- What the set has in its place may be a slip of the pen.
        (select '; it has one for ' || string_agg(m.combined_commodity, ', ' order by m.combined_commodity)
                || ', which the house does not have'
            from margin.combined_commodity_margin_as_of($1, $2) as m
            where m.parameter_set = $5 and not exists (select from margin.combined_commodity_as_of($1) as c
                where c.combined_commodity = m.combined_commodity)) as more
    from held as k
    where not exists (select from margin.combined_commodity_margin_as_of($1, $2) as m
        where m.parameter_set = $5 and m.combined_commodity = k.combined_commodity)
    union all
    select 'scenario', m.scenario_set, min(m.load_id), min(m.source_line), 'scenario_set',
        ', which its combined_commodity_margin row of ' || min(m.combined_commodity) || ' names'
    from margin.combined_commodity_margin_as_of($1, $2) as m
    where m.parameter_set = $5
        and not exists (select from margin.scenario_as_of($1, $2) as s where s.parameter_set = $5 and s.scenario_set = m.scenario_set)
    group by m.scenario_set
    union all
    select 'account_class', f.account_class, f.load_id, f.source_line, 'account_class',
        ', the class of account ' || f.account || case when f.accounts > 1 then ' and ' || f.accounts - 1 || ' more' else '' end
    from (
        select distinct on (a.account_class) a.account_class, a.account, a.load_id, a.source_line,
            count(*) over (partition by a.account_class) as accounts
        from (
            select distinct b.account, b.account_class, b.load_id, b.source_line
            from holding_account as b
            where b.is_holding and b.is_known and not exists (select from margin.account_class_as_of($1, $2) as k
                where k.parameter_set = $5 and k.account_class = b.account_class)
        ) as a
        order by a.account_class, a.account
    ) as f
) as h
order by row_key
