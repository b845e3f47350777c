#!/usr/bin/env bash
# Values the same options by Sources/Pricing, by QuantLib's C++ and by numpy, one after the other on one core, and prints
# one table. Usage: Benchmarks/pricing.sh [OPTIONS], 20000 by default.
#
# A figure is the best pass of several. Ours prepares and values each option once. QuantLib's Black and Bachelier
# formulas are its plain functions; of its engines only the first NPV() is timed, with instruments, processes and curves
# built before. numpy works on whole columns. The lattices take the first 500 options, the averages the first 2000.
set -euo pipefail
cd "$(dirname "$0")/.."
count=${1:-20000}
jobs/setup.sh benchmark
jobs/setup-quantlib.sh
python=.cluster/quantlib/bin/python
work=$(mktemp -d /var/tmp/margin-pricing.XXXXXX)
trap 'rm -rf "$work"' EXIT

swift build -c release --explicit-target-dependency-import-check error --product bench-pricing
g++ -std=c++17 -O3 -march=native -o "$work/quantlib" Benchmarks/Pricing/quantlib.cpp -lQuantLib
"$python" Benchmarks/Pricing/options.py "$count" >"$work/options.csv"

core=$(taskset -pc $$ | sed -E 's/.*: ([0-9]+).*/\1/')
export OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1
taskset -c "$core" .build/release/bench-pricing "$work/options.csv" "$work" >"$work/margin.csv"
taskset -c "$core" "$work/quantlib" "$work/options.csv" "$work" >"$work/quantlib.csv"
taskset -c "$core" "$python" Benchmarks/Pricing/vectorised.py "$work/options.csv" "$work" >"$work/numpy.csv"
echo "# margin bench-pricing: $count options, $(sed -nE 's/^model name\s*: //p' /proc/cpuinfo | head -n 1)," \
    "QuantLib $(pkg-config --modversion quantlib 2>/dev/null || dpkg-query -W -f '${Version}' libquantlib0-dev)," \
    "numpy $("$python" -c 'import numpy; print(numpy.__version__)')"
"$python" Benchmarks/Pricing/table.py "$work"
