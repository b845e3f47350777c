#!/usr/bin/env bash
# Makes the Python environment in which the tests ask QuantLib for values and scipy and vartests for statistics, in
# .cluster/quantlib. Safe to repeat.
#
# The releases are fixed: the bounds of docs/methodology.md §2.8 are measured against them.
set -euo pipefail
cd "$(dirname "$0")/.."
releases="QuantLib==1.44 numpy==2.4.6 scipy==1.17.1 pandas==3.1.1 vartests==0.4.1"
folder=.cluster/quantlib
[ "$(cat "$folder/releases" 2>/dev/null)" != "$releases" ] || exit 0

interpreter=""
for candidate in python3 /usr/bin/python3; do
    if "$candidate" -c 'import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
        interpreter=$candidate
        break
    fi
done
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
    echo "error: QuantLib could not be installed" >&2
    echo "hint: pip must reach a package index (PIP_INDEX_URL names another one); then run jobs/setup-quantlib.sh" >&2
    exit 69
fi
echo "$releases" >"$folder/releases"
