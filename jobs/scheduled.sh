#!/usr/bin/env bash
# What a scheduler starts, every few minutes of every day: the night of the business date that a file names, once at a
# time, tried again where that is safe. The feed writes the file when its last table is loaded; it is renamed to
# FILE.done when the night is done. Without a file `margin due` says from the calendar whether one should be there.
# Usage: jobs/scheduled.sh FILE [option of margin run …]
#
# 0   the night is done; or nothing is due; or a night is under way, for less than MARGIN_UNDER_WAY_LIMIT
# 65  the file holds no date, or is no file
# 66  a night is due and the feed has not named it
# 75  a night has been under way for too long, or nobody knows whose
# 78  the program is not there
# MARGIN_TRIES and MARGIN_PAUSE: how often 69 and 75 are tried again, and after how many seconds (12, 300).
# MARGIN_UNDER_WAY_LIMIT: after how many seconds a night under way is an error (21600).
set -uo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=jobs/locks.sh
. "$here/locks.sh"

[ $# -ge 1 ] || refuse 64 "name the file that holds the business date" "jobs/scheduled.sh /srv/margin/business-date"
file=$1
shift
limit=${MARGIN_UNDER_WAY_LIMIT:-21600}
for number in "$limit" "${MARGIN_TRIES:-12}" "${MARGIN_PAUSE:-300}"; do
    [[ $number =~ ^[0-9]{1,9}$ ]] ||
        refuse 78 "no whole number in MARGIN_UNDER_WAY_LIMIT, MARGIN_TRIES or MARGIN_PAUSE: $(printf '%q' "$number")" \
            "see the head of jobs/scheduled.sh"
done

require_program

# A scheduler that fires twice: the second start has nothing to do while the first is at work, and says so.
if ! take_lock "margin-scheduled-$(id -u).lock"; then
    find_holder || refuse 75 "the lock is held, and its file names no process of yours that lives: $lock" \
        "see who holds it: fuser -v $lock"
    seconds=$(($(date +%s) - since))
    what="a night is under way on this machine since $(date -u -d "@$since" +%FT%TZ), process $holder"
    if [ "$seconds" -gt "$limit" ]; then
        refuse 75 "$what: longer than $limit s" "see what it waits for: margin status --business-date D; ps -fp $holder"
    fi
    echo "$what: nothing to do"
    exit 0
fi

# Sets `date` to the file's first line, without the marks that other systems put around it; empty where there is none.
read_date() {
    date=""
    if [ -e "$file" ] && [ ! -f "$file" ]; then
        refuse 65 "$file is $(kind_of "$file"), and no file with a business date" "remove it, and have the feed write a file"
    fi
    [ -f "$file" ] || return 0
    { IFS= read -r date <"$file"; } 2>/dev/null || [ -n "$date" ] || [ -r "$file" ] ||
        refuse 77 "the file with the business date cannot be read: $file of $(owner_of "$file")" \
            "see its mode: ls -l $file"
    date=${date#$'\xEF\xBB\xBF'}
    date=${date//$'\r'/}
    date=${date#"${date%%[![:space:]]*}"}
    date=${date%"${date##*[![:space:]]}"}
}

read_date
if [ -z "$date" ]; then
    # No file, or one that is only being written.
    said=$("${MARGIN:-margin}" due 9>&-)
    code=$?
    if [ "$code" -eq 0 ] && [ -n "$said" ]; then
        echo "$said: nothing to do"
        exit 0
    fi
    [ "$code" -ne 0 ] || code=66
    refuse "$code" "$file names no business date" "see why the feed is late; jobs/README.md"
fi
[[ $date =~ ^[0-9]{4}-[0-9]{2}-[0-9]{2}$ ]] ||
    refuse 65 "$file does not hold a business date: $(printf '%q' "${date:0:40}")" "have the feed write it as 2018-12-31"

for ((try = 1; ; try++)); do
    "$here/end-of-day.sh" "$date" "$@" 9>&-
    code=$?
    if [[ $code != 69 && $code != 75 ]] || [ "$try" -ge "${MARGIN_TRIES:-12}" ]; then break; fi
    sleep "${MARGIN_PAUSE:-300}" 9>&-
done
if [ "$code" -ne 0 ]; then
    refuse "$code" "the night of $date ended with $code" \
        "docs/operations.md, exit code $code; margin status --business-date $date"
fi
done=$date
read_date
# The feed may have named the next date meanwhile: that one is for the next start.
[ "$date" = "$done" ] || exit 0
mv -f -- "$file" "$file.done" || refuse 73 "the night of $done is done, and $file cannot be renamed" \
    "see owner and mode of its folder"
