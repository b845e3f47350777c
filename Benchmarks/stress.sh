#!/usr/bin/env bash
# Runs the night of a generated house with forty stress scenarios and prints its stages, then what stress computes alone:
# revaluation and sums beside numpy and scipy on the same tables, whose losses and exposures must agree with what the night
# stored, and reverse stress and the second round apart. Usage: Benchmarks/stress.sh BIN small|reference
set -euo pipefail
bin=$(cd "$1" && pwd) size=$2
root=$(cd "$(dirname "$0")/.." && pwd)
# shellcheck source=Benchmarks/night.sh
. "$root/Benchmarks/night.sh"
"$root/jobs/setup-quantlib.sh"
swift build --package-path "$root" -c release --explicit-target-dependency-import-check error --product bench-stress >/dev/null
work=$(mktemp -d /var/tmp/margin-stress.XXXXXX)
export MARGIN_CLUSTER="$work/cluster" MARGIN_REPORTS="$work/reports"
trap '"$bin/margin" db destroy --yes >/dev/null || true; rm -rf "$work"' EXIT
cd "$work"
eval "$("$bin/margin" db start 2>/dev/null)"
"$bin/margin" migrate >/dev/null 2>&1
"$bin/margin" generate --size "$size" --seed 20181231 --stressed --history "$root/fixtures/history/wti-daily.csv" "$work/house"
"$bin/margin" load "$work/house" >/dev/null
query -c "vacuum (analyze)" -c "checkpoint"
echo "# margin bench-stress, house: $size, $(nproc) cores"
run_night 2018-12-28
echo
ours=$("$bin/bench-stress" 2018-12-28)
head -n -1 <<<"$ours"
"$root/.cluster/quantlib/bin/python" -B "$root/Benchmarks/Stress/stress.py" 2018-12-28 "$(tail -n 1 <<<"$ours" | cut -d ' ' -f 2)"
