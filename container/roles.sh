#!/bin/sh
# Run once by the database's image: an owner who makes tables and triggers, and a web role that only reads and writes rows
# (docs/operating.md, step 2).
set -eu
psql --set ON_ERROR_STOP=1 --username "${POSTGRES_USER:-postgres}" --set owner="$OWNER_PASSWORD" --set web="$WEB_PASSWORD" <<'SQL'
CREATE ROLE panel_owner LOGIN PASSWORD :'owner';
CREATE ROLE panel_web LOGIN PASSWORD :'web';
CREATE DATABASE panel OWNER panel_owner ENCODING 'UTF8' TEMPLATE template0;
\connect panel
REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE, CREATE ON SCHEMA public TO panel_owner;
GRANT USAGE ON SCHEMA public TO panel_web;
ALTER DEFAULT PRIVILEGES FOR ROLE panel_owner IN SCHEMA public
    GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO panel_web;
ALTER DEFAULT PRIVILEGES FOR ROLE panel_owner IN SCHEMA public
    GRANT USAGE, SELECT ON SEQUENCES TO panel_web;
SQL
