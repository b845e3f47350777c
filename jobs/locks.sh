# shellcheck shell=bash
# Lock files that scheduled.sh and end-of-day.sh take; sourced by them. A lock is an flock on a descriptor that is given
# back when its process ends, however that happens. The file says who holds it and since when: process, seconds, date.
#
# The files stand in MARGIN_LOCKS, else in a folder of the user's own below /tmp. Whoever else could open the
# file could also hold it: it is made for its owner alone, and one that belongs to somebody else is an error.

# Ends with a code, a message and a hint.
refuse() {
    echo "error: $2" >&2
    echo "hint: $3" >&2
    exit "$1"
}

# Prints the owner of a file as a name, or as a number where there is no name.
owner_of() { stat -c '%U (%u)' -- "$1" 2>/dev/null || echo nobody; }

# Ends with 78 where the program is not to be found: a shell would say 127, and not what to do.
require_program() {
    command -v -- "${MARGIN:-margin}" >/dev/null 2>&1 ||
        refuse 78 "the program is not there, or not executable: ${MARGIN:-margin}" \
            "name it: MARGIN=/opt/margin/bin/margin, or put its folder on PATH"
}

# Prints what stands at a path that is no file: a link is named before what it leads to.
kind_of() {
    if [ -L "$1" ]; then echo "a link"; elif [ -p "$1" ]; then echo "a pipe"; elif [ -d "$1" ]; then echo "a folder"; else
        echo "no file"
    fi
}

# Sets `locks` to the folder for lock files, and makes the user's own where MARGIN_LOCKS names none.
find_lock_folder() {
    locks=${MARGIN_LOCKS:-}
    if [ -n "$locks" ]; then
        [ -d "$locks" ] || refuse 73 "the folder for lock files is not there: $locks" "mkdir -m 700 $locks"
        [ -w "$locks" ] || refuse 77 "the folder for lock files may not be written: $locks of $(owner_of "$locks")" \
            "name a folder of your own: MARGIN_LOCKS=DIR"
        return
    fi
    locks=/tmp/margin-locks-$(id -u)
    (umask 077 && mkdir -- "$locks") 2>/dev/null
    if [ -L "$locks" ] || [ ! -d "$locks" ] || [ ! -O "$locks" ]; then
        refuse 77 "the folder for lock files is not your own: $locks of $(owner_of "$locks")" \
            "name a folder of your own: MARGIN_LOCKS=DIR"
    fi
    chmod 700 -- "$locks"
}

# take_lock NAME DATE: takes the lock on descriptor 9 and returns 0, or 1 where another process has it.
# Sets `lock` to the file's path.
take_lock() {
    find_lock_folder
    lock=$locks/$1
    # Looked at before it is opened, for a pipe would be waited for, and after, for it may have been changed meanwhile.
    if [ -L "$lock" ] || { [ -e "$lock" ] && { [ ! -f "$lock" ] || [ ! -O "$lock" ]; }; }; then
        if [ "$(stat -c %u -- "$lock" 2>/dev/null)" = "$(id -u)" ]; then
            refuse 77 "the lock file is not a file: $(kind_of "$lock") of your own stands at $lock" "remove it: rm -r $lock"
        fi
        refuse 77 "the lock file is not a file of your own: $lock of $(owner_of "$lock")" \
            "have its owner remove it, and name a folder of your own: MARGIN_LOCKS=DIR"
    fi
    { (umask 077 && : >>"$lock") && exec 9<>"$lock"; } 2>/dev/null ||
        refuse 73 "the lock file cannot be opened: $lock" "see owner and mode of its folder: ls -la $locks"
    if [ ! -O /proc/self/fd/9 ] || [ ! "$lock" -ef /proc/self/fd/9 ]; then
        refuse 77 "the lock file is not a file of your own: $lock of $(owner_of "$lock")" \
            "have its owner remove it, and name a folder of your own: MARGIN_LOCKS=DIR"
    fi
    # Made by an older version or by hand, it may be open to others.
    chmod 600 -- "$lock"
    flock -n 9 || return 1
    printf '%s %s %s\n' "$$" "$(date +%s)" "${2:-}" >"$lock"
}

# Sets `holder` and `since` (seconds since 1970) to the process that has the lock and to when it took it; returns 1
# where the file names none that lives and is this user's.
find_holder() {
    local try
    for ((try = 0; try < 20; try++)); do
        # Whoever has just taken the lock may not have written yet.
        if read -r holder since _ <"$lock" 2>/dev/null && [[ $holder =~ ^[0-9]+$ && $since =~ ^[0-9]+$ ]] &&
            [ -O "/proc/$holder" ]; then
            return 0
        fi
        sleep 0.1
    done
    return 1
}
