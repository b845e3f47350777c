#!/usr/bin/env bash
# Shows that one release of numpy gives other last bits of exponentials, logarithms and powers on another processor.
#
# Installs the pinned release into a temporary folder and computes the same 100,000 values twice: as installed, and with the
# instructions switched off that an older processor does not have, which numpy offers for that purpose. Prints how many
# values differ and by how many units in the last place. Ends with 0 while some of each function do and none by more than two,
# with 1 when it is otherwise, with 69 when the release cannot be installed or the processor has no AVX-512. Needs Python
# from 3.11 on and a package index.
set -euo pipefail
release="numpy==2.4.6"
grep -qw avx512_vnni /proc/cpuinfo || grep -qw avx512dq /proc/cpuinfo || {
    echo "error: this processor has no AVX-512, without which there is nothing to switch off" >&2
    exit 69
}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
if ! python3 -m venv "$work/python" ||
    ! "$work/python/bin/pip" install --quiet --disable-pip-version-check --only-binary :all: "$release"; then
    echo "error: $release could not be installed" >&2
    echo "hint: pip must reach a package index (PIP_INDEX_URL names another one)" >&2
    exit 69
fi
cat >"$work/values.py" <<'PYTHON'
import sys

import numpy as np

draw = np.random.default_rng(20181231).uniform(0.1, 2.0, 100_000)
for name, values in (("exp", np.exp(-draw)), ("log", np.log(draw)), ("power", np.power(draw, 0.37))):
    values.tofile(f"{sys.argv[1]}.{name}")
PYTHON
cat >"$work/compare.py" <<'PYTHON'
import sys

import numpy as np

print("numpy", np.__version__)
failed = False
for name in ("exp", "log", "power"):
    here, older = (np.fromfile(f"{sys.argv[1]}/{which}.{name}") for which in ("here", "older"))
    places = np.abs(here.view(np.int64) - older.view(np.int64))
    differ, most = int((places > 0).sum()), int(places.max())
    failed = failed or differ == 0 or most > 2
    print(f"{name}: {differ} of {len(places)} values differ, by at most {most} unit(s) in the last place")
sys.exit(1 if failed else 0)
PYTHON
python=$work/python/bin/python
"$python" "$work/values.py" "$work/here"
NPY_DISABLE_CPU_FEATURES="X86_V4 AVX512_ICL AVX512_SPR" "$python" -W ignore "$work/values.py" "$work/older" 2>/dev/null
"$python" "$work/compare.py" "$work"
