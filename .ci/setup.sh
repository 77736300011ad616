#!/usr/bin/env bash
# Makes .venv with the pinned packages: setup.sh [tests]. Quick when nothing has changed since.
# First says everything that is missing, with what to type; touches nothing before that.
set -euo pipefail
cd "$(dirname "$0")/.."
what=${1:-run}

stop() { printf '%s\n' "$@" >&2; exit 1; }

recent() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; }

python=""
for candidate in ${PYTHON:-python3 python3.14 python3.13 python3.12 python3.11}; do
    if recent "$candidate"; then python=$candidate; break; fi
done
if [ -z "$python" ]; then
    have=$(${PYTHON:-python3} --version 2>/dev/null || echo "no ${PYTHON:-python3}")
    stop "Python 3.11 or newer is needed; this machine has: $have." \
         "On Debian 12 or Ubuntu 24.04:   sudo apt-get install python3 python3-venv" \
         "If a newer one has another name: PYTHON=/path/to/python3.12 make ${what%s}"
fi

[ -w . ] || stop "No permission to write in $PWD, where .venv/ and var/ go." \
                 "Type:   sudo chown -R \"\$USER\" '$PWD'" "or make the clone in your own directory."
for dir in .venv var staticfiles; do
    [ ! -e "$dir" ] || [ -w "$dir" ] || stop "No permission to write in $PWD/$dir." "Type:   sudo chown -R \"\$USER\" '$PWD/$dir'"
done

if ! "$python" -c 'import venv, ensurepip' 2>/dev/null; then
    minor=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
    stop "$python cannot make virtual environments: its venv module is not installed." \
         "On Debian or Ubuntu type:   sudo apt-get install python3-venv      (or python$minor-venv)"
fi

# A copy of the list that was installed, kept in .venv, says whether anything has changed. Then .venv is made anew, so that
# a package no longer listed is gone, too.
have=.venv/installed-requirements.txt
have_tests=.venv/installed-tests-requirements.txt
pip() { .venv/bin/python -m pip install -qq --disable-pip-version-check --no-input --require-hashes "$@" ||
        stop "The packages could not be installed (pip's own words are above)." \
             "Is there a way to a package index? A proxy is named by HTTPS_PROXY, another index by PIP_INDEX_URL."; }

changed() { ! cmp -s "$1" "$2"; }
if ! recent .venv/bin/python || changed requirements.txt $have ||
   { [ -e $have_tests ] && changed tests/requirements.txt $have_tests; }; then
    echo "Installing packages into .venv (half a minute, this time only) ..."
    "$python" -m venv --clear .venv || stop "The virtual environment could not be made (the reason is above)."
    pip -r requirements.txt
    cp requirements.txt $have
fi
if [ "$what" = tests ] && changed tests/requirements.txt $have_tests; then
    echo "Installing what tests and linters need ..."
    pip -r tests/requirements.txt
    cp tests/requirements.txt $have_tests
fi
