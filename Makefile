# `make demo` and `make test` do everything on a fresh Debian 12 with a Swift toolchain; `make` lists the rest.

SHELL       := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.NOTPARALLEL:

PREFIX ?= /usr/local

# A toolchain that isn't on the PATH is found where .ci/setup finds it.
export PATH := $(PATH)$(addprefix :,$(shell .ci/setup --swift-folder))

# For --version. From here and not from the manifest, which is read again only when it or the environment changed.
COMMIT := $(shell git describe --always --dirty --abbrev=12 --exclude='*' 2>/dev/null)
ifneq ($(COMMIT),)
export SYNCTEC_COMMIT := $(COMMIT)
endif

# A module that imports what it doesn't declare fails the build.
STRICT  := --explicit-target-dependency-import-check error
# The Swift libraries inside: the program then runs on a machine without the toolchain.
RELEASE := --configuration release --static-swift-stdlib
BINARY  := .build/release/synctec
SOURCES := Package.swift Sources Tests
# How many tests are under way at once. With all of them the last waits minutes for its turn, whatever it measures.
export SWT_EXPERIMENTAL_MAXIMUM_PARALLELIZATION_WIDTH ?= 8

.PHONY: help setup setup-tests setup-deb build build-tests demo bench test test-all sanitize campaign conformance report-page schedules format lint install uninstall deb test-deb test-container clean

help: ## Lists these targets
	@awk -F ':[^#]*## ' '/^[a-z-]+:.*## / { printf "make %-14s %s\n", $$1, $$2 }' Makefile

setup: ## Installs what building needs and this machine lacks (Debian packages)
	@.ci/setup

setup-tests:
	@.ci/setup --tests

setup-deb:
	@.ci/setup --deb

build: setup ## Builds the release program, .build/release/synctec
	swift build $(RELEASE) $(STRICT)

demo: build ## Builds, then shows a whole run on simulated stores
	$(BINARY) demo

# PEERS are those of synctec-benchmark help compare; BENCH has the generator and their programs, DATA keeps the files.
VARIANTS ?= 100000
RUNS     ?= 7
PEERS    ?= simdjson duckdb duckdb-tuned polars pandas python postgres
BENCH    ?= ../shared/bench
DATA     ?= .build/benchmark

bench: build ## Measures synctec compare against other programs: VARIANTS="…" RUNS=… PEERS="…"
	.build/release/synctec-benchmark compare --variants $(VARIANTS) --runs $(RUNS) --peers $(PEERS) \
	    --bench $(BENCH) --data $(DATA)

build-tests: setup-tests
	swift build --build-tests $(STRICT)

test: setup-tests ## Builds and runs all tests
	swift test --disable-xctest $(STRICT)

test-all: lint schedules test conformance sanitize ## test, lint, schemas, conformance, and the tests under the sanitizers (long)

sanitize: setup-tests
	swift test --disable-xctest $(STRICT) --sanitize=thread --scratch-path .build-thread
	swift test --disable-xctest $(STRICT) --sanitize=address --scratch-path .build-address

# How many spoilt blocks of lines each case makes; `make campaign LINE_SEEDS=5000000` runs for hours.
LINE_SEEDS ?= 300000

campaign: setup-tests ## Reads spoilt lines of exports both ways, LINE_SEEDS of them (minutes)
	LINE_SEEDS=$(LINE_SEEDS) swift test --configuration release --disable-xctest $(STRICT) --scratch-path .build-campaign \
		--filter 'PredictionTests|stretches of HTML'

conformance: ## Holds every GraphQL document against Shopify's schema, where it is at hand
	@.ci/conformance

report-page: ## Opens sample report pages in Chromium and holds them against axe-core, where these are at hand
	@.ci/report-page

schedules: ## Holds Kubernetes files, Containerfile and dashboard against the tools of those who read them
	@.ci/schedules

format: ## Formats the Swift sources in place
	swift format --in-place --parallel --recursive $(SOURCES)

lint: ## Fails where the format or the style rules are not kept
	swift format lint --strict --parallel --recursive $(SOURCES)

# Under sudo nothing is built, so that no file of root's stays in .build.
install: $(if $(SUDO_USER),,build) ## Installs program, man page, completions, units and samples under PREFIX (/usr/local), below DESTDIR
	@[[ -x $(BINARY) ]] || { echo 'install: run make build first, without sudo' >&2; exit 1; }
	@schedules/packaging/install-files install $(BINARY) '$(PREFIX)' '$(DESTDIR)'

uninstall: ## Takes away what make install installed; settings, ledger and reports stay
	@schedules/packaging/install-files remove '$(PREFIX)' '$(DESTDIR)'

deb: setup-deb build ## Builds the Debian package, .build/deb/synctec_*.deb
	@schedules/packaging/build-deb $(BINARY) .build/deb

test-deb: deb ## Installs, upgrades and purges the package in a clean tree, with systemd and a timer; needs root and debootstrap (long)
	swift build $(RELEASE) --product synctec-simulator
	@schedules/packaging/test-deb .build/deb/synctec_*.deb .build/release/synctec-simulator

test-container: ## Builds the image of the Containerfile and runs the program in it; needs root and buildah (long)
	@schedules/packaging/test-container

clean: ## Removes everything that was built
	rm -rf .build .build-thread .build-address
