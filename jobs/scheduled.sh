#!/usr/bin/env bash
# What a scheduler starts: the night of the business date that a file names, once at a time, tried again where that is
# safe. The feed writes the file when its last table is loaded; it is renamed to FILE.done when the night is published.
# Usage: jobs/scheduled.sh FILE [option of margin run …]
# MARGIN_TRIES and MARGIN_PAUSE: how often 69 and 75 are tried again, and after how many seconds (12, 300).
set -uo pipefail

if [ $# -lt 1 ]; then
    echo "error: name the file that holds the business date" >&2
    echo "hint: jobs/scheduled.sh /srv/margin/business-date" >&2
    exit 64
fi
file=$1
shift
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)

# A scheduler that fires twice: the second one has nothing to do while the first is at work, and says so.
if [ -z "${MARGIN_SCHEDULED:-}" ]; then
    lock="${MARGIN_LOCKS:-/tmp}/margin-scheduled-$(id -u).lock"
    # 76 is no exit code of the programs, so that their 75 stays theirs.
    MARGIN_SCHEDULED=1 flock -n -E 76 "$lock" "${BASH_SOURCE[0]}" "$file" "$@"
    code=$?
    if [ "$code" -eq 76 ]; then
        echo "a night is under way on this machine, nothing to do"
        exit 0
    fi
    exit "$code"
fi

if [ ! -f "$file" ]; then
    if [ -f "$file.done" ]; then
        echo "the night of $(<"$file.done") is done, nothing to do"
        exit 0
    fi
    echo "error: $file is not there: the feed has not named a business date" >&2
    echo "hint: see why the feed is late; then start this again" >&2
    exit 66
fi
date=$(<"$file")
for ((try = 1; ; try++)); do
    "$here/end-of-day.sh" "$date" "$@"
    code=$?
    if [[ $code != 69 && $code != 75 ]] || [ "$try" -ge "${MARGIN_TRIES:-12}" ]; then break; fi
    sleep "${MARGIN_PAUSE:-300}"
done
if [ "$code" -eq 0 ]; then
    mv "$file" "$file.done"
else
    echo "error: the night of $date ended with $code" >&2
    echo "hint: docs/operations.md, exit code $code; margin status --business-date $date" >&2
fi
exit "$code"
