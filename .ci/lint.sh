#!/usr/bin/env bash
# Runs every check, then says how many failed. Needs .venv (make lint sees to it).
set -u
cd "$(dirname "$0")/.."
export PATH="$PWD/.venv/bin:$PATH" DJANGO_SETTINGS_MODULE=panel.settings PYTHONDONTWRITEBYTECODE=1
data=$(mktemp -d); trap 'rm -rf "$data"' EXIT
export DATA_DIR=$data                             # no check touches var/
unset DATABASE_URL SECRET_KEY DEBUG DEMO
failed=()
number=0

check() { # words, command...
    local words=$1; shift
    number=$((number + 1))
    printf '\n== %s\n' "$words"
    "$@" || failed+=("$words")
}

testing() { PANEL_TESTING=1 "$@"; }
in_production() {
    SECRET_KEY=$(python -c 'import secrets; print(secrets.token_urlsafe(50))') ALLOWED_HOSTS=panel.example.org PROXIES=1 "$@"
}

check "ruff check" python -m ruff check .
check "ruff format --check" python -m ruff format --check .
check "mypy" python -m mypy
check "import contracts" python -c 'from importlinter.cli import lint_imports_command as c; c()'
check "djlint" python -m djlint templates --lint --quiet
check "no migration is missing" testing python manage.py makemigrations --check --dry-run
check "nothing Django will take away" testing python -W error::DeprecationWarning -W error::PendingDeprecationWarning manage.py check
in_production python manage.py collectstatic --no-input -v 0
check "check --deploy, as in production" in_production python manage.py check --deploy --fail-level WARNING

echo
if [ ${#failed[@]} = 0 ]; then
    echo "All $number checks passed."
else
    printf '%s of %s checks failed:\n' "${#failed[@]}" "$number"
    printf '  - %s\n' "${failed[@]}"
    exit 1
fi
