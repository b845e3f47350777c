#!/usr/bin/env bash
# Installs the built programs, the jobs, completions for bash, zsh and fish, man pages and documents below a prefix.
# Usage: jobs/install.sh BIN PREFIX
set -euo pipefail
if [ $# -ne 2 ]; then
    echo "error: name the folder of the built programs and the prefix" >&2
    echo "hint: make install PREFIX=/opt/margin" >&2
    exit 64
fi
bin=$1 prefix=$2
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
programs=(margin margin-ingest margin-risk-arrays margin-offsets margin-add-ons margin-stress margin-calls margin-attribution margin-report)
# On schedules of their own.
programs+=(margin-calibrate margin-backtest)

# What is generated shows defaults: nobody's own settings belong there.
unset "${!MARGIN_@}"
install -d "$prefix/bin" "$prefix/jobs/systemd" "$prefix/share/doc/margin/tables" "$prefix/share/man/man1" \
    "$prefix/share/bash-completion/completions" "$prefix/share/zsh/site-functions" "$prefix/share/fish/vendor_completions.d"
for program in "${programs[@]}"; do
    install -m 0755 "$bin/$program" "$prefix/bin/$program"
    "$bin/$program" --generate-completion-script bash >"$prefix/share/bash-completion/completions/$program"
    "$bin/$program" --generate-completion-script zsh >"$prefix/share/zsh/site-functions/_$program"
    "$bin/$program" --generate-completion-script fish >"$prefix/share/fish/vendor_completions.d/$program.fish"
    "$bin/$program" --experimental-dump-help | python3 "$here/manual.py" "$prefix/share/man/man1"
done
install -m 0755 "$here/end-of-day.sh" "$here/scheduled.sh" "$prefix/jobs"
install -m 0644 "$here/locks.sh" "$here/crontab" "$here/margin.conf" "$here/prometheus-alerts.yaml" \
    "$here/prometheus-alerts.test.yaml" "$here/README.md" "$prefix/jobs"
install -m 0644 "$here"/systemd/* "$prefix/jobs/systemd"
install -m 0644 "$here"/../docs/*.md "$prefix/share/doc/margin"
install -m 0644 "$here"/../docs/tables/*.json "$prefix/share/doc/margin/tables"
echo "installed below $prefix"
