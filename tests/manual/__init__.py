"""The manual as a test: `.ci/postgres.sh python -m tests.manual` installs by the commands of docs/operating.md."""
