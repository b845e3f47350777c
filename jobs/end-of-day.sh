#!/usr/bin/env bash
# Runs the night of one business date, once at a time on this machine, and ends with its exit code (75: already under way).
# Usage: jobs/end-of-day.sh DATE [option of margin run …]
# MARGIN names the program if it is not on PATH; MARGIN_LOCKS the folder for the lock, /tmp if it is not set.
set -uo pipefail

if [ $# -lt 1 ]; then
    echo "error: name the business date" >&2
    echo "hint: jobs/end-of-day.sh 2018-12-31" >&2
    exit 64
fi
date=$1
shift
# The date becomes part of a file name.
if ! [[ $date =~ ^[0-9]{4}-[0-9]{2}-[0-9]{2}$ ]]; then
    echo "error: not a date: $date" >&2
    echo "hint: write it as 2018-12-31" >&2
    exit 64
fi
exec flock -n -E 75 "${MARGIN_LOCKS:-/tmp}/margin-end-of-day-$(id -u)-$date.lock" \
    "${MARGIN:-margin}" run --business-date "$date" "$@"
