#!/usr/bin/env bash
# Runs the night of a generated house, then the same night by a program of numpy and scipy (Benchmarks/Night) that reads the
# same tables and writes results and reports, proves that their results agree, and prints `night / peer`, of one run. What the
# peer has not, Benchmarks/Night/night.py says. Usage: Benchmarks/peer.sh BIN small|reference
set -euo pipefail
bin=$(cd "$1" && pwd) size=$2
root=$(cd "$(dirname "$0")/.." && pwd)
# shellcheck source=Benchmarks/night.sh
. "$root/Benchmarks/night.sh"
"$root/jobs/setup-quantlib.sh"
work=$(mktemp -d /var/tmp/margin-peer.XXXXXX)
export MARGIN_CLUSTER="$work/cluster" MARGIN_REPORTS="$work/reports"
trap '"$bin/margin" db destroy --yes >/dev/null || true; rm -rf "$work"' EXIT
cd "$work"
eval "$("$bin/margin" db start 2>/dev/null)"
"$bin/margin" migrate >/dev/null 2>&1
"$bin/margin" generate --size "$size" --seed 20181231 --history "$root/fixtures/history/wti-daily.csv" "$work/house"
"$bin/margin" load "$work/house" >/dev/null
query -c "vacuum (analyze)" -c "checkpoint"
echo "# margin bench-peer, house: $size, $(nproc) cores"
run_night 2018-12-28
echo
run_peer 2018-12-28
