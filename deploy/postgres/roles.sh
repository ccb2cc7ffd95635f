#!/bin/sh
# Runs once, when the database server is first made: a role and databases for the record, and another role with
# databases of its own for Temporal. Neither can connect to what is the other's.
set -eu

psql --no-psqlrc --set=ON_ERROR_STOP=1 --username="${POSTGRES_USER:-postgres}" --dbname=postgres \
	--set=record="$SECRETARIAT_DB_PASSWORD" --set=clock="$TEMPORAL_DB_PASSWORD" <<'SQL'
CREATE ROLE secretariat LOGIN PASSWORD :'record';
CREATE DATABASE secretariat OWNER secretariat;
REVOKE CONNECT ON DATABASE secretariat FROM PUBLIC;

CREATE ROLE temporal LOGIN PASSWORD :'clock';
CREATE DATABASE temporal OWNER temporal;
REVOKE CONNECT ON DATABASE temporal FROM PUBLIC;
CREATE DATABASE temporal_visibility OWNER temporal;
REVOKE CONNECT ON DATABASE temporal_visibility FROM PUBLIC;
SQL
