# What one can do here. `make` alone lists it; CI (.ci/run) does nothing that is not in here.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help

CARGO ?= cargo
DENY := $(CARGO) deny --config .deny.toml
# The server with what its tests need: the same build as theirs, not one more of everything.
SERVER := --workspace --locked --bin rialto --example first_order
RIALTO := $(or $(CARGO_TARGET_DIR),target)/debug/rialto

.PHONY: help
help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

.PHONY: run
run: playground-if-npm ## build everything and serve the demo shop: playground at /, API at /graphql
	$(CARGO) build --release --locked --bin rialto --example first_order
	exec target/release/rialto serve

.PHONY: test
test: ## every test: on SQLite and on PostgreSQL (finds one, or starts a throwaway), by client libraries, in a browser
	.ci/with-postgres $(CARGO) test --workspace --locked
	$(MAKE) --no-print-directory test-clients
	$(MAKE) --no-print-directory test-browser

.PHONY: test-clients
test-clients: ## client libraries over the wire: npm's, and Python's gql; says what it left out
	$(CARGO) build $(SERVER)
	tests/clients/run

.PHONY: test-browser
test-browser: playground-if-npm ## the playground in a Chromium without a network; says what it left out
	$(CARGO) build $(SERVER)
	tests/browser/run

.PHONY: bench
bench: ## what it serves in a second, beside baselines (docs/performance.md); BENCH=list,hot BENCH_SECONDS=2 for less
	@command -v wrk >/dev/null || { echo "bench: wrk is not here: apt-get install wrk"; exit 2; }
	.ci/with-postgres $(CARGO) bench --profile dist --locked --bench serve -- $(BENCH_ARGS)

.PHONY: fmt
fmt: ## format the code
	$(CARGO) fmt --all

.PHONY: fmt-check
fmt-check: ## is the code formatted?
	$(CARGO) fmt --all --check

.PHONY: tidy
tidy: ## does the house hold? imports, purity, sizes (tests/tidy.rs)
	$(CARGO) test --workspace --locked --test tidy

.PHONY: lint
lint: ## clippy, warnings denied
	$(CARGO) clippy --workspace --all-targets --locked -- -D warnings

.PHONY: doc
doc: ## rustdoc, warnings denied
	RUSTDOCFLAGS="-D warnings" $(CARGO) doc --workspace --no-deps --document-private-items --locked

.PHONY: schema
schema: ## write schema.graphql from the code
	$(CARGO) build $(SERVER)
	$(RIALTO) schema > target/schema.graphql
	mv target/schema.graphql schema.graphql

.PHONY: schema-check
schema-check: ## is schema.graphql what the code says?
	$(CARGO) build $(SERVER)
	$(RIALTO) schema | diff -u schema.graphql - || { echo "schema.graphql is not current: make schema"; exit 1; }

.PHONY: deny
deny: ## licenses, sources and bans of what we depend on; advisories where their database is reachable
	$(DENY) check bans licenses sources
	@if out=$$($(DENY) check advisories 2>&1); then echo "$$out"; \
	elif grep -q "failed to fetch advisory database\|failed to load advisory database" <<<"$$out"; then \
		echo "deny: the advisory database cannot be reached from here; advisories were NOT checked"; \
	else echo "$$out"; exit 1; fi

.PHONY: unused
unused: ## dependencies that nothing uses
	$(CARGO) machete

PAGE := playground/dist/index.html

.PHONY: playground
playground: $(PAGE) ## build the page at / (needs npm); the server embeds it

$(PAGE): $(shell find playground -type f -not -path '*/node_modules/*' -not -path '*/dist/*')
	cd playground && npm ci --no-audit --no-fund && npm run build

.PHONY: playground-if-npm
playground-if-npm:
	@if ! command -v npm >/dev/null; then \
		echo "npm is not here: / will say how to get the playground, everything else works"; \
	elif ! $(MAKE) --no-print-directory playground; then \
		echo "the playground could not be built (see above): going on without it"; \
	fi

.PHONY: check
check: ## everything CI does, in its order
	.ci/run
