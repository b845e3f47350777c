#!/usr/bin/env bash
# Puts the programs of others that tests run into .cluster/tools: promtool (alert rules) and PgBouncer (connection
# poolers). Debian's packages are unpacked there and not installed, so that no service of theirs is started on this
# machine. What starts no service is installed: systemd-analyze, groff, script. Safe to repeat.
set -euo pipefail
cd "$(dirname "$0")/.."
folder=.cluster/tools

has() {
    command -v "$1" >/dev/null || [ -x "$folder/usr/bin/$1" ] || [ -x "$folder/usr/sbin/$1" ] || [ -x "/usr/sbin/$1" ]
}

unpacked=()
has promtool || unpacked+=(prometheus)
has pgbouncer || unpacked+=(pgbouncer libc-ares2 libevent-2.1-7)
missing=()
has systemd-analyze || missing+=(systemd)
has groff || missing+=(groff-base)
has script || missing+=(bsdutils)
[ $((${#unpacked[@]} + ${#missing[@]})) -gt 0 ] || exit 0

if ! command -v apt-get >/dev/null; then
    echo "error: missing: ${unpacked[*]} ${missing[*]}" >&2
    echo "hint: install them with your system's package manager, then run this again" >&2
    exit 78
fi
root=()
if [ "$(id -u)" -ne 0 ]; then
    if sudo -n true 2>/dev/null; then
        root=(sudo)
    elif [ "${#missing[@]}" -gt 0 ]; then
        echo "error: missing: ${missing[*]}" >&2
        echo "hint: sudo apt-get update && sudo apt-get install --yes ${missing[*]}" >&2
        exit 77
    fi
fi
if [ "$(id -u)" -eq 0 ] || [ "${#root[@]}" -gt 0 ]; then "${root[@]}" apt-get update --quiet --quiet; fi
if [ "${#missing[@]}" -gt 0 ]; then
    "${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends "${missing[@]}"
fi
if [ "${#unpacked[@]}" -gt 0 ]; then
    echo "unpacking ${unpacked[*]} into $folder"
    packages=$(mktemp -d)
    trap 'rm -rf "$packages"' EXIT
    # apt gives up its rights for a download.
    chmod 777 "$packages"
    (cd "$packages" && apt-get download --quiet --quiet "${unpacked[@]}")
    mkdir -p "$folder"
    for package in "$packages"/*.deb; do dpkg -x "$package" "$folder"; done
fi
