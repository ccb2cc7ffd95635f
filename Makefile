# What a developer types. `make` alone lists the targets.
include .ci/tools

RELEASE ?= dev
POSTGRES_DIR ?= /tmp/secretariat-postgres
POSTGRES_BIN := $(lastword $(sort $(wildcard /usr/lib/postgresql/*/bin)))
# PostgreSQL refuses to run as root.
AS_POSTGRES := $(if $(filter 0,$(shell id -u)),runuser -u postgres --)

.DEFAULT_GOAL := help
.PHONY: help check fmt vet test race bench benchmarks lint workflowcheck record-history postgres postgres-stop

help: ## list the targets
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 18

check: fmt vet test lint workflowcheck race ## everything CI checks

fmt: ## fail if a file is not formatted
	@test -z "$$(gofmt -l .)" || { gofmt -l .; exit 1; }

vet: ## go vet
	go vet ./...

test: ## all tests; on PostgreSQL too where it is installed
	go test ./...

race: ## all tests under the race detector, without the embedded Temporal server
	go test -race -tags external ./...

bench: ## figures of this machine beside their goals, as a table; takes some minutes
	go test -count 1 -timeout 60m -run '^$$' -bench . -benchtime 1x ./internal/bench

benchmarks: ## benchmarks of single packages, comparable with benchstat
	go test -tags external -run '^$$' -bench . -benchmem -count 6 $$(go list ./... | grep -v internal/bench)

lint: ## golangci-lint by .golangci.yml
	go run $(GOLANGCI_LINT) run

workflowcheck: ## find what is not deterministic in workflow code
	go run $(WORKFLOWCHECK) ./workflows/...

record-history: ## keep histories of this RELEASE for the replay tests
	go test -count 1 -run '^TestRecordHistory$$' ./workflows/... -args -record $(RELEASE)

postgres: ## start a throw-away PostgreSQL and print its address
	@test -n "$(POSTGRES_BIN)" || { echo 'PostgreSQL is not installed'; exit 1; }
	@install -d $(if $(AS_POSTGRES),-o postgres) -m 700 $(POSTGRES_DIR)
	@cd $(POSTGRES_DIR) && test -d data || \
		$(AS_POSTGRES) $(POSTGRES_BIN)/initdb -A trust -U postgres -E UTF8 --locale=C.UTF-8 -D data >/dev/null
	@cd $(POSTGRES_DIR) && $(AS_POSTGRES) $(POSTGRES_BIN)/pg_ctl -D data -l log -w \
		-o "-k $(POSTGRES_DIR) -c listen_addresses='' -c fsync=off" start >/dev/null
	@echo 'SECRETARIAT_DATABASE=postgres:///postgres?host=$(POSTGRES_DIR)&user=postgres'

postgres-stop: ## stop it and throw it away
	@cd $(POSTGRES_DIR) && $(AS_POSTGRES) $(POSTGRES_BIN)/pg_ctl -D data -m immediate stop >/dev/null
	@rm -rf $(POSTGRES_DIR)
