# The operator's and the developer's commands. `make help` prints them.
SWIFT_FLAGS := -c release --explicit-target-dependency-import-check error
BIN := .build/release
DEMO_SEED := 20181231
DEMO_DATE := 2018-12-28
PREFIX ?= /opt/margin
# Tests that let a process of their own trap, which run apart: once the first has run, the testing library waits for every
# child of the process in a loop that takes a core as long as one has ended and is not yet reaped (Swift 6.3).
TRAPPING_TESTS := ^QuantitiesTests\.
SHELL := /bin/bash

.DEFAULT_GOAL := help
.PHONY: help setup build run test bless golden schema case bench bench-against bench-pricing bench-aggregation bench-simulation bench-stress bench-attribution bench-calibration bench-peer lint format db db-stop clean install

help: ## print this list
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

setup: ## install what is missing: PostgreSQL 15 or later, libpq's headers, Python's venv module
	@jobs/setup.sh

# The package manager looks for new files in sql/ only when it plans anew, which a touched manifest makes it do.
build: setup ## build every program in release mode
	@touch Package.swift
	swift build $(SWIFT_FLAGS)

run: build ## build, load the demo house into a database and run its nights; prints where the reports are
	@jobs/demo.sh $(BIN) $(DEMO_SEED) $(DEMO_DATE)

test: setup ## run every test, on a private cluster of its own
	@touch Package.swift
	@jobs/setup-quantlib.sh || echo 'warning: the test against QuantLib is skipped' >&2
	@jobs/setup-test-tools.sh || echo 'warning: the tests that need these tools are skipped' >&2
	swift build $(SWIFT_FLAGS) --build-tests
	swift test $(SWIFT_FLAGS) --skip-build --filter '$(TRAPPING_TESTS)'
	swift test $(SWIFT_FLAGS) --skip-build --skip '$(TRAPPING_TESTS)' --parallel --num-workers 2

bless: setup ## write anew what tests compare with and the programs make: help, data dictionary, table schemas, digests (minutes)
	@touch Package.swift
	swift build $(SWIFT_FLAGS) --build-tests
	BLESS=1 swift test $(SWIFT_FLAGS) --skip-build --filter 'HelpSnapshotTests|DataDictionaryTests|FunctionTableTests|table schema of a report'
	Tests/Golden/digests.sh $(BIN) >$(BIN)/digests.txt
	Tests/Golden/digests.sh --nights $(BIN)/digests.txt >Tests/Golden/nights.txt
	@git --no-pager diff --stat -- Tests docs

golden: build ## compare every byte that is issued, night by night, with Tests/Golden/nights.txt (minutes)
	@Tests/Golden/digests.sh $(BIN) >$(BIN)/digests.txt
	@Tests/Golden/digests.sh --nights $(BIN)/digests.txt | diff Tests/Golden/nights.txt - && echo 'no byte moved'

schema: ## print the whole schema as an empty database gets it: each file of tables, then the functions that need it
	@functions=$$(find sql/functions -name '*.sql' -printf '%f %p\n' | LC_ALL=C sort | cut -d ' ' -f 2); \
	for file in sql/schema/*.sql; do cat "$$file"; \
		grep -lx -e "-- after: $$(basename "$$file" .sql)" $$functions | xargs -r cat; done

case: build ## run every case folder of fixtures/
	$(BIN)/margin case fixtures

bench: build ## margin the reference house and compare with the floor (minutes; BENCH_SIZE=small for seconds)
	@Benchmarks/bench.sh $(BIN) $${BENCH_SIZE:-reference}

bench-against: build ## time this build beside another revision, in one run: REVISION=HEAD~1, BENCH_SIZE=small, PAIRS=3
	@Benchmarks/against.sh $(BIN) $${BENCH_SIZE:-reference} $${REVISION:-HEAD~1} $${PAIRS:-3}

bench-pricing: ## value the same options beside QuantLib's C++ and numpy, in one run (a minute)
	@Benchmarks/pricing.sh

bench-aggregation: ## sum portfolio arrays beside scipy.sparse on the same matrix, in one run (seconds)
	@Benchmarks/aggregation.sh

bench-simulation: ## revalue and add up 1,000 scenarios beside numpy and scipy, in one run (seconds)
	@Benchmarks/simulation.sh

bench-stress: build ## stress the reference house beside numpy and scipy, in one run (minutes; BENCH_SIZE=small for seconds)
	@Benchmarks/stress.sh $(BIN) $${BENCH_SIZE:-reference}

bench-attribution: build ## attribute the reference house's change from one night to the next (minutes; BENCH_SIZE=small for seconds)
	@Benchmarks/attribution.sh $(BIN) $${BENCH_SIZE:-reference}

bench-calibration: ## walk forty years and calibrate fifty commodities beside numpy, in one run (seconds)
	@Benchmarks/calibration.sh

bench-peer: build ## margin the reference house beside numpy and scipy on the same tables (minutes; BENCH_SIZE=small for seconds)
	@Benchmarks/peer.sh $(BIN) $${BENCH_SIZE:-reference}

db: build ## start the private cluster and print how to reach it
	@$(BIN)/margin db start

db-stop: ## stop the private cluster
	@$(BIN)/margin db stop

clean: ## stop and remove the private clusters of make run and make test, reports and build products
	@if [ -x $(BIN)/margin ]; then for folder in house tests; do \
		MARGIN_CLUSTER=.cluster/$$folder $(BIN)/margin db destroy --yes; done; fi
	rm -rf .build .cluster/house .cluster/tests reports bench-results
	@if [ -d .cluster ]; then rmdir .cluster 2>/dev/null || echo "left as they are: $$(ls -d .cluster/*)"; fi

install: build ## install programs, jobs, completions and man pages below PREFIX (default /opt/margin)
	@jobs/install.sh $(BIN) $(PREFIX)

lint: ## check the formatting
	swift format lint --recursive --strict Sources Tests Benchmarks Package.swift

format: ## format the sources in place
	swift format --recursive --in-place Sources Tests Benchmarks Package.swift
