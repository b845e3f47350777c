#!/usr/bin/env bash
# Debian's cron 3.0pl1-162 ignores CRON_TZ: a line starts by the machine's local time, whatever zone stands above it.
#
# Seen on 2026-11-28 with cron=3.0pl1-162 from bookworm: of two lines below CRON_TZ=Asia/Kolkata, one due in the next minute
# by the machine's clock and one due in the next minute in Kolkata, only the first is started. cronie reads CRON_TZ.
# For us: jobs/crontab holds no hour. This script takes up to two minutes, needs root (namespaces of its own) and apt, and
# fails if cron behaves otherwise. Not part of the tests.
set -euo pipefail
version=3.0pl1-162
[ "$(id -u)" -eq 0 ] || { echo "error: run it as root, for namespaces of its own" >&2; exit 77; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
chmod 755 "$work"
mkdir "$work/package"
chmod 777 "$work/package"
(cd "$work/package" && apt-get download --quiet --quiet "cron=$version")
dpkg -x "$work"/package/cron_*.deb "$work/root"

export WORK=$work CRON=$work/root/usr/sbin/cron
unshare --mount --pid --fork --kill-child bash -euo pipefail -c '
mount -t proc proc /proc
mount -t tmpfs tmpfs /var/spool
mount -t tmpfs tmpfs /run
mkdir -p /var/spool/cron/crontabs
while [ "$(date +%-S)" -gt 45 ]; do sleep 1; done
next=$(( $(date +%s) + 60 ))
{
    echo "CRON_TZ=Asia/Kolkata"
    echo "$(date -d "@$next" "+%-M %-H") * * * touch $WORK/by-the-machines-clock"
    echo "$(TZ=Asia/Kolkata date -d "@$next" "+%-M %-H") * * * touch $WORK/by-cron-tz"
} >/var/spool/cron/crontabs/root
chmod 600 /var/spool/cron/crontabs/root
cat /var/spool/cron/crontabs/root
echo "machine: $(date +%H:%M\ %Z), Kolkata: $(TZ=Asia/Kolkata date +%H:%M)"
"$CRON" -f &
while [ "$(date +%s)" -lt $(( next - next % 60 + 5 )) ]; do sleep 1; done
'
started=$(cd "$work" && echo by-*)
echo "started: $started"
if [ "$started" != by-the-machines-clock ]; then
    echo "error: cron $version behaves otherwise than was seen" >&2
    exit 1
fi
echo "as seen: cron $version ignores CRON_TZ"
