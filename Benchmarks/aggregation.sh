#!/usr/bin/env bash
# Sums portfolio arrays, 16 scenarios a position, by Sources/Margining and by scipy.sparse on the same matrix, one after the
# other on one core, and prints positions a second and their ratio. Both end with the sum of the accounts' largest losses,
# which must be equal. Usage: Benchmarks/aggregation.sh [ACCOUNTS [POSITIONS-AN-ACCOUNT [SERIES]]]
set -euo pipefail
cd "$(dirname "$0")/.."
sizes=("${1:-100000}" "${2:-10}" "${3:-20000}")
jobs/setup-quantlib.sh
python=.cluster/quantlib/bin/python
swift build -c release --explicit-target-dependency-import-check error --product bench-aggregation >/dev/null
core=$(taskset -pc $$ | sed -E 's/.*: ([0-9]+).*/\1/')
export OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1
ours=$(taskset -c "$core" .build/release/bench-aggregation "${sizes[@]}")
theirs=$(taskset -c "$core" "$python" Benchmarks/Aggregation/aggregate.py "${sizes[@]}")
echo "# margin bench-aggregation: ${sizes[0]} accounts of ${sizes[1]} positions in ${sizes[2]} series"
printf '%s\n%s\n' "$ours" "$theirs" | awk -F, '{printf "%-6s %14.0f positions a second, checksum %s\n", $1, $2, $3; rate[NR] = $2; sum[NR] = $3}
    END {printf "ours / scipy = %.2f\n", rate[1] / rate[2]; if (sum[1] != sum[2]) {print "error: the checksums differ"; exit 1}}'
