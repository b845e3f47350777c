#!/usr/bin/env bash
# Times the night, the load and two one-price fixes of this build beside those of another revision, in one run: both programs
# margin the same generated house in databases of one server, in turn, each time in a copy of the database as it was after
# the load and `vacuum analyze`. Prints medians and the ratio, and whether both issue the same bytes.
# Usage: Benchmarks/against.sh BIN small|reference REVISION [PAIRS]
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(dirname "$here")
after=$(cd "$1" && pwd) size=$2 revision=$(git -C "$root" rev-parse --verify "$3^{commit}") pairs=${4:-3}
seed=20181231 date=2018-12-28
work=$(mktemp -d /var/tmp/margin-against.XXXXXX)
export MARGIN_CLUSTER="$work/cluster" MARGIN_REPORTS="$work/reports"
trap '"$after/margin" db destroy --yes >/dev/null 2>&1 || true; rm -rf "$work"' EXIT

echo "# this build against ${revision:0:12}, house: $size, $pairs pairs"
git clone --quiet "$root" "$work/source"
git -C "$work/source" checkout --quiet "$revision"
(cd "$work/source" && swift build -c release >"$work/build.log" 2>&1) || { tail -n 20 "$work/build.log" >&2; exit 1; }
before=$work/source/.build/release
cd "$work"

now() { echo "${EPOCHREALTIME/,/.}"; }
since() { echo "$(now) $1" | awk '{printf "%.2f", $1 - $2}'; }
# note WHAT SIDE SECONDS: keeps a figure; median WHAT SIDE: what they come to.
note() { echo "$3" >>"$work/$1.$2"; }
median() { sort -n "$work/$1.$2" | awk '{v[NR] = $1} END {print NR % 2 ? v[(NR + 1) / 2] : (v[NR / 2] + v[NR / 2 + 1]) / 2}'; }
timed() {
    local what=$1 side=$2 start
    shift 2
    start=$(now)
    "$@" >"$work/out" 2>"$work/log" || { cat "$work/out" "$work/log" >&2; exit 1; }
    note "$what" "$side" "$(since "$start")"
}

eval "$("$after/margin" db start 2>/dev/null)"
psql=$(ls -d /usr/lib/postgresql/*/bin/psql 2>/dev/null | sort -V | tail -n 1)
[ -n "$psql" ] || psql=$(command -v psql)
query() { "$psql" -X -q -v ON_ERROR_STOP=1 -A -t "$@"; }
admin() { PGDATABASE=postgres query "$@"; }

for side in before after; do
    # By its own generator from its own history: tables of one revision may have columns that the other does not know.
    history=$root
    [ "$side" = before ] && history=$work/source
    "${!side}/margin" generate --size "$size" --seed "$seed" --history "$history/fixtures/history/wti-daily.csv" \
        "$work/house.$side" >/dev/null
    admin -c "create database loaded_$side"
    PGDATABASE=loaded_$side "${!side}/margin" migrate >/dev/null 2>&1
    PGDATABASE=loaded_$side timed load "$side" "${!side}/margin" load "$work/house.$side"
    PGDATABASE=loaded_$side query -c "vacuum (analyze)"
done
# One price of a series with another value: the series with the most holders, and the one in the middle of those held.
read -r -d '' holders <<SQL || true
    select h.series, (select q.price + 0.01 from margin.settlement_price as q where q.series = h.series
        and q.business_date = '$date' and q.price_kind = 'settlement' limit 1)
    from (select p.series, row_number() over (order by count(distinct p.account) desc, p.series) as place,
            count(*) over () as held
        from margin.position as p where p.business_date = '$date' group by p.series) as h
SQL
IFS='|' read -r worst worst_price < <(PGDATABASE=loaded_after query -c "$holders where place = 1")
IFS='|' read -r middle middle_price < <(PGDATABASE=loaded_after query -c "$holders where place = (held + 1) / 2")
# fix WHAT SIDE RUN SERIES PRICE: from the correction to the published run.
fix() {
    local bin=${!2} start
    start=$(now)
    "$bin/margin" correct price --business-date "$date" --series "$4" --price "$5" --reason bench >/dev/null 2>&1
    "$bin/margin" rerun --business-date "$date" --reason bench >/dev/null 2>&1
    "$bin/margin" publish --business-date "$date" --run "$3" --quiet >/dev/null 2>&1
    note "$1" "$2" "$(since "$start")"
}

stages=(ingest risk-arrays offsets add-ons stress calls attribution report)
for ((pair = 1; pair <= pairs; pair++)); do
    for side in before after; do
        bin=${!side}
        admin -c "create database night template loaded_$side" -c checkpoint
        export PGDATABASE=night MARGIN_REPORTS="$work/reports.$side"
        rm -rf "$MARGIN_REPORTS"
        mkdir "$MARGIN_REPORTS"
        start=$(now)
        for stage in "${stages[@]}"; do
            # The other revision's night may be a stage shorter.
            [ -x "$bin/margin-$stage" ] || continue
            timed "$stage" "$side" "$bin/margin-$stage" --business-date "$date"
            note peak "$side" "$(sed -E 's/.*, ([0-9]+) MB$/\1/' "$work/out")"
        done
        "$bin/margin" publish --business-date "$date" --quiet >/dev/null 2>&1
        note night "$side" "$(since "$start")"
        (cd "$MARGIN_REPORTS" && find . -type f -print0 | LC_ALL=C sort -z | xargs -0 sha256sum) | sha256sum >"$work/bytes.$side"
        fix median-fix "$side" 2 "$middle" "$middle_price"
        fix worst-fix "$side" 3 "$worst" "$worst_price"
        unset PGDATABASE
        admin -c "drop database night"
    done
done

printf '%-14s %10s %10s %8s\n' '' before after ratio
for what in load "${stages[@]}" night median-fix worst-fix; do
    [ -f "$work/$what.before" ] || continue
    awk -v w="$what" -v b="$(median "$what" before)" -v a="$(median "$what" after)" \
        'BEGIN {printf "%-14s %10.2f %10.2f %7.2fx\n", w, b, a, b / a}'
done
for side in before after; do echo "largest peak, $side: $(sort -n "$work/peak.$side" | tail -n 1) MB"; done
cmp -s "$work/bytes.before" "$work/bytes.after" && echo 'the reports are equal, byte for byte' || echo 'the reports differ'
