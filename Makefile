# Every target names what it lacks and what to type. The work is done by the scripts in .ci/.
SHELL := /bin/bash
PORT ?= 8000
PYTEST_ARGS ?=
# Each worker begins with a half of its own, in order: the tests that share a world are together (tests/shared.py).
WORKERS := -n 2 --dist worksteal
# Coverage counts both databases together; which packages and how much: pyproject.toml. No browser is needed for it.
COVERAGE := --cov --cov-report= --cov-fail-under=0
COVERING := tests/rules tests/complaints tests/hearings tests/panel tests/commands
COVERING_POSTGRES := tests/panel/record/test_triggers.py tests/panel/record/test_audit.py
export PORT PYTHON

.PHONY: help run test test-postgres test-deep coverage manual container sbom format lint lock bench soak assets clean
.DEFAULT_GOAL := help

help:            ## this list
	@awk -F':.*## ' '/^[a-z-]+:.*## / {printf "  make %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run:             ## set up and serve the demonstration on http://127.0.0.1:8000/ (another port: PORT=8001 make run)
	@.ci/serve.sh

test:            ## the tests, browser journeys included (more to pytest: PYTEST_ARGS="-k withdraw")
	@.ci/setup.sh tests
	@.venv/bin/python -m pytest $(WORKERS) $(PYTEST_ARGS)

test-postgres:   ## those whose SQL could do something else there, on a PostgreSQL of their own, gone afterwards
	@.ci/setup.sh tests
	@.ci/postgres.sh .venv/bin/python -m pytest $(WORKERS) -m "postgres and not deep" $(PYTEST_ARGS)

test-deep:       ## all of them, and those that take too long for every day, on both databases; coverage with them
	@.ci/setup.sh tests
	@.venv/bin/python -m pytest $(WORKERS) -m "deep or not deep" $(COVERAGE) $(PYTEST_ARGS)
	@.ci/postgres.sh .venv/bin/python -m pytest $(WORKERS) -m "deep or not deep" $(COVERAGE) --cov-append $(PYTEST_ARGS)
	@.venv/bin/python -m coverage report

coverage:        ## fails where a branch of law, procedure, access, record or casework is walked by no test
	@.ci/setup.sh tests
	@.venv/bin/python -m pytest $(WORKERS) $(COVERAGE) $(COVERING) $(PYTEST_ARGS)
	@.ci/postgres.sh .venv/bin/python -m pytest $(WORKERS) $(COVERAGE) --cov-append $(COVERING_POSTGRES)
	@.venv/bin/python -m coverage report

manual:          ## docs/operating.md typed as it stands, into a fresh directory: as root on Debian, for it makes users
	@.ci/setup.sh tests
	@.ci/postgres.sh .venv/bin/python -m tests.manual

container:       ## the steps of container/Dockerfile without an engine: from hashes, healthy as nobody (as root)
	@.ci/container.sh

sbom:            ## what the program is made of, with hashes and licences: build/sbom.json, build/licences.txt
	@.ci/setup.sh tests
	@.venv/bin/python .ci/sbom.py build

format:          ## lay out the Python anew (templates by hand: tests/rules/test_sizes.py says where a line is too long)
	@.ci/setup.sh tests
	@.venv/bin/python -m ruff check --fix .
	@.venv/bin/python -m ruff format .

lint:            ## all checks that need no test, then how many failed
	@.ci/setup.sh tests
	@.ci/lint.sh

lock:            ## pin the dependencies of pyproject.toml and tests/requirements.in anew (needs uv)
	@.ci/lock.sh

bench:           ## how fast it is with 1,000 and with 100,000 cases (other sizes: BENCH="1000 20000")
	@.ci/setup.sh tests
	@.venv/bin/python -m tests.bench $(BENCH)

soak:            ## a year by HTTP, 16 writers at once, 50 kills, 2,000 random walks, 10,000 damaged emails, 50,000 hand-made posts (other numbers: SOAK="--kills 200")
	@.ci/setup.sh tests
	@.venv/bin/python -m tests.soak $(SOAK)
	@.ci/postgres.sh .venv/bin/python -m tests.soak $(SOAK)

assets:          ## compile styles and vendored scripts anew (needs Node; the result is committed)
	@if [ -x .ci/assets.sh ]; then .ci/assets.sh; else echo "There is no .ci/assets.sh in this checkout: nothing to compile."; fi

clean:           ## remove what can be made again; var/ (database, documents) is kept
	rm -rf .venv staticfiles test-results htmlcov .coverage .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
	@if [ -e var ]; then echo "Kept: var/, with the database and documents. To start afresh: rm -r var"; fi
