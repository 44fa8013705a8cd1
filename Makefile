# Everything that is done with Qadam is a target here; `make help` lists them.
# Tools are called as `python -m`, because the scripts in .venv/bin name the folder they were made
# in and would not survive a move of the tree.

SHELL := /bin/sh
MAKEFLAGS += --no-builtin-rules --no-print-directory
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.NOTPARALLEL:
.SUFFIXES:

PORT ?= 8000
export PORT
WORKERS ?= auto
UPGRADE ?=

VENV := .venv
PYTHON := $(VENV)/bin/python
AUDIT := $(VENV)/audit
UV := $(PYTHON) -m uv --quiet
BABEL := $(PYTHON) -m babel.messages.frontend --quiet
# Bytecode is kept, where PYTHONDONTWRITEBYTECODE says otherwise too: every worker, and every program that a test starts,
# would compile the portal and the tests anew.
PYTEST := PYTHONDONTWRITEBYTECODE= $(PYTHON) -m pytest -n $(WORKERS) --maxprocesses 8 --dist worksteal
COMPILE := $(UV) pip compile --universal --python-version 3.11 --generate-hashes \
	--no-header --no-annotate --no-emit-index-url $(UPGRADE)

LANGUAGES := kk ru en
CATALOGUES := $(wildcard $(LANGUAGES:%=translations/%/LC_MESSAGES/messages.po))
TEMPLATE := translations/messages.pot

# An environment whose Python is gone is made anew, whatever its stamps say.
$(shell test -x $(PYTHON) || rm -f $(VENV)/.*-ready)

.PHONY: help
help: ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

.PHONY: run
run: $(VENV)/.run-ready catalogues ## Serve the portal on http://127.0.0.1:8000 (PORT=… changes it)
	@mkdir -p instance
	@exec $(PYTHON) -m deploy.serve

.PHONY: jobs
jobs: $(VENV)/.run-ready catalogues ## Run what is done by the clock, beside the server, until Ctrl-C
	@exec $(PYTHON) -m flask --app wsgi jobs serve

.PHONY: test
test: $(VENV)/.dev-ready catalogues ## Run all tests; finds or installs Chromium, PostgreSQL, Java, LibreOffice and poppler
	@sh tests/system_tools.sh
	@HYPOTHESIS_PROFILE=thorough $(PYTEST)

.PHONY: test-quick
test-quick: $(VENV)/.dev-ready catalogues ## Run the tests that need Python alone
	@$(PYTEST) -m "not postgres and not browser and not html and not slow"

.PHONY: check
check: $(VENV)/.dev-ready catalogues ## Check style, types, templates, catalogues, safety and locks
	@$(PYTHON) -m ruff check
	@$(PYTHON) -m ruff format --check
	@$(PYTHON) -m mypy
	@if [ -n "$$(find portal/templates -name '*.html' 2>/dev/null)" ]; then \
		$(PYTHON) -m djlint portal/templates --lint --quiet; fi
	@$(PYTHON) tests/check_catalogues.py
	@$(PYTHON) -m bandit --quiet -c pyproject.toml -r portal deploy migrations wsgi.py
	@$(PYTHON) tests/check_locks.py

.PHONY: audit
audit: $(VENV)/.audit-ready ## Ask the public advisories about every pin, on a machine that reaches their data
	@$(PYTHON) tests/check_advisories.py $(AUDIT)/bin/python -m pip_audit

.PHONY: format
format: $(VENV)/.dev-ready ## Put the Python code into the form that check asks for
	@$(PYTHON) -m ruff check --fix --quiet --exit-zero
	@$(PYTHON) -m ruff format

.PHONY: messages
messages: $(VENV)/.run-ready ## Gather the texts to translate and bring the catalogues up to date
	@mkdir -p translations
	@$(BABEL) extract -F pyproject.toml --add-location file --project Qadam -o $(TEMPLATE) .
	@for language in $(LANGUAGES); do \
		if [ -e translations/$$language/LC_MESSAGES/messages.po ]; then \
			$(BABEL) update -i $(TEMPLATE) -d translations -l $$language --no-wrap \
				--no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date; \
		else $(BABEL) init -i $(TEMPLATE) -d translations -l $$language --no-wrap; fi || exit 1; \
	done

.PHONY: catalogues
catalogues: $(CATALOGUES:.po=.mo) ## Compile the translations that changed

translations/%.mo: translations/%.po | $(VENV)/.run-ready
	@$(BABEL) compile -i $< -o $@

.PHONY: bench
bench: $(VENV)/.dev-ready catalogues ## Measure how fast pages and the law are
	@$(PYTHON) -m tests.bench.bench
	@$(PYTHON) -m tests.bench.series

.PHONY: bench-watch
bench-watch: $(VENV)/.dev-ready catalogues ## Measure what the poll keeps, how fast, and what ten million counts weigh
	@$(PYTHON) -m tests.bench.watch

.PHONY: screens
screens: $(VENV)/.dev-ready catalogues ## Take pictures of the main pages anew, into docs/screens
	@sh tests/system_tools.sh
	@$(PYTHON) -m tests.screens

.PHONY: lock
lock: $(VENV)/.uv-ready ## Pin the dependencies anew (UPGRADE=--upgrade takes newer versions)
	@$(COMPILE) requirements-uv.in -o requirements-uv.lock
	@$(COMPILE) requirements.in -o requirements.lock
	@$(COMPILE) requirements-dev.in -o requirements-dev.lock
	@$(COMPILE) requirements-audit.in -o requirements-audit.lock
	@! grep -n '://' requirements*.lock

.PHONY: clean
clean: ## Remove what make made, save the database in instance/
	@rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis $(TEMPLATE) $(CATALOGUES:.po=.mo)
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

# Bytecode is made here once: where PYTHONDONTWRITEBYTECODE is set, as in many containers, every
# start would otherwise compile all libraries anew, which takes longer than all the rest.
#
# One environment serves both: the development lock holds the runtime lock at equal versions.
# So `sync`, which removes what no lock names, is only run with the larger of the two.
$(VENV)/.uv-ready: requirements-uv.lock deploy/venv.sh
	@sh deploy/venv.sh $(VENV)
	@touch $@

$(VENV)/.run-ready: $(VENV)/.uv-ready requirements.lock
	@echo "Installing what the portal runs on."
	@$(UV) pip install --compile-bytecode --python $(PYTHON) --require-hashes -r requirements.lock
	@touch $@

$(VENV)/.dev-ready: $(VENV)/.uv-ready requirements-dev.lock
	@echo "Installing what tests and checks need."
	@$(UV) pip sync --compile-bytecode --python $(PYTHON) --require-hashes requirements-dev.lock
	@touch $(VENV)/.run-ready $@

# It stands alone: what the audit needs, neither running nor testing does.
$(VENV)/.audit-ready: $(VENV)/.uv-ready requirements-audit.lock
	@echo "Installing what the audit needs."
	@$(UV) venv --allow-existing --python $(PYTHON) $(AUDIT)
	@$(UV) pip sync --python $(AUDIT)/bin/python --require-hashes requirements-audit.lock
	@touch $@
