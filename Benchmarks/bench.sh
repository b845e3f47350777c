#!/usr/bin/env bash
# Margins a generated house and compares each stage with the floor: what psql needs to move the same rows.
# Usage: Benchmarks/bench.sh BIN small|reference
#
# The floor, measured in the same run on the same server: binary COPY by psql of the input rows out of their tables (to
# /dev/null) and of the result rows into plain tables (base types and the primary key, nothing else) of another database;
# plus writing and fsyncing the bytes of the reports. What the tables as shipped take beyond plain ones stands beside it.
#
# The small house has five nights in its database before the one that is timed, and no autovacuum that would tell the planner of
# them (Benchmarks/nights.sh times one night after another).
set -euo pipefail
bin=$(cd "$1" && pwd) size=$2
# shellcheck source=Benchmarks/earlier.sh
. "$(dirname "$0")/earlier.sh"
# shellcheck source=Benchmarks/night.sh
. "$(dirname "$0")/night.sh"
here=$(cd "$(dirname "$0")" && pwd)
root=$(dirname "$here")
history=$root/fixtures/history/wti-daily.csv
seed=20181231 date=2018-12-28
work=$(mktemp -d /var/tmp/margin-bench.XXXXXX)
export MARGIN_CLUSTER="$work/cluster" MARGIN_REPORTS="$work/reports"
trap '"$bin/margin" db destroy --yes >/dev/null || true; rm -rf "$work"' EXIT
cd "$work"

eval "$("$bin/margin" db start)"

echo "# margin bench, house: $size, seed $seed"
"$bin/margin" migrate >/dev/null
start=$(now)
"$bin/margin" generate --size "$size" --seed "$seed" --history "$history" "$work/house"
echo "generated in $(since "$start") s"
start=$(now)
"$bin/margin" load "$work/house" >/dev/null
echo "loaded in $(since "$start") s (not part of the night)"
query -c "vacuum (analyze)" -c "checkpoint"
if [ "$size" = small ]; then
    query -c "alter system set autovacuum = off" -c "select pg_reload_conf()" >/dev/null
    start=$(now)
    for earlier in $(earlier_dates 5); do
        redate "$work/house" "$earlier" "$work/$earlier"
        "$bin/margin" load "$work/$earlier" >/dev/null
        "$bin/margin" run --business-date "$earlier" --quiet 2>"$work/log" || { cat "$work/log" >&2; exit 1; }
    done
    echo "five nights before it in $(since "$start") s"
fi

echo
echo "## the house"
query -F ' · ' -f - <<'SQL'
select 'positions', count(*) from margin.position where business_date = '2018-12-28'
union all select 'accounts', count(*) from margin.account
union all select 'series', count(*) from margin.series
union all select 'combined commodities', count(*) from margin.combined_commodity
union all select 'members', count(*) from margin.clearing_member
union all select 'accounts a member', (select count(*) from margin.account) / count(*) from margin.clearing_member;
select 'series, ' || coalesce(c.option_model || ' ' || c.exercise || ' ' || c.option_style, c.future_valuation || ' future'),
    count(*), round(100.0 * count(*) / sum(count(*)) over (), 1) || ' %'
from margin.series as s join margin.contract as c using (contract) group by 1 order by 2 desc;
SQL

echo
echo "## the night"
run_night "$date"

