#!/usr/bin/env bash
# Pins requirements.txt and tests/requirements.txt, with hashes and without the address of any index.
set -euo pipefail
cd "$(dirname "$0")/.."
command -v uv >/dev/null || { echo "uv is needed. Type:   python3 -m pip install uv" >&2; exit 1; }
# Extras are named: pip, which wants "coverage[toml]", would otherwise look for a newer one than is pinned, and refuse it.
export UV_CUSTOM_COMPILE_COMMAND="make lock"
lock() { uv pip compile --quiet --universal --generate-hashes --no-strip-extras --no-emit-index-url --no-emit-find-links "$@"; }
lock pyproject.toml --output-file requirements.txt
lock tests/requirements.in --output-file tests/requirements.txt
