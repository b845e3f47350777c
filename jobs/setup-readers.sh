#!/usr/bin/env bash
# Installs the programs of others that only tests and readers of the reports need: pandas, polars, DuckDB,
# frictionless and python-iso20022 in .cluster/readers, LibreOffice's calculator, and Chromium (pages) with a font. Safe to
# repeat; does nothing when all is there.
#
# The Python releases are fixed: docs/reports.md says what they do with a report.
set -euo pipefail
cd "$(dirname "$0")/.."
releases="numpy==2.4.6 pandas==3.1.1 polars==2.1.0 duckdb==2.0.1 frictionless==5.21.0"
releases="$releases python-iso20022==0.3.0 xsdata==26.10"
folder=.cluster/readers

# A Python from 3.11 on that can make a folder of packages; nothing where there is none.
find_interpreter() {
    local candidate
    for candidate in python3 /usr/bin/python3; do
        if "$candidate" -c 'import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            echo "$candidate"
            return
        fi
    done
}

missing=()
[ -n "$(find_interpreter)" ] || missing+=(python3-venv)
command -v soffice >/dev/null || missing+=(libreoffice-calc-nogui)
command -v chromium >/dev/null || missing+=(chromium fonts-dejavu-core)
if [ "${#missing[@]}" -gt 0 ]; then
    if ! command -v apt-get >/dev/null; then
        echo "error: missing: ${missing[*]}" >&2
        echo "hint: install them with your system's package manager, then run this again" >&2
        exit 78
    fi
    root=()
    if [ "$(id -u)" -ne 0 ]; then
        if ! sudo -n true 2>/dev/null; then
            echo "error: missing: ${missing[*]}" >&2
            echo "hint: sudo apt-get update && sudo apt-get install --yes ${missing[*]}" >&2
            exit 77
        fi
        root=(sudo)
    fi
    "${root[@]}" apt-get update --quiet --quiet
    "${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install --yes --quiet --no-install-recommends "${missing[@]}"
fi

[ "$(cat "$folder/releases" 2>/dev/null)" != "$releases" ] || exit 0
interpreter=$(find_interpreter)
if [ -z "$interpreter" ]; then
    echo "error: no Python from 3.11 on with its venv module" >&2
    echo "hint: jobs/setup.sh installs python3-venv" >&2
    exit 77
fi
echo "installing $releases into $folder"
rm -rf "$folder"
mkdir -p .cluster
"$interpreter" -m venv "$folder"
# shellcheck disable=SC2086
if ! "$folder/bin/python" -m pip install --quiet --disable-pip-version-check --only-binary :all: $releases; then
    rm -rf "$folder"
    echo "error: pandas, polars and DuckDB could not be installed" >&2
    echo "hint: pip must reach a package index (PIP_INDEX_URL names another one); then run jobs/setup-readers.sh" >&2
    exit 69
fi
echo "$releases" >"$folder/releases"
