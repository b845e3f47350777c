-- purpose: the combined commodities of the contracts and series that some rules found something about, as a run sees
--     its findings
-- grain: one row a combined commodity, and one of null where a finding names none that there is
-- order: combined commodity
-- reads: computed_part, contract, finding, result_source, series
-- parameters: $1 run, $2 pinned load, $3 rules, whose findings name a contract or series first
select distinct c.combined_commodity::text as combined_commodity
from margin.finding_of($1) as f
cross join lateral (select split_part(f.row_key, ', ', 1) as code) as k
left join margin.series_as_of($2) as s on s.series = k.code and f.table_name <> 'contract'
left join margin.contract_as_of($2) as c on c.contract = case f.table_name when 'contract' then k.code else s.contract end
where f.rule = any ($3)
order by combined_commodity
