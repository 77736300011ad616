#!/usr/bin/env bash
# Runs a command with DATABASE_URL set to a PostgreSQL of its own: postgres.sh COMMAND...
# The server lives in a temporary directory, listens on a Unix socket there (no port to collide with), never runs as root,
# and is gone when the command ends, however it ends. It is quick and careless (fsync off): for tests only.
set -euo pipefail
cd "$(dirname "$0")/.."

bin=$(printf '%s\n' /usr/lib/postgresql/*/bin | sort -V | tail -n 1)
if [ ! -x "$bin/initdb" ]; then
    if command -v initdb postgres >/dev/null; then
        bin=$(dirname "$(command -v initdb)")
    else
        printf '%s\n' "There is no PostgreSQL server on this machine." \
            "On Debian or Ubuntu type:   sudo apt-get install postgresql" \
            "elsewhere put the directory of initdb and postgres on PATH." >&2
        exit 1
    fi
fi

as=()
if [ "$(id -u)" = 0 ]; then                       # PostgreSQL refuses to run as root
    user=postgres; id -u $user >/dev/null 2>&1 || user=nobody
    as=(setpriv --reuid "$user" --regid "$(id -g "$user")" --clear-groups --)
fi

dir=$(mktemp -d /tmp/panel-pg.XXXXXX)             # short: a socket's path has at most 107 characters
child=""
finish() {
    status=$?
    trap - EXIT; trap '' INT TERM HUP             # a second Ctrl-C must not leave the server behind
    [ -z "$child" ] || { kill -TERM "$child" 2>/dev/null && wait "$child" 2>/dev/null; } || true
    (cd / && "${as[@]}" "$bin/pg_ctl" --pgdata "$dir/data" --mode immediate --wait stop >/dev/null 2>&1) || true
    rm -rf "$dir"
    exit "$status"
}
trap finish EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
trap 'exit 129' HUP
[ ${#as[@]} = 0 ] || chown "$user" "$dir"

# The manual's check finds a server wanting that forgets: for it alone this one does not.
quick="-c fsync=off -c synchronous_commit=off -c full_page_writes=off"
case "$*" in *tests.manual*) quick="" ;; esac

server() {
    (cd / && LC_ALL=C "${as[@]}" "$bin/initdb" --pgdata "$dir/data" --username panel --auth trust --encoding UTF8 --no-locale --no-sync &&
     "${as[@]}" "$bin/pg_ctl" --pgdata "$dir/data" --log "$dir/log" --wait --timeout 60 start --options \
        "-c listen_addresses='' -c unix_socket_directories='$dir' $quick -c max_connections=60") \
        >"$dir/start" 2>&1
}
if ! server; then
    echo "PostgreSQL did not start:" >&2
    cat "$dir/start" "$dir/log" >&2 2>/dev/null || true
    exit 1
fi
echo "PostgreSQL $("$bin/postgres" --version | awk '{print $3}') is up in $dir"

export DATABASE_URL="postgres://panel@${dir//\//%2F}/postgres"
"$@" & child=$!
wait "$child" && status=0 || status=$?
child=""
exit $status
