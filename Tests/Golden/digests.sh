#!/usr/bin/env bash
# Prints the SHA-256 of every report file of both demo nights and of every fixture's night, then one digest of them all.
# Two builds that print the same list issue the same bytes: run it before and after a change that is to move no figure.
#
#   Tests/Golden/digests.sh BIN               the list, on standard output
#   Tests/Golden/digests.sh BIN BEFORE.txt    compares with an earlier list; exits with 1 and the lines that differ
#   Tests/Golden/digests.sh --nights LIST     one digest a house of a list: the form of nights.txt, which make bless writes
#                                             and make golden compares
#
# A fixture that is refused stands in the list with its exit code and the SHA-256 of what it says. Takes some minutes, on a
# private cluster of its own.
set -euo pipefail
if [ "${1:-}" = --nights ]; then
    sed -n 's|^[0-9a-f]\{64\}  \([^ /]*\)/.*|\1|p' "$2" | LC_ALL=C sort -u | while read -r name; do
        echo "$(grep -F "  $name/" "$2" | sha256sum | cut -c 1-64)  $name"
    done
    exit 0
fi
bin=$(cd "$1" && pwd)
before=${2:+$(realpath "$2")}
root=$(cd "$(dirname "$0")/../.." && pwd)
work=$(mktemp -d /var/tmp/margin-digests.XXXXXX)
export MARGIN_CLUSTER="$work/cluster" NO_COLOR=1
trap '"$bin/margin" db stop >/dev/null || true; rm -rf "$work"' EXIT
cd "$work"

eval "$("$bin/margin" db start)"
psql=$(ls -d /usr/lib/postgresql/*/bin/psql 2>/dev/null | sort -V | tail -n 1)
sql() { "${psql:-psql}" -X -q -v ON_ERROR_STOP=1 -d postgres -c "$1" >&2; }
PGDATABASE=postgres "$bin/margin" db start >/dev/null
sql 'create database migrated'
PGDATABASE=migrated "$bin/margin" migrate >&2

# hash NAME: a line for each file below reports/, named NAME/…; load ids and the folder's own name are no part of a report.
hash() { (cd reports && find . -type f -print0 | LC_ALL=C sort -z | xargs -0 -r sha256sum) | sed "s|  \./|  $1/|"; }
# night NAME INPUT DATE…: loads a folder into a database of its own, runs the dates, hashes what was issued.
night() {
    local name=$1 input=$2 code=0
    shift 2
    rm -rf reports said
    mkdir reports
    sql "create database \"$name\" template migrated"
    export PGDATABASE=$name MARGIN_REPORTS=$work/reports
    "$bin/margin" load "$input" >/dev/null 2>said || code=$?
    for date in "$@"; do
        [ "$code" -ne 0 ] || "$bin/margin" run --business-date "$date" --quiet >/dev/null 2>said || code=$?
    done
    unset PGDATABASE
    sql "drop database \"$name\""
    if [ "$code" -eq 0 ]; then hash "$name"; else echo "$(sed -e "s|$root/||g" -e 's/"time":"[^"]*"//' said | sha256sum | cut -c 1-64)  $name/exit-$code"; fi
}

{
    "$bin/margin" generate --size demo --seed 20181231 \
        --history "$root/fixtures/history/wti-daily.csv" "$work/house" >&2
    night demo "$work/house" 2018-12-27 2018-12-28
    for input in "$root"/fixtures/*/input; do
        folder=$(dirname "$input")
        if [ -f "$folder/business-date" ]; then date=$(tr -d '\r\n' <"$folder/business-date"); else
            # The newest date of the positions, whichever column it stands in.
            date=$(grep -v '^#' "$input/position.csv" | grep -oE '[0-9]{4}-[0-9]{2}-[0-9]{2}' | sort | tail -n 1)
        fi
        night "$(basename "$folder")" "$input" "$date"
    done
} | LC_ALL=C sort -k 2 >digests.txt
cat digests.txt
echo "$(sha256sum <digests.txt | cut -c 1-64)  all $(wc -l <digests.txt) lines"
if [ -n "$before" ]; then
    grep -v '  all [0-9]* lines$' "$before" | diff - digests.txt >&2 || exit 1
    echo "equal to $(basename "$before")" >&2
fi
