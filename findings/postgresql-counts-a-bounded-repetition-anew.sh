#!/usr/bin/env bash
# PostgreSQL 15: a bounded repetition in a regular expression costs several times what * costs, on every cell, though it
# matches the same cells and the expression is compiled once.
#
# Seen on 2026-11-28 with postgresql-15=15.20-0+deb12u1 from bookworm, 300,000 cells such as A0000123: '^[A-Z][A-Z0-9]{0,63}$'
# takes 7 to 9 times as long as '^[A-Z][A-Z0-9]*$' with octet_length(cell) <= 64 beside it; both find all cells.
# For us: the domains of codes ask for the length beside the pattern, or a load spends most of its time there. Needs root (to
# become postgres) or another user, and apt; fails if the ratio is below 3. Not part of the tests.
set -euo pipefail
version=15.20-0+deb12u1
work=$(mktemp -d)
trap '[ ! -f "$work/data/postmaster.pid" ] || as "$bin/pg_ctl" --pgdata "$work/data" --mode immediate stop >/dev/null; rm -rf "$work"' EXIT
mkdir "$work/package"
chmod 755 "$work"
chmod 777 "$work/package"
(cd "$work/package" && apt-get download --quiet --quiet "postgresql-15=$version" "postgresql-client-15=$version")
for package in "$work"/package/*.deb; do dpkg -x "$package" "$work/root"; done
bin=$work/root/usr/lib/postgresql/15/bin
as() { if [ "$(id -u)" -eq 0 ]; then runuser -u nobody -- "$@"; else "$@"; fi; }
mkdir "$work/data"
[ "$(id -u)" -ne 0 ] || chown nobody "$work/data"
as "$bin/initdb" --pgdata "$work/data" --username finder --locale C --encoding UTF8 >/dev/null
as "$bin/pg_ctl" --pgdata "$work/data" --log "$work/data/log" --wait \
    --options "-c listen_addresses='' -c unix_socket_directories='$work/data' -c jit=off" start >/dev/null
query() { "$bin/psql" -X -q -A -t --host "$work/data" --username finder postgres "$@"; }
query -c "select version()"
query -c "create table cell as select ('A' || to_char(n, 'FM0000000')) collate \"C\" as cell from generate_series(1, 300000) as n"
# timed CONDITION: the cells it holds for, and the milliseconds of the second of two passes.
timed() {
    query -c "select count(*) from cell where $1" >/dev/null
    query -c '\timing on' -c "select count(*) from cell where $1" | sed -E 's/^Time: ([0-9.]+) ms.*/\1/' | paste -sd ' '
}
read -r found bounded < <(timed "cell ~ '^[A-Z][A-Z0-9]{0,63}\$'")
read -r same starred < <(timed "cell ~ '^[A-Z][A-Z0-9]*\$' and octet_length(cell) <= 64")
ratio=$(awk -v a="$bounded" -v b="$starred" 'BEGIN {printf "%.1f", a / b}')
echo "{0,63}: $found cells in $bounded ms; * and the length: $same cells in $starred ms; ratio $ratio"
if [ "$found" != "$same" ] || awk -v r="$ratio" 'BEGIN {exit !(r < 3)}'; then
    echo "error: PostgreSQL $version behaves otherwise than was seen" >&2
    exit 1
fi
echo "as seen: PostgreSQL $version counts a bounded repetition anew for every cell"
