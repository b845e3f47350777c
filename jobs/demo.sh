#!/usr/bin/env bash
# Generates the demo house, loads it unless it is there, runs its two business dates, and has its parameters calibrated
# and its margins tested.
# Usage: jobs/demo.sh BIN SEED LAST_DATE
set -euo pipefail
bin=$1 seed=$2 last=$3
previous=2018-12-27

"$bin/margin" migrate
if "$bin/margin" status --business-date "$last" | grep -q '^no run'; then
    work=$(mktemp -d)
    house=$work/house
    trap 'rm -rf "$work"' EXIT
    "$bin/margin" generate --size demo --seed "$seed" "$house"
    # 65: a start that was stopped after loading has brought the rows already; nothing is loaded twice.
    "$bin/margin" load "$house" >"$work/loaded" || [ $? -eq 65 ]
    echo "loaded the demo house: $(wc -l <"$work/loaded") tables"
fi
"$bin/margin" run --business-date "$previous"
"$bin/margin" run --business-date "$last"
# Once: the proposal and the reports of both studies stay.
studies=${MARGIN_REPORTS:-reports}/studies
mkdir -p "$studies"
if [ ! -e "$studies/calibration" ]; then
    "$bin/margin-calibrate" --date "$last" --effective-from 2019-01-02 --code 2019-01 --reason 'quarterly review' \
        --out "$studies/calibration"
fi
if [ ! -e "$studies/backtest" ]; then "$bin/margin-backtest" --backtest NIGHTS --out "$studies/backtest"; fi
echo "proposed parameters and tests of the margins: $studies"
