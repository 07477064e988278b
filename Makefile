# What there is to do here. `make` alone lists it. Each target sets up what it needs, once, in .venv/.
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
SHELL := /bin/sh
ARGS ?=

VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip -qq --disable-pip-version-check --no-input
HOLDS := $(VENV)/.holds
# What is set up is known by the content of these, so that a newer lock is installed and an unchanged one is not.
STATE := $(shell { pwd; cat pyproject.toml requirements/*.txt; } | cksum | tr ' ' -)
MARK = $(HOLDS)/$(1)-$(STATE)

# The tests start hundreds of programs: what one has compiled is kept for the others, whatever the surroundings say.
ONCE = PYTHONDONTWRITEBYTECODE=

# The first interpreter that runs (a version manager's stub may be on the path and not run) and is one of ours.
FITS = import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 15))
PYTHON ?= $(shell for it in python3 python3.14 python3.13 python3.12 python3.11 python; do \
	if "$$it" -c '$(FITS)' >/dev/null 2>&1; then echo "$$it"; break; fi; done)

.PHONY: help setup run test system lint bench lock clean

help: ## list what there is to do
	@sed -nE 's/^([a-z]+):.*## (.*)/  make \1\t\2/p' $(MAKEFILE_LIST)

setup: $(call MARK,run) ## set up only

run: $(call MARK,run) ## set up, poll the sources in config/, publish, serve on http://127.0.0.1:8008/
	@$(BIN)/syndicator run $(ARGS)

test: $(call MARK,test) ## set up, run the tests (Python only, no network, no root)
	@$(ONCE) $(BIN)/python -m pytest -m 'not system' -n 4 $(ARGS)

system: $(call MARK,system) ## set up, run the tests with other people's programs (as root; .ci/run installs those)
	@$(ONCE) $(BIN)/python -m pytest -m system $(ARGS)

lint: $(call MARK,lint) ## set up, check style, types and imports between rooms
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check --quiet . || { echo 'Run: .venv/bin/ruff format .'; exit 1; }
	@$(BIN)/mypy
	@$(BIN)/lint-imports

bench: $(call MARK,test) ## set up, measure
	@failed=0; for it in tree matching evidence serve growth ingest placement; do echo "== $$it"; $(BIN)/python benchmarks/$$it.py || failed=1; done; \
	echo "== dedup"; $(BIN)/python -m benchmarks.dedup || failed=1; $(BIN)/python -m benchmarks.dedup.pages || failed=1; exit $$failed

clean: ## throw away the environment and the caches; var/ stays
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis

# -- setting up

$(VENV)/.made:
	@if [ -z "$(PYTHON)" ]; then \
		echo 'syndicator needs Python 3.11, 3.12, 3.13 or 3.14. Install one (Debian: apt-get install python3 python3-venv), then run make again.'; exit 1; fi
	@$(PYTHON) -c '$(FITS)' 2>/dev/null || { \
		echo '$(PYTHON) cannot be run, or is none of Python 3.11, 3.12, 3.13 and 3.14.'; exit 1; }
	@echo 'Setting up $(VENV) with $(PYTHON) ...'
	@rm -rf $(VENV)
	@$(PYTHON) -m venv $(VENV) >/dev/null 2>&1 || { rm -rf $(VENV); \
		echo '$(PYTHON) lacks its venv module. Run: apt-get install $(notdir $(PYTHON))-venv   (then make again)'; exit 1; }
	@touch $@

# One recipe for each job: the tools that build, the locked packages, and for the first one ourselves.
INSTALL = echo 'Installing what `make $(1)` needs ...'; \
	$(PIP) install --require-hashes -r requirements/build.txt \
	&& $(PIP) install --require-hashes --no-build-isolation $(2) \
	|| { echo 'The packages could not be installed; what pip said stands above. The package index must be reachable this once.'; \
		echo 'If it lacks a compiler: apt-get install gcc python3-dev   (then make again)'; exit 1; }

$(call MARK,run): $(VENV)/.made
	@$(call INSTALL,run,-r requirements/run.txt)
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@$(BIN)/python -m compileall -q src
	@rm -rf $(HOLDS) && mkdir -p $(HOLDS) && touch $@

$(call MARK,test): $(call MARK,run)
	@$(call INSTALL,test,-r requirements/run.txt -r requirements/test.txt)
	@touch $@

$(call MARK,system): $(call MARK,test)
	@$(call INSTALL,system,-r requirements/run.txt -r requirements/system.txt)
	@touch $@

$(call MARK,lint): $(call MARK,test)
	@$(call INSTALL,lint,-r requirements/run.txt -r requirements/lint.txt)
	@touch $@

# -- the locks: hashes of every platform's files, no address of an index, no path

LOCK = $(BIN)/uv --no-config pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-header --no-annotate --upgrade

lock: $(VENV)/.made ## resolve the newest versions within pyproject's bounds
	@$(PIP) install uv
	@$(LOCK) --group build -o requirements/build.txt
	@$(LOCK) pyproject.toml -o requirements/run.txt
	@for it in test lint system; do $(LOCK) -c requirements/run.txt --group $$it -o requirements/$$it.txt || exit 1; done
