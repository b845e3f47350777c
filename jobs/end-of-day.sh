#!/usr/bin/env bash
# Runs the night of one business date, once at a time on this machine, and ends with its exit code (75: under way already).
# Usage: jobs/end-of-day.sh DATE [option of margin run …]
# MARGIN names the program if it is not on PATH; MARGIN_LOCKS the folder for the lock, else one of the user's own.
set -uo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=jobs/locks.sh
. "$here/locks.sh"

[ $# -ge 1 ] || refuse 64 "name the business date" "jobs/end-of-day.sh 2018-12-31"
date=$1
shift
# The date becomes part of a file name.
[[ $date =~ ^[0-9]{4}-[0-9]{2}-[0-9]{2}$ ]] ||
    refuse 64 "not a date: $(printf '%q' "$date")" "write it as 2018-12-31"
require_program
if ! take_lock "margin-end-of-day-$(id -u)-$date.lock" "$date"; then
    find_holder && holds="process $holder since $(date -u -d "@$since" +%FT%TZ)" || holds="an unknown process"
    refuse 75 "the night of $date is under way: $holds holds $lock" \
        "wait for it, or see: margin status --business-date $date"
fi
# The program keeps the lock for as long as it lives; a server that it starts does not inherit it.
exec "${MARGIN:-margin}" run --business-date "$date" "$@"
