#!/usr/bin/env bash
# The demonstration, from clone to served page. What it keeps is under var/: database, documents, key, mail.
set -euo pipefail
cd "$(dirname "$0")/.."
port=${PORT:-8000}

# Before anything else: is the port to be had? (Python is looked for by setup.sh; without it this says nothing.)
if ! [[ $port =~ ^[0-9]{1,5}$ ]] || ((10#$port < 1 || 10#$port > 65535)); then
    echo "PORT must be a number from 1 to 65535, not \"$port\". Type:   PORT=8001 make run" >&2; exit 1
fi
port=$((10#$port))
other=$((port < 1024 || port > 65000 ? 8001 : port + 1))
case $("${PYTHON:-python3}" - "$port" 2>/dev/null <<'PY' || true
import errno, socket, sys
with socket.socket() as s:
    s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        s.bind(("127.0.0.1", int(sys.argv[1])))
    except OSError as e:
        print("refused" if e.errno == errno.EACCES else "taken")
PY
) in
    taken) printf '%s\n' "Port $port is taken by another program (or by a \`make run\` that is still going)." \
                         "Type:   PORT=$other make run" >&2; exit 1 ;;
    refused) printf '%s\n' "You may not use port $port." "Type:   PORT=$other make run" >&2; exit 1 ;;
esac

.ci/setup.sh run

# A demonstration never touches a real database, whatever is in the environment.
unset DATABASE_URL SECRET_KEY DEBUG PANEL_TESTING DATA_DIR PROXIES SECURE_SSL_REDIRECT SECURE_HSTS_SECONDS
export DEMO=1 ALLOWED_HOSTS=127.0.0.1,localhost DJANGO_SETTINGS_MODULE=panel.settings
python=.venv/bin/python
mkdir -p -m 700 var

[ -e var/db.sqlite3 ] || echo "Making the database in var/ ..."
$python manage.py migrate --verbosity 0
$python manage.py mend_duties > /dev/null
$python manage.py createcachetable --verbosity 0
manifest=staticfiles/staticfiles.json
if [ ! -e $manifest ] || [ .venv/installed-requirements.txt -nt $manifest ] ||
   [ -n "$(find panel complaints hearings -path '*/static/*' -newer $manifest -print -quit)" ]; then
    echo "Collecting the static files ..."
    $python manage.py collectstatic --no-input --clear --verbosity 0
fi
$python manage.py demo

printf '\nPanel casework is at   http://127.0.0.1:%s/   (Ctrl-C stops it; var/ keeps what you enter)\n\n' "$port"
# Mail, which goes into var/mail/, by a process of its own, as in production; it stops with the server.
$python manage.py send_mail --every 5 &
exec $python -m gunicorn panel.wsgi --bind "127.0.0.1:$port" --worker-class gthread --workers 2 --threads 4 \
    --log-level warning --no-control-socket
