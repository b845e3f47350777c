#!/usr/bin/env bash
# Revalues options in 1,000 scenarios, adds the losses up by portfolio and takes each one's expected shortfall, by Sources and
# by numpy and scipy on the same numbers, both on all cores, and prints seconds, threads and the ratio. The sums of all
# losses and of all shortfalls must agree. Usage: Benchmarks/simulation.sh [SERIES [PORTFOLIOS [POSITIONS-A-PORTFOLIO]]]
set -euo pipefail
cd "$(dirname "$0")/.."
sizes=("${1:-200000}" "${2:-250000}" "${3:-4}")
jobs/setup-quantlib.sh
python=.cluster/quantlib/bin/python
work=$(mktemp -d /var/tmp/margin-simulation.XXXXXX)
trap 'rm -rf "$work"' EXIT
swift build -c release --explicit-target-dependency-import-check error --product bench-simulation >/dev/null
"$python" Benchmarks/Simulation/inputs.py "${sizes[@]}" "$work"
ours=$(.build/release/bench-simulation "$work")
theirs=$("$python" Benchmarks/Simulation/simulate.py "$work")
echo "# margin bench-simulation: ${sizes[0]} options in 1000 scenarios, ${sizes[1]} portfolios of ${sizes[2]} positions, $(nproc) cores"
printf '%s\n%s\n' "$ours" "$theirs" | awk -F, '
    {printf "%-6s %d threads: revalued in %.2f s, added up and measured in %.2f s; losses %s, shortfalls %s\n",
        $1, $2, $3, $4, $5, $6; total[NR] = $3 + $4; losses[NR] = $5; shortfalls[NR] = $6}
    function apart(a, b) {return a > b ? a - b : b - a}
    END {printf "numpy / ours = %.2f\n", total[2] / total[1]
        # A tie within the last bits may round to the other side.
        if (apart(losses[1], losses[2]) > 10 || apart(shortfalls[1], shortfalls[2]) > 1000) {
            print "error: the sums differ"; exit 1}}'
