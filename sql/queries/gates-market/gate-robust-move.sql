-- purpose: a future that moved unlike the other futures of its combined commodity
-- grain: one row a finding: table_name, row_key, load_id, source_line, column_name, value, message
-- order: row_key
-- reads: contract, data_gate, intraday_settlement_price, position, series, settlement_price
-- needs: listed_series
-- within: combined commodities
-- parameters: $1 pinned load, $2 business date, $3 previous one (null if none), $4 cycle, $5 parameter set, $6 commodities or null
with moved as (
    select s.combined_commodity, s.series, s.load_id, s.source_line, s.price, s.price / s.previous_price - 1 as move
    from listed_series as s
    where s.kind = 'future' and s.price is not null and s.previous_price > 0
        and ($6::text[] is null or s.combined_commodity = any ($6))
), middle as (
    select m.combined_commodity, percentile_cont(0.5) within group (order by m.move::double precision)::numeric as median
    from moved as m
    group by m.combined_commodity
    having count(*) >= 5
), spread as (
    select m.combined_commodity, d.median,
        percentile_cont(0.5) within group (order by abs(m.move - d.median)::double precision)::numeric as deviation
    from moved as m
    join middle as d using (combined_commodity)
    group by m.combined_commodity, d.median
), scored as (
    select m.combined_commodity, m.series, m.load_id, m.source_line, m.price, m.move, p.median,
        0.6745 * (m.move - p.median) / p.deviation as score
    from moved as m
    join spread as p using (combined_commodity)
    where p.deviation > 0
)
select 'settlement_price' as table_name, z.series::text as row_key, z.load_id, z.source_line, 'price' as column_name,
    z.price::text as value,
    'moved by ' || round(100 * z.move, 2) || ' %, the median future of ' || z.combined_commodity || ' by '
        || round(100 * z.median, 2) || ' %: robust z ' || round(z.score, 1) as message
from scored as z
where abs(z.score) > coalesce((select g.threshold from margin.data_gate_as_of($1, $2) as g where g.parameter_set = $5
        and g.rule = 'robust_move' and g.combined_commodity in ('', z.combined_commodity)
    order by g.combined_commodity desc limit 1), 5)
order by row_key
