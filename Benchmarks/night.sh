# Sourced by the benchmarks: one night's stages, each timed as a program of its own. Needs bin and work; run_peer root too.

now() { echo "${EPOCHREALTIME/,/.}"; }
since() { echo "$(now) $1" | awk '{printf "%.2f", $1 - $2}'; }
sum() { echo "$@" | awk '{s = 0; for (i = 1; i <= NF; i++) s += $i; printf "%.2f", s}'; }

psql=$(ls -d /usr/lib/postgresql/*/bin/psql 2>/dev/null | sort -V | tail -n 1)
[ -x "$psql" ] || psql=$(command -v psql)
query() { "$psql" -X -q -v ON_ERROR_STOP=1 -A -t "$@"; }

# Runs every stage of a date and publishes; prints a line a stage, and leaves the sum of the seconds in total.
run_night() {
    local date=$1 stage start line seconds rows peak
    local night=()
    printf '%-14s %10s %12s %14s %10s\n' stage seconds rows 'rows a second' 'peak MB'
    for stage in ingest risk-arrays offsets add-ons stress calls attribution report; do
        # An older revision's night is one stage shorter.
        [ -x "$bin/margin-$stage" ] || continue
        start=$(now)
        line=$("$bin/margin-$stage" --business-date "$date" 2>"$work/log" || { cat "$work/log" >&2; exit 1; })
        seconds=$(since "$start")
        night+=("$seconds")
        rows=$(sed -E 's/.* done, ([0-9]+) .*/\1/' <<<"$line")
        peak=$(sed -E 's/.*, ([0-9]+) MB$/\1/' <<<"$line")
        awk -v s="$stage" -v t="$seconds" -v r="$rows" -v p="$peak" \
            'BEGIN {printf "%-14s %10.2f %12d %14.0f %10d\n", s, t, r, r / t, p}'
    done
    start=$(now)
    "$bin/margin" publish --business-date "$date" --quiet >/dev/null 2>"$work/log"
    night+=("$(since "$start")")
    total=$(sum "${night[@]}")
    echo "night: $total s"
}

# Runs the peer (Benchmarks/Night) on the tables of the date whose night run_night has run, compares its results with the
# published ones, row by row, and prints the ratio of their seconds. The peer is one program, timed with its start.
run_peer() {
    local date=$1 start seconds python=$root/.cluster/quantlib/bin/python
    query -c checkpoint -c 'set client_min_messages = error' -c 'drop schema if exists peer cascade'
    start=$(now)
    "$python" -B "$root/Benchmarks/Night/night.py" "$date" "$work/peer"
    seconds=$(since "$start")
    echo
    "$python" -B "$root/Benchmarks/Night/agree.py" "$date"
    query -c 'set client_min_messages = error' -c 'drop schema peer cascade'
    rm -rf "$work/peer"
    echo
    awk -v n="$total" -v p="$seconds" 'BEGIN {printf "night / peer = %.2f (%.2f s / %.2f s)\n", n / p, n, p}'
}
