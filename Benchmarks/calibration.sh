#!/usr/bin/env bash
# Walks the shipped rule over the three shipped histories, whole, and calibrates fifty commodities of the same lengths, by
# Sources and by numpy on the same files, both on all cores, and prints seconds and ratios. Exceptions must be equal, means,
# rises and sums within a thousandth. Usage: Benchmarks/calibration.sh
set -euo pipefail
cd "$(dirname "$0")/.."
jobs/setup-quantlib.sh
swift build -c release --explicit-target-dependency-import-check error --product bench-calibration >/dev/null
files=(fixtures/default-calibration fixtures/history)
ours=$(.build/release/bench-calibration "${files[@]}")
theirs=$(.cluster/quantlib/bin/python -B Benchmarks/Calibration/calibrate.py "${files[@]}")
echo "# margin bench-calibration: nine walks over three histories, fifty calibrations, $(nproc) cores"
awk -F, '
    function apart(a, b) {return (a > b ? a - b : b - a) > 0.001 * (b > 1 ? b : 1)}
    FNR == NR {if ($1 == "seconds") ours[$2] = $3; else mine[$1 "," $2 "," $3] = $0; if ($1 == "calibrated") sum = $3; next}
    $1 == "seconds" {printf "%s: ours %.4f s, numpy %.4f s, numpy / ours = %.1f\n", $2, ours[$2], $3, $3 / ours[$2]; next}
    $1 == "calibrated" {if (apart(sum, $3)) {print "error: the sums of the ranges are " sum " and " $3; failed = 1}; next}
    {split(mine[$1 "," $2 "," $3], own, ",")
     if (own[4] != $4 || own[5] != $5 || apart(own[6], $6) || apart(own[7], $7) || apart(own[8], $8)) {
         print "error: " mine[$1 "," $2 "," $3] " and " $0; failed = 1}}
    END {exit failed}' <(printf '%s\n' "$ours") <(printf '%s\n' "$theirs")
