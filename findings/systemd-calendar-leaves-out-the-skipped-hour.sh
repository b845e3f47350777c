#!/usr/bin/env bash
# systemd 252: a timer with a time of day does not fire on the day on which a clock change skips that time. It is not moved.
#
# Seen on 2026-11-28 with systemd 252.38-1~deb12u1 from bookworm: OnCalendar=02:30 Europe/Paris elapses on 27, 29 and 30 March
# 2027; 28 March, on which clocks go from 02:00 to 03:00, is left out, and "2027-03-28 02:30 Europe/Paris" elapses never.
# An interval of ten minutes goes on through that hour.
# For us: the timer holds no time of day, and `margin doctor` warns of one that is skipped. Needs systemd 252 or apt; fails if
# systemd-analyze says otherwise. Not part of the tests.
set -euo pipefail
version=252.38-1~deb12u1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/package"
chmod 755 "$work"
chmod 777 "$work/package"
(cd "$work/package" && apt-get download --quiet --quiet "systemd=$version")
dpkg -x "$work"/package/systemd_*.deb "$work/root"
analyze() {
    LD_LIBRARY_PATH=$(dirname "$(find "$work/root" -name 'libsystemd-shared-*.so')") SYSTEMD_COLORS=0 TZ=UTC \
        "$work/root/usr/bin/systemd-analyze" calendar --base-time="2027-03-27 00:00 UTC" "$@" |
        sed -nE 's/^ *(Next elapse|Iter\. #[0-9]+): (.*)$/\2/p'
}
days=$(analyze --iterations=3 "02:30 Europe/Paris" | paste -sd, -)
never=$(analyze "2027-03-28 02:30 Europe/Paris")
interval=$(analyze --iterations=200 "*:0/10 Europe/Paris" | grep -c '2027-03-28 01:')
echo "02:30 Europe/Paris: $days"
echo "2027-03-28 02:30 Europe/Paris: $never"
echo "*:0/10 Europe/Paris, in the hour that follows the change: $interval times"
expected="Sat 2027-03-27 01:30:00 UTC,Mon 2027-03-29 00:30:00 UTC,Tue 2027-03-30 00:30:00 UTC"
if [ "$days" != "$expected" ] || [ "$never" != never ] || [ "$interval" != 6 ]; then
    echo "error: systemd $version behaves otherwise than was seen" >&2
    exit 1
fi
echo "as seen: systemd $version leaves the skipped time out"
