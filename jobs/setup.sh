#!/usr/bin/env bash
# Installs PostgreSQL (15 or later), libpq's headers and Python's venv module (for the tests against QuantLib) where
# they are missing. Safe to repeat; does nothing when all is there. With the word "benchmark" also QuantLib's C++ headers
# and a C++ compiler, which only `make bench-pricing` needs.
set -euo pipefail

newest_server() {
    local folder
    for folder in "${PG_BIN:-}" /usr/lib/postgresql/*/bin /usr/pgsql-*/bin; do
        if [ -n "$folder" ] && [ -x "$folder/initdb" ] && [ -x "$folder/postgres" ]; then echo "$folder"; fi
    done | sort -V | tail -n 1
}

server_is_there() {
    local folder
    folder=$(newest_server)
    [ -n "$folder" ] || return 1
    [ "$("$folder/postgres" --version | sed -E 's/.* ([0-9]+).*/\1/')" -ge 15 ]
}

headers_are_there() { pkg-config --exists libpq libcrypto 2>/dev/null || [ -f /usr/include/postgresql/libpq-fe.h ]; }

# Debian ships Python without the module that fills a virtual environment.
venv_is_there() {
    python3 -c 'import ensurepip, venv' 2>/dev/null || /usr/bin/python3 -c 'import ensurepip, venv' 2>/dev/null
}

missing=()
server_is_there || missing+=(postgresql)
headers_are_there || missing+=(libpq-dev libssl-dev pkg-config)
venv_is_there || missing+=(python3-venv)
if [ "${1:-}" = benchmark ]; then
    [ -f /usr/include/ql/quantlib.hpp ] || missing+=(libquantlib0-dev)
    command -v g++ >/dev/null || missing+=(g++)
fi
[ "${#missing[@]}" -gt 0 ] || exit 0

install=(env DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends "${missing[@]}")
if ! command -v apt-get >/dev/null; then
    echo "error: missing: ${missing[*]}" >&2
    echo "hint: install them with your system's package manager, then run this again" >&2
    exit 78
fi
if [ "$(id -u)" -ne 0 ]; then
    if ! sudo -n true 2>/dev/null; then
        echo "error: missing: ${missing[*]}" >&2
        echo "hint: sudo apt-get update && sudo apt-get install --yes ${missing[*]}" >&2
        exit 77
    fi
    install=(sudo "${install[@]}")
    sudo apt-get update --quiet
else
    apt-get update --quiet
fi
# Debian also makes a cluster of its own, which nothing here uses: the private one is started where it is needed.
"${install[@]}"
