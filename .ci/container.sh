#!/usr/bin/env bash
# Takes the steps of container/Dockerfile in a temporary directory, without an engine: what is copied into the image is all
# that the program has, packages come by their hashes, and the server runs as nobody, its own files read-only to it.
set -euo pipefail
cd "$(dirname "$0")/.."
[ "$(id -u)" = 0 ] || { echo "Run it as root: the server must become nobody." >&2; exit 1; }
export PATH=/usr/local/sbin:/usr/sbin:/sbin:/usr/bin:/bin   # the programs of the packages, and no other Python
port=${PORT:-8109}
here=$PWD base=$(mktemp -d /tmp/panel-container.XXXXXX) server=""
finish() { [ -z "$server" ] || kill "$server" 2>/dev/null || true; rm -rf "$base"; }
trap finish EXIT
chmod 755 "$base"
root=$base/srv/panel-casework data=$base/data
mkdir -p "$root"
cd "$root"
steps=$(sed -e ':a' -e '/\\$/N; s/\\\n//; ta' "$here/container/Dockerfile" | sed '/^FROM ${BASE}$/,$d')
while read -r word rest; do
    case $word in
        COPY) read -r -a parts <<<"$rest"; to=${parts[-1]}
              for from in "${parts[@]:0:${#parts[@]}-1}"; do
                  (cd "$here" && git ls-files -z -- "$from" | tar --null -T - -cf -) | tar -xf -
              done; echo "copied ${parts[*]:0:${#parts[@]}-1} to $to" ;;
        RUN) echo "# $rest"; (unset DATABASE_URL DEMO DEBUG PANEL_TESTING; DATA_DIR=$data bash -euc "$rest" >/dev/null) ;;
    esac
done <<<"$steps"
(cd "$here" && tar -cf - container/healthy.py) | tar -xf -
install -d -m 700 -o 65534 -g 65534 "$data" "$data/documents"
nobody() { setpriv --reuid=65534 --regid=65534 --clear-groups env -i PATH=/usr/bin:/bin DATA_DIR="$data" PYTHONDONTWRITEBYTECODE=1 \
    SECRET_KEY=of-this-run-alone-and-long-enough-to-be-one-7f3a9c1d5e PROXIES=1 ALLOWED_HOSTS=localhost PORT="$port" "$@"; }
nobody .venv/bin/python manage.py migrate --no-input -v 0
nobody .venv/bin/python manage.py createcachetable
command=$(sed -e ':a' -e '/\\$/N; s/\\\n//; ta' "$here/container/Dockerfile" | sed -n 's/^CMD //p' | \
    .venv/bin/python -c 'import json, shlex, sys; print(shlex.join(json.load(sys.stdin)))')
command=${command/0.0.0.0:8000/127.0.0.1:$port}
# shellcheck disable=SC2086
nobody $command & server=$!
for _ in $(seq 60); do
    if said=$(nobody .venv/bin/python container/healthy.py 2>/dev/null); then echo "well: $said"; break; fi
    sleep 0.5
done
[ -n "${said:-}" ] || { nobody .venv/bin/python container/healthy.py; exit 1; }
if nobody touch "$root/panel/written" 2>/dev/null; then echo "The server could change its own program." >&2; exit 1; fi
echo "The image's steps hold: built from hashes, healthy as nobody, its program not writable to it."
