# Vivaio's two commands, `make run` and `make test`, and what they rest on, `make setup`.
# Each step of the setting up is skipped while what it is made from has not changed.

SHELL := /bin/sh
.DEFAULT_GOAL := help
.SUFFIXES:

VENV := .venv
PY := $(VENV)/bin/python
# An environment that is only linked here belongs to others: it is used as it is.
STAMPS := $(if $(shell test -L $(VENV) && echo linked),,$(VENV)/installed)
PYTHONS := $(PYTHON) python3 python3.14 python3.13 python3.12 python3.11
# The floors that mypy checks strictly (pyproject.toml).
TYPED := vivaio/methods $(wildcard $(foreach floor,actions rules queries states,vivaio/*/$(floor).py vivaio/*/$(floor) vivaio/applications/scouting/$(floor).py vivaio/applications/guarding/$(floor).py vivaio/applications/checking/$(floor).py vivaio/calls/notices/$(floor).py vivaio/calls/asking/$(floor).py vivaio/publishing/accessibility/$(floor).py vivaio/programmes/bulk/$(floor).py vivaio/api/webhooks/$(floor).py vivaio/mailroom/wording/$(floor).py vivaio/calls/cloning/$(floor).py vivaio/desk/wording/$(floor).py))
WORKERS ?= 2

.PHONY: help setup run test checks pictures chromium front-end messages

help: ## say what there is
	@echo "make run     start Vivaio with its demo, on http://localhost:8000 (PORT=8001 make run: elsewhere)"
	@echo "make test    every check and every test"
	@echo "make pictures draw the pictures of the guide in docs/ anew"
	@echo "make setup   only prepare: Python packages, front-end packages, style sheet, translations"

run: setup ## VIVAIO_DEMO= make run: without the demo
	@VIVAIO_DEMO=$${VIVAIO_DEMO-yes} exec $(PY) -m vivaio run

test: setup chromium checks
	$(PY) -m pytest -n $(WORKERS) --dist worksteal

pictures: setup chromium ## the pictures of the guide, from the journey that plays it
	VIVAIO_PICTURES=yes $(PY) -m pytest tests/journeys/test_first_call.py

checks: setup
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .
	$(PY) -m mypy $(TYPED)
	$(VENV)/bin/lint-imports
	$(VENV)/bin/reuse lint --quiet || { $(VENV)/bin/reuse lint; exit 1; }

setup: $(STAMPS) front-end messages

$(VENV)/bin/python:
	@set -e; \
	for candidate in $(PYTHONS); do \
	    if $$candidate -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
	        found=$$candidate; break; \
	    fi; \
	done; \
	test -n "$$found" || { echo "Python 3.11 or newer is missing: install it, or name it, as in PYTHON=/path/to/python3." >&2; exit 1; }; \
	$$found -c 'import ensurepip, venv' 2>/dev/null || { \
	    echo "Python's venv module is missing: install it first (Debian and Ubuntu: apt-get install python3-venv)." >&2; exit 1; }; \
	echo "Making the virtual environment ..."; \
	$$found -m venv $(VENV) || { rm -rf $(VENV); echo "The virtual environment could not be made; the lines above say why." >&2; exit 1; }

$(VENV)/installed: requirements/dev.txt requirements/runtime.in pyproject.toml | $(VENV)/bin/python
	@echo "Installing the Python packages ..."
	@$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt || { \
	    echo "The Python packages could not be installed; the lines above say why (is the network there?)." >&2; exit 1; }
	@PYTHONWARNINGS=ignore $(PY) -m pip install --quiet --disable-pip-version-check --no-deps \
	    --no-build-isolation --editable .
	@touch $@

front-end: $(STAMPS)
	@$(PY) tools/frontend.py

messages: $(STAMPS)
	@$(PY) tools/messages.py --compile

chromium: $(STAMPS)
	@sh tools/chromium.sh
