# `make run` and `make test` are all you need. Both fetch what is missing, into this folder.

.DEFAULT_GOAL := help
SHELL := /bin/sh
VENV := .venv/bin
PORT ?= 5000
export PORT
ifdef CHROMIUM
export CHROMIUM
endif
# Where nothing says what this installation is for, it is for trying out. The tests do not look.
ifndef SPEELPLEK_BASE_URL
export SPEELPLEK_DEMO ?= 1
endif

# The first Python that is new enough, whatever it is called here.
PYTHON ?= $(shell for name in python3 python3.14 python3.13 python3.12 python3.11 python; do \
	if $$name -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; \
	then echo $$name; break; fi; done)

MEASURED := booking/rules booking/services venues people

.PHONY: help
help: ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-13s %s\n", $$1, $$2 }' Makefile

.PHONY: python ready ready-dev
python:
	@if [ -z "$(PYTHON)" ]; then \
	echo "Speelplek needs Python 3.11 or newer, with its venv module, and found none."; \
	echo "Found: $$(python3 --version 2>&1 || echo no python3)"; \
	echo "Debian, Ubuntu: sudo apt-get install python3 python3-venv"; \
	echo "Or say where it is: make run PYTHON=/path/to/python3"; exit 1; fi >&2

ready: python
	@$(PYTHON) -m tools.setup

ready-dev: python
	@$(PYTHON) -m tools.setup --dev

.PHONY: run
run: ready ## Open the site with a demo season on http://127.0.0.1:5000 (PORT=... for another port)
	@$(VENV)/python -m tools.serve

.PHONY: test
test: ready-dev ## Run all tests, on SQLite and PostgreSQL and in a browser (ARGS=... for pytest)
	@$(VENV)/python -m tools.chromium
	@$(VENV)/python -m pytest -n 2 $(ARGS)

.PHONY: coverage
coverage: ready-dev ## Run all tests and say which lines of rules, services and desks they miss (slower)
	@$(VENV)/python -m tools.chromium
	@$(VENV)/python -m pytest -n 2 $(addprefix --cov=,$(MEASURED)) --cov-report=term:skip-covered $(ARGS)

.PHONY: pictures
pictures: ready-dev ## Keep a picture of each page the browser tests open, in test-output/
	@$(VENV)/python -m tools.chromium
	@PICTURES=1 $(VENV)/python -m pytest -n 2 tests/browser $(ARGS)

.PHONY: check
check: ready-dev ## Check style, types, layers and translations
	$(VENV)/ruff check .
	$(VENV)/ruff format --check .
	$(VENV)/mypy --strict .
	$(VENV)/lint-imports
	$(VENV)/python -m tools.translations check

.PHONY: fix
fix: ready-dev ## Format the code and repair what can be repaired by itself
	$(VENV)/ruff check --fix .
	$(VENV)/ruff format .

.PHONY: translations
translations: ready-dev ## Bring the catalogues up to date with what the code says
	@$(VENV)/python -m tools.translations extract
	@$(VENV)/python -m tools.translations compile

.PHONY: demo
demo: ready ## Throw the demo season away and make a new one
	@$(VENV)/python -m tools.demo --anew

.PHONY: bench
bench: ready-dev ## Measure bookings and pages beside the limits of this machine
	@$(VENV)/python -m bench

.PHONY: worker
worker: ready ## Run only the worker: mail and everything that is due later
	@$(VENV)/flask --app app worker

.PHONY: backup
backup: ready ## Make a safe copy of the database
	@$(VENV)/flask --app app backup

.PHONY: clean
clean: ## Remove what was fetched and made, but not the database
	rm -rf .venv node_modules test-output .mypy_cache .ruff_cache .pytest_cache .hypothesis \
		.import_linter_cache .coverage .coverage.*
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
	find translations -name '*.mo' -delete
