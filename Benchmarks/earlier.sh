# Sourced by the benchmarks: nights before the one that a generated house is for, with the rows of that date under theirs.

# The last N business days before 2018-12-27, the oldest first.
earlier_dates() {
    local day=2018-12-27 found=()
    while ((${#found[@]} < $1)); do
        day=$(date -u -d "$day - 1 day" +%F)
        case $day in 2018-12-25 | 2018-11-22) continue ;; esac
        [ "$(date -u -d "$day" +%u)" -lt 6 ] && found=("$day" "${found[@]}")
    done
    printf '%s\n' "${found[@]}"
}

# Whether a file holds rows of business dates.
is_daily() { [[ $(head -n 1 "$1") == business_date,* ]]; }

# Writes the daily files of folder $1 as those of date $2 into folder $3. Nothing expires: a final price would end a series
# that the next night still holds.
redate() {
    local file
    mkdir -p "$3"
    for file in "$1"/*.csv; do
        is_daily "$file" || continue
        awk -v date="$2" 'NR == 1 {print; next} /^2018-12-28,/ && !/,"?final"?,/ {print date substr($0, 11)}' \
            "$file" >"$3/${file##*/}"
    done
}
