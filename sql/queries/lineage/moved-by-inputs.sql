-- purpose: what the rows move that differ between the inputs of two runs of a date: a combined commodity, the value of whatever
--     has a code, an account, a member's accounts, those of a class, an asset's holders, a conversion, or all
-- grain: one row a table, kind and code: all has no code, a conversion is from one currency and to another
-- order: table, kind, code
-- reads: combined_commodity_margin, contract, input_column, inter_spread_leg, parameter_set, risk_group_commodity
-- parameters: $1 changed tables, $2 the base's pinned load, $3 its parameter set, $4 pinned load, $5 parameter set, $6 business date
with input_table as (
    select c.table_name, bool_or(c.column_name = 'parameter_set') as is_parameter,
        bool_or(c.column_name = 'business_date') as is_dated,
        coalesce(string_agg(format('t.%I', c.column_name), ', ' order by c.position)
            filter (where c.is_key and c.column_name <> 'parameter_set'), '') as keys
    from margin.input_column as c
    group by c.table_name
),
-- With another set in force every table of it is looked at: one file may have brought the rows of both.
compared_table as (
    select t.table_name, t.is_parameter, t.is_dated, t.keys
    from input_table as t
    where t.table_name = any ($1) or (t.is_parameter and $3 <> $5)
),
-- Of a table that is versioned row by row only the keys that were loaded since can differ.
side as (
    select t.table_name, s.is_after, t.keys,
        case when t.table_name = 'parameter_set' then format('margin.parameter_set as t where t.parameter_set = %L', s.set)
            when t.is_parameter then format('margin.%I(%s, %L::date) as t where t.parameter_set = %L',
                t.table_name || '_as_of', s.pin, $6::date, s.set)
            else format('margin.%1$I(%2$s) as t where (%3$s) in (select %3$s from margin.%4$I as t
                where t.load_id > %5$s and t.load_id <= %6$s)%7$s', t.table_name || '_as_of', s.pin, t.keys, t.table_name,
                $2::bigint, $4::bigint, case when t.is_dated then format(' and t.business_date = %L', $6::date) else '' end)
        end as source
    from compared_table as t
    cross join (values (false, $2::bigint, $3::text), (true, $4::bigint, $5::text)) as s (is_after, pin, set)
),
-- As text, since a report may show how many decimals a number came with; in hexadecimal digits, because not every text of a
-- database may stand in XML.
changed_row as materialized (
    select b.table_name, convert_from(decode(nullif(x.before_cells, ''), 'hex'), 'utf8')::jsonb as before,
        convert_from(decode(nullif(x.after_cells, ''), 'hex'), 'utf8')::jsonb as after
    from side as b
    join side as a on a.table_name = b.table_name and a.is_after and not b.is_after
    cross join lateral xmltable(
        '/table/row' passing query_to_xml(
            format(
                'select encode(convert_to(b.cells, ''utf8''), ''hex'') as before_cells, '
                'encode(convert_to(a.cells, ''utf8''), ''hex'') as after_cells '
                'from (select jsonb_build_array(%1$s) as row_key, (to_jsonb(t) - %2$L::text[])::text as cells from %3$s) as b '
                'full join (select jsonb_build_array(%1$s) as row_key, (to_jsonb(t) - %2$L::text[])::text as cells from %4$s) as a '
                'on a.row_key = b.row_key where b.cells is distinct from a.cells',
                b.keys,
                array['withdrawn', 'revision', 'load_id', 'source_line', 'valid_from', 'expires_on', 'parent_revision',
                    'parameter_set'] || case when b.table_name = 'parameter_set'
                    then array['effective_from', 'author', 'approved_by', 'reason'] else '{}' end,
                b.source, a.source), true, false, '')
        columns before_cells text path 'before_cells', after_cells text path 'after_cells') as x
),
-- Both what was and what is: where a row went from, something moves too.
changed_cells as (
    select r.table_name, c.cells
    from changed_row as r
    cross join lateral (values (r.before), (r.after)) as c (cells)
    where c.cells is not null
),
contract_in_force as (
    select c.contract::text as contract, c.combined_commodity::text as combined_commodity, c.discount_rate_code, c.carry_rate_code
    from margin.contract_as_of($4) as c
),
moved_commodity (table_name, combined_commodity) as (
    select c.table_name, c.cells ->> 'combined_commodity'
    from changed_cells as c
    where c.table_name in ('combined_commodity', 'combined_commodity_margin', 'concentration_tier', 'contract', 'delivery_charge',
        'half_spread_charge', 'impact_charge', 'intra_spread', 'intra_spread_leg', 'liquidity', 'liquidity_group_member',
        'member_concentration_tier', 'month_tier', 'price_scan_range_tier')
    union
    select c.table_name, k.combined_commodity
    from changed_cells as c
    join contract_in_force as k on k.contract = c.cells ->> 'contract'
    where c.table_name in ('series', 'spread_option_correlation')
    union
    select c.table_name, k.combined_commodity
    from changed_cells as c
    join contract_in_force as k on c.cells ->> 'rate_code' in (k.discount_rate_code, k.carry_rate_code)
    where c.table_name = 'interest_rate'
    union
    select c.table_name, m.combined_commodity
    from changed_cells as c
    join margin.combined_commodity_margin_as_of($4, $6) as m
        on m.parameter_set = $5 and m.scenario_set = c.cells ->> 'scenario_set'
    where c.table_name = 'composite_delta_weight'
    union
    -- A spread forms for whoever holds all its legs, those it had and those it has.
    select c.table_name, l.combined_commodity
    from changed_cells as c
    cross join lateral (
        select b.combined_commodity
        from margin.inter_spread_leg_as_of($2, $6) as b
        where b.parameter_set = $3 and b.spread = c.cells ->> 'spread'
        union
        select a.combined_commodity
        from margin.inter_spread_leg_as_of($4, $6) as a
        where a.parameter_set = $5 and a.spread = c.cells ->> 'spread'
    ) as l
    where c.table_name in ('inter_spread', 'inter_spread_leg')
),
move (table_name, kind, code) as (
    select m.table_name, 'combined_commodity', m.combined_commodity
    from moved_commodity as m
    union
    -- What is simulated together has its decimals together.
    select m.table_name, 'combined_commodity', o.combined_commodity
    from moved_commodity as m
    join margin.risk_group_commodity_as_of($4, $6) as g on g.parameter_set = $5 and g.combined_commodity = m.combined_commodity
    join margin.risk_group_commodity_as_of($4, $6) as o on o.parameter_set = $5 and o.risk_group = g.risk_group
    union
    select c.table_name, k.kind, c.cells ->> k.code_column
    from changed_cells as c
    join (values ('account', 'account', 'account'), ('account_class', 'account_class', 'account_class'),
        ('beneficial_owner', 'account', 'account'), ('call_rule', 'account_class', 'account_class'),
        ('clearing_member', 'member', 'member'), ('collateral_asset', 'asset', 'asset'),
        ('collateral_haircut', 'asset', 'asset'), ('collateral_limit', 'account_class', 'account_class'),
        ('intraday_settlement_price', 'value', 'series'), ('intraday_underlying_price', 'value', 'underlying'),
        ('intraday_volatility', 'value', 'instrument'), ('liquidity_group', 'account_class', 'account_class'),
        ('series', 'value', 'series')) as k (table_name, kind, code_column) on k.table_name = c.table_name
    union
    select c.table_name, 'conversion', (c.cells ->> 'from_currency') || ' ' || (c.cells ->> 'to_currency')
    from changed_cells as c
    where c.table_name in ('fx_haircut', 'fx_rate')
    union
    -- What is no input table cannot be compared.
    select u.table_name, 'all', ''
    from unnest($1::text[]) as u (table_name)
    where u.table_name not in (select t.table_name from input_table as t)
    union
    select r.table_name, 'all', ''
    from changed_row as r
    where case r.table_name
        -- Without these rows series lose their arrays or members their accounts, which nothing newer would shadow.
        when 'account' then r.after is null or r.before ->> 'member' <> r.after ->> 'member'
        when 'contract' then r.after is null
            or r.before is not null and exists (select from unnest(array['combined_commodity', 'kind', 'future_valuation', 'option_model']) as u (name)
                where r.before ->> u.name is distinct from r.after ->> u.name)
        when 'series' then r.after is null or r.before is not null and (
            exists (select from unnest(array['contract', 'underlying', 'second_underlying']) as u (name)
                where r.before ->> u.name is distinct from r.after ->> u.name)
            or (r.after ->> 'expiry_date')::date < $6)
        else r.table_name not in ('account_class', 'beneficial_owner', 'call_rule', 'close_out_impact', 'collateral_asset',
                'collateral_haircut', 'collateral_limit', 'composite_delta_weight', 'concentration_tier', 'data_gate', 'delivery_charge', 'fx_haircut',
                'fx_rate', 'guaranty_fund', 'guaranty_fund_contribution', 'half_spread_charge', 'impact_charge', 'inter_spread', 'inter_spread_leg', 'interest_rate',
                'intra_spread', 'intra_spread_leg', 'intraday_volatility', 'liquidity', 'liquidity_group',
                'liquidity_group_member', 'liquidity_resource', 'member_concentration_tier', 'month_tier', 'price_scan_range_tier',
                'spread_option_correlation')
            and not (r.table_name in ('clearing_member', 'combined_commodity', 'combined_commodity_margin',
                'intraday_settlement_price', 'intraday_underlying_price') and r.after is not null)
    end
)
select m.table_name, m.kind, m.code
from move as m
order by m.table_name collate "C", m.kind collate "C", m.code collate "C"