echo
echo "## the floor"
# What a night may read: of tables with a business date the rows of two.
inputs=$(query -F ' ' -c "select table_name, case when bool_or(column_name = 'business_date')
    then 'where business_date in (''2018-12-27'',''2018-12-28'')' else '' end
    from margin.input_column group by table_name order by table_name")
results="risk_array combined_commodity_risk tier_risk spread_leg_formed scan_spread_risk delivery_month_charge
currency_requirement requirement add_on variation_margin collateral_value margin_call finding"
start=$(now)
while read -r table rows; do
    query -c "\\copy (select * from margin.$table $rows) to '/dev/null' (format binary)"
done <<<"$inputs"
out=$(since "$start")
echo "input rows out: $out s"

run=$(query -c "select run_id from margin.run where status = 'published' and business_date = '$date'")
for table in $results; do
    query -c "\\copy (select * from margin.$table where run_id = $run) to '$work/$table.bin' (format binary)"
done
query -c "\\copy margin.parameter_set to '$work/parameter_set.bin' (format binary)"
query -c "\\copy margin.input_load to '$work/input_load.bin' (format binary)"
query -c "\\copy margin.run to '$work/run.bin' (format binary)"
query -c "create database floor" -c "create database bare"
PGDATABASE=floor "$bin/margin" migrate >/dev/null
for table in input_load parameter_set run; do
    PGDATABASE=floor query -c "\\copy margin.$table from '$work/$table.bin' (format binary)"
done
query -c checkpoint
start=$(now)
for table in $results; do
    PGDATABASE=floor query -c "\\copy margin.$table from '$work/$table.bin' (format binary)"
done
in=$(since "$start")
echo "result rows into the tables as shipped: $in s"

# The same columns with their base types, and the primary key.
plain_tables() {
    query -v tables="$results" -f - <<'SQL'
select format('create table public.%I (%s, primary key (%s));', c.relname,
    string_agg(format('%I %s%s', a.attname,
        case when e.typtype = 'd' then format_type(e.typbasetype, -1) || '[]'
            when t.typtype = 'd' then format_type(t.typbasetype, t.typtypmod)
            else format_type(a.atttypid, a.atttypmod) end,
        case when a.attcollation = 0 then '' else ' collate "C"' end), ', ' order by a.attnum),
    (select string_agg(quote_ident(k.attname), ', ' order by u.o)
        from pg_constraint as p
        cross join unnest(p.conkey) with ordinality as u (n, o)
        join pg_attribute as k on k.attrelid = p.conrelid and k.attnum = u.n
        where p.conrelid = c.oid and p.contype = 'p'))
from unnest(string_to_array(translate(:'tables', E'\n', ' '), ' ')) as x (name)
join pg_class as c on c.oid = ('margin.' || x.name)::regclass
join pg_attribute as a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
join pg_type as t on t.oid = a.atttypid
left join pg_type as e on e.oid = t.typelem and t.typcategory = 'A'
group by c.oid, c.relname
SQL
}
plain_tables | PGDATABASE=bare query -f -
query -c checkpoint
start=$(now)
for table in $results; do
    PGDATABASE=bare query -c "\\copy public.$table from '$work/$table.bin' (format binary)"
done
bare=$(since "$start")
echo "result rows into plain tables: $bare s"

find "$work/reports/$date/EOD/r1" -type f -print0 | xargs -0 cat >"$work/reports.bytes"
start=$(now)
dd if="$work/reports.bytes" of="$work/reports.copy" bs=1M conv=fsync status=none
disk=$(since "$start")
echo "report bytes written and fsynced: $disk s ($(stat -c %s "$work/reports.bytes" | awk '{printf "%.0f", $1 / 1e6}') MB)"
floor=$(sum "$out" "$bare" "$disk")
echo "floor: $floor s; with the tables as shipped: $(sum "$out" "$in" "$disk") s"
echo
awk -v n="$total" -v f="$floor" 'BEGIN {printf "night / floor = %.2f\n", n / f}'
hash=$(cat "$work/reports/$date/EOD/r1/manifest.json" | sha256sum | cut -c 1-16)
echo "result hash: $hash"

# Before anything is corrected: the peer knows no revisions.
echo
echo "## the same night by numpy and scipy"
if "$root/jobs/setup-quantlib.sh"; then
    run_peer "$date"
else
    echo 'left out: its Python environment could not be made'
fi

echo
echo "## a correction: correct, rerun, publish; then the run computed again, whole"
printf '%-8s %-26s %9s %9s %10s %14s\n' series '' accounts changed seconds 'of the night'
number=1
for which in median worst; do
    share=0.5
    [ "$which" = worst ] && share=1
    IFS='|' read -r series accounts price < <(query -v share=$share -f - <<'SQL'
with held as (
    select p.series, count(distinct p.account) as accounts
    from margin.position as p
    where p.business_date = '2018-12-28'
    group by p.series
)
select h.series, h.accounts, q.price + 0.01
from held as h
join margin.settlement_price as q on q.series = h.series and q.business_date = '2018-12-28' and q.price_kind = 'settlement'
where h.accounts = (select percentile_disc(:share) within group (order by x.accounts) from held as x)
order by h.series
limit 1
SQL
    )
    number=$((number + 1))
    start=$(now)
    "$bin/margin" correct price --business-date "$date" --series "$series" --price "$price" --reason bench >/dev/null
    "$bin/margin" rerun --business-date "$date" --reason bench >/dev/null 2>"$work/log" || { cat "$work/log" >&2; exit 1; }
    "$bin/margin" publish --business-date "$date" --run "$number" --quiet >/dev/null 2>"$work/log"
    seconds=$(since "$start")
    changed=$(query -c "select count(distinct c.part) from margin.computed_part as c join margin.run as r using (run_id)
        where r.status = 'published' and r.business_date = '$date' and c.part_kind = 'account' and c.is_changed")
    awk -v w="$which" -v n="$series" -v a="$accounts" -v c="$changed" -v s="$seconds" -v t="$total" \
        'BEGIN {printf "%-8s %-26s %9d %9d %10.2f %14.3f\n", w, n, a, c, s, s / t}'
done
"$bin/margin" verify --business-date "$date" 2>/dev/null | tail -n 1

echo
echo "## the same house, every combined commodity simulated in 1,000 scenarios"
"$here/simulated.sh" "$bin" "$size" "$total"
if [ "$size" = reference ]; then
    echo
    "$here/simulation.sh"
fi
