#!/usr/bin/env bash
# Margins the generated house with every combined commodity in a simulated risk group (1,000 filtered scenarios, a stressed
# window, the higher of scanning risk and expected shortfall) and prints its stages.
# Usage: Benchmarks/simulated.sh BIN small|reference [SECONDS OF THE SCANNED NIGHT]
set -euo pipefail
bin=$(cd "$1" && pwd) size=$2 scanned=${3:-}
# shellcheck source=Benchmarks/night.sh
. "$(dirname "$0")/night.sh"
work=$(mktemp -d /var/tmp/margin-simulated.XXXXXX)
export MARGIN_CLUSTER="$work/cluster" MARGIN_REPORTS="$work/reports"
trap '"$bin/margin" db destroy --yes >/dev/null || true; rm -rf "$work"' EXIT
history=$(cd "$(dirname "$0")/.." && pwd)/fixtures/history/wti-daily.csv
cd "$work"
eval "$("$bin/margin" db start 2>/dev/null)"
"$bin/margin" migrate >/dev/null 2>&1
"$bin/margin" generate --size "$size" --seed 20181231 --simulated --history "$history" "$work/house"
"$bin/margin" load "$work/house" >/dev/null
query -c "vacuum (analyze)" -c "checkpoint"
run_night 2018-12-28
[ -z "$scanned" ] || awk -v n="$total" -v s="$scanned" 'BEGIN {printf "simulated / scanned = %.2f\n", n / s}'
