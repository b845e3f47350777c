#!/bin/bash
# Puts small faults into the product, one at a time, and asks whether the proof sees them.
#
#   Tests/Mutations/run.sh            copy this checkout to a temporary folder, and mutate and build the copy
#   Tests/Mutations/run.sh --here     mutate and build this checkout, which is a copy already; Sources must be unchanged
#
# Each *.patch beside this file, and in Studies those of stress, calibration, validation and attribution, is one fault:
# what it does, `caught by:` and who must go red, the patch. `document` is the second implementation (ExhaustiveTests, RandomTests,
# KnownDifferenceTests and the agreement tests of trades, tomorrow, stress, calibration, validation and attribution), `properties`
# are the laws (PropertyTests, FamilyTests).
# Prints a line a fault, and the tests that went red. Exits with 0 if every fault turned red whom it names, 1 if a fault
# survived or was seen by fewer than it names, 2 if the proof is not green without a fault, or a patch no longer applies
# or builds.
set -uo pipefail
cd "$(dirname "$0")/../.." || exit 2
flags=(-c release --explicit-target-dependency-import-check error)

if [ "${1:-}" != --here ]; then
    copy=$(mktemp -d) || exit 2
    trap 'rm -rf "$copy"' EXIT
    cp -a . "$copy/checkout" && cd "$copy/checkout" || exit 2
fi
if ! git diff --quiet HEAD -- Sources; then
    echo "Sources have changes that a mutation would overwrite" >&2
    echo "hint: commit them, or run without --here in a clean checkout" >&2
    exit 2
fi

log=$(mktemp) || exit 2
restore() { git checkout -q HEAD -- Sources; }
trap 'restore; rm -rf "$log" ${copy:+"$copy"}' EXIT
trap 'exit 2' INT TERM

build() { swift build "${flags[@]}" --build-tests >"$log" 2>&1; }
prove() { swift test "${flags[@]}" --skip-build --filter ProofTests >"$log" 2>&1; }
# Who of the last run went red, by name; `trap` where the run ended before its suites did.
red() {
    local seen=""
    grep -qE '^✘ Suite (ExhaustiveTests|RandomTests|KnownDifferenceTests|(Trades|Tomorrow|Attribution|Stress|Calibration|Validation|WalkForward|Learning|Efficiency)AgreementTests) failed' "$log" \
        && seen="document"
    grep -qE '^✘ Suite (PropertyTests|FamilyTests) failed' "$log" && seen="${seen:+$seen }properties"
    echo "${seen:-trap}"
}

if ! build || ! prove; then
    tail -20 "$log" >&2
    echo "the proof is not green without a fault" >&2
    exit 2
fi
grep -q 'Test run with .* passed' "$log" || { echo "no proof was run" >&2; exit 2; }

status=0
for patch in Tests/Mutations/*.patch Tests/Mutations/Studies/*.patch; do
    name=$(basename "$patch" .patch)
    wanted=$(sed -n 's/^caught by: //p' "$patch")
    if ! patch -s -p1 --no-backup-if-mismatch <"$patch" >"$log" 2>&1 || ! build; then
        tail -20 "$log" >&2
        echo "$name: does not apply or does not build" >&2
        exit 2
    fi
    if prove; then
        verdict="SURVIVED"
        seen="nobody"
        status=1
    else
        verdict="red"
        seen=$(red)
        for who in $wanted; do
            [[ " $seen " == *" $who "* ]] || { verdict="MISSED by $who"; status=1; }
        done
    fi
    printf '%-22s %-24s seen by: %-22s %s\n' "$name" "$verdict" "$seen" "$(head -1 "$patch")"
    grep -oE '^✘ Test "[^"]+"( with .*)? failed' "$log" | grep -oE '"[^"]+"' | sort -u | sed 's/^/    /'
    restore
done
exit $status
