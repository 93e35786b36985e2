# Two commands on a fresh machine with Python 3.11 and make: `make demo` and `make test`.
PORT ?= 8080
PYTHON ?= python3
VENV := .venv
PY := $(VENV)/bin/python
STAMP := $(VENV)/.stamp-dev
RUNTIME := $(VENV)/.stamp-runtime
export PTB_TIMEDELTA = 1

.PHONY: demo test run check audit backup bench proof lint lock

demo: $(RUNTIME)
	@exec $(PY) -m sandbox.demo --port $(PORT)

run: $(RUNTIME)
	@exec $(PY) -m bot

check: $(RUNTIME)
	@exec $(PY) -m bot check

audit: $(RUNTIME)
	@exec $(PY) -m bot audit

backup: $(RUNTIME)
	@exec $(PY) -m bot backup

test: $(STAMP) lint
	$(PY) -m tests

lint: $(STAMP)
	$(PY) -m ruff format --check -q .
	$(PY) -m ruff check -q .
	$(PY) -m mypy
	$(VENV)/bin/lint-imports

bench: $(STAMP)
	$(PY) -m bench

proof: $(STAMP)
	$(PY) -m tests --proof

lock:
	uv pip compile -q --generate-hashes --no-header --universal --python-version 3.11 requirements/runtime.in -o requirements/runtime.txt
	uv pip compile -q --generate-hashes --no-header --universal --python-version 3.11 requirements/dev.in -o requirements/dev.txt

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "GigHaat needs Python 3.11 or newer: make PYTHON=python3.11 …")'
	$(PYTHON) -m venv $(VENV)

$(RUNTIME): requirements/runtime.txt | $(VENV)/bin/python
	$(PY) -m pip install -q --disable-pip-version-check --require-hashes -r requirements/runtime.txt
	@touch $@

$(STAMP): requirements/dev.txt | $(VENV)/bin/python
	$(PY) -m pip install -q --disable-pip-version-check --require-hashes -r requirements/dev.txt
	@touch $@ $(RUNTIME)
