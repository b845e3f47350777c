#!/usr/bin/env bash
# Runs one night after another of a house of 2,000 accounts in one database, with the server's autovacuum off, and prints the
# seconds of each stage, and of two reruns after the first night and after the last one: a price corrected, and everything.
# Usage: Benchmarks/nights.sh BIN [NIGHTS]
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
bin=$(cd "$1" && pwd) nights=${2:-12}
# shellcheck source=Benchmarks/earlier.sh
. "$here/earlier.sh"
work=$(mktemp -d /var/tmp/margin-nights.XXXXXX)
export MARGIN_CLUSTER="$work/cluster" MARGIN_REPORTS="$work/reports"
trap '"$bin/margin" db destroy --yes >/dev/null || true; rm -rf "$work"' EXIT
cd "$work"

now() { echo "${EPOCHREALTIME/,/.}"; }
since() { echo "$(now) $1" | awk '{printf "%.2f", $1 - $2}'; }
timed() {
    local start
    start=$(now)
    "$@" >"$work/out" 2>"$work/log" || { cat "$work/out" "$work/log" >&2; exit 1; }
    seconds=$(since "$start")
}

eval "$("$bin/margin" db start)"
psql=$(ls -d /usr/lib/postgresql/*/bin/psql 2>/dev/null | sort -V | tail -n 1)
[ -n "$psql" ] || psql=$(command -v psql)
query() { "$psql" -X -q -v ON_ERROR_STOP=1 -A -t "$@"; }
query -c "alter system set autovacuum = off" -c "select pg_reload_conf()" >/dev/null

"$bin/margin" migrate >/dev/null
"$bin/margin" generate --size small --history "$here/../fixtures/history/wti-daily.csv" "$work/house"
mapfile -t dates < <(earlier_dates "$((nights + 1))")
mkdir "$work/reference"
for file in "$work"/house/*.csv; do
    is_daily "$file" || mv "$file" "$work/reference"
done
"$bin/margin" load "$work/reference" >/dev/null
# The first night has a day before it, as every other one.
redate "$work/house" "${dates[0]}" "$work/${dates[0]}"
"$bin/margin" load "$work/${dates[0]}" >/dev/null

stages=(ingest risk-arrays offsets add-ons stress calls attribution report)
printf '%-12s' night
printf ' %11s' "${stages[@]}" publish
echo
for ((night = 1; night <= nights; night++)); do
    date=${dates[night]}
    redate "$work/house" "$date" "$work/$date"
    "$bin/margin" load "$work/$date" >/dev/null
    printf '%-12s' "$night $date"
    for stage in "${stages[@]}"; do
        timed "$bin/margin-$stage" --business-date "$date"
        printf ' %11s' "$seconds"
    done
    timed "$bin/margin" publish --business-date "$date"
    printf ' %11s\n' "$seconds"
    if ((night == 1 || night == nights)); then
        IFS='|' read -r series price < <(query <<SQL
select q.series, q.price + 0.01
from margin.settlement_price as q
join margin.series as s on s.series = q.series and s.option_right is null
where q.business_date = '$date' and q.series in (select p.series from margin.position as p where p.business_date = '$date')
order by q.series collate "C" limit 1
SQL
        )
        timed "$bin/margin" correct price --business-date "$date" --series "$series" --price "$price" --reason bench
        timed "$bin/margin" rerun --business-date "$date" --reason bench
        printf '  rerun: %s s;' "$seconds"
        timed "$bin/margin" rerun --whole --business-date "$date" --reason bench
        printf ' rerun --whole: %s s, of it %s\n' "$seconds" \
            "$(sed -nE 's/.*: ([a-z-]+) done,.* in ([0-9.]+) s.*/\1 \2/p' "$work/out" | paste -sd, | sed 's/,/, /g')"
    fi
done
