#!/bin/sh
# Brings Temporal's tables up to the version of its server. Safe to run again: each step starts where the last ended.
set -eu

for store in temporal visibility; do
	database=temporal
	[ "$store" = visibility ] && database=temporal_visibility
	temporal-sql-tool --database "$database" setup-schema --version 0.0
	temporal-sql-tool --database "$database" update-schema \
		--schema-dir "/etc/temporal/schema/postgresql/v12/$store/versioned"
done
