# make demo | test | watch | check | bench | setup: each sets up what it needs, and only once.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: help setup demo watch test check format bench fast lock clean

help: ## what can be made
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 10

setup: .venv/ready ## .venv with the tratawatch and scrapy commands

demo: .venv/ready ## a rehearsal on this machine: sources, mail and webhook, three days in a minute
	$(BIN)/tratawatch demo

watch: .venv/ready ## the daemon: visits the sources of the catalogue, prints the changes
	$(BIN)/tratawatch daemon

test: .venv/ready-dev ## all tests
	$(BIN)/pytest -n auto --dist worksteal

check: .venv/ready-dev ## lint, types, layers
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/pytest tests/test_layers.py

format: .venv/ready-dev ## put the code in form
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: .venv/ready-dev ## speed, as ratios in one run
	$(BIN)/python bench/run.py

# read and statistic stay as they are: machine code would turn the 45 of a count into 45.0
PLAIN := %/__init__.py %/read.py %/statistic.py
fast: build/compiled/ready ## the reader as machine code (needs a C compiler); use it with PYTHONPATH=build/compiled

READER := $(wildcard monitor/reader/*.py monitor/reader/*/*.py)
build/compiled/ready: .venv/ready-dev $(READER) $(wildcard monitor/reader/data/*.toml)
	rm -rf build/compiled
	mkdir -p build/compiled
	cp -R monitor spiders store build/compiled
	$(BIN)/pip install --quiet --disable-pip-version-check setuptools
	cd build/compiled && $(CURDIR)/$(BIN)/python -m mypyc $(filter-out $(PLAIN),$(READER))
	touch $@

lock: .venv/ready-dev ## pin the versions again, after a change of pyproject.toml
	$(BIN)/pip install --quiet uv
	$(BIN)/uv pip compile --quiet --universal --no-emit-index-url --python-version 3.11 --extra postgresql pyproject.toml -o requirements.txt
	$(BIN)/uv pip compile --quiet --universal --no-emit-index-url --python-version 3.11 --extra postgresql --group dev -c requirements.txt pyproject.toml -o requirements-dev.txt

clean: ## forget .venv and what was compiled
	rm -rf .venv build

.venv/ready: requirements.txt pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed: make PYTHON=python3.12 ...")'
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check -r requirements.txt
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --editable .
	touch $@

.venv/ready-dev: .venv/ready requirements-dev.txt
	$(BIN)/pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	touch $@
