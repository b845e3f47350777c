#!/usr/bin/env bash
# Runs both nights of a generated house that wants to be told what moved, prints the stages of the second and what attribution takes
# beside the three stages whose work it repeats, then what its kernel takes alone.
# Usage: Benchmarks/attribution.sh BIN small|reference
set -euo pipefail
bin=$(cd "$1" && pwd) size=$2
root=$(cd "$(dirname "$0")/.." && pwd)
# shellcheck source=Benchmarks/night.sh
. "$root/Benchmarks/night.sh"
swift build --package-path "$root" -c release --explicit-target-dependency-import-check error --product bench-attribution >/dev/null
work=$(mktemp -d /var/tmp/margin-attribution.XXXXXX)
export MARGIN_CLUSTER="$work/cluster" MARGIN_REPORTS="$work/reports"
trap '"$bin/margin" db destroy --yes >/dev/null || true; rm -rf "$work"' EXIT
cd "$work"
eval "$("$bin/margin" db start 2>/dev/null)"
"$bin/margin" migrate >/dev/null 2>&1
"$bin/margin" generate --size "$size" --seed 20181231 --history "$root/fixtures/history/wti-daily.csv" "$work/house"
"$bin/margin" load "$work/house" >/dev/null
printf 'effective_from,base_currency,wants_attribution\n2018-01-01,USD,true\n' >"$work/house.csv"
"$bin/margin" load house "$work/house.csv" >/dev/null
query -c "vacuum (analyze)" -c "checkpoint"
echo "# margin bench-attribution, house: $size, $(nproc) cores"
run_night 2018-12-27 >/dev/null
run_night 2018-12-28 | tee "$work/night"
awk '$1 ~ /^(risk-arrays|offsets|add-ons)$/ {repeated += $2} $1 == "attribution" {taken = $2}
    END {printf "attribution / (risk-arrays + offsets + add-ons) = %.2f (%.2f s / %.2f s)\n", taken / repeated, taken, repeated}' "$work/night"
echo
"$bin/bench-attribution" 2018-12-27 2018-12-28
