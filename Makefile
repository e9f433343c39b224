# make demo | test | watch | check | surroundings | bench | setup: each sets up what it needs, and only once.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: help setup demo watch test check format surroundings bench machine-code lock clean

help: ## what can be made
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 10

setup: .venv/ready machine-code ## .venv with the tratawatch and scrapy commands

# where it cannot be built it says why, and the reader runs as plain Python
machine-code: .venv/ready-tools
	-$(BIN)/python -m monitor.machine_code

demo: .venv/ready ## a rehearsal on this machine: sources, mail and webhook, three days in a minute
	$(BIN)/tratawatch demo

watch: .venv/ready ## the daemon: visits the sources of the catalogue, prints the changes
	$(BIN)/tratawatch daemon

test: .venv/ready-dev machine-code ## all tests
	$(BIN)/pytest -n auto --dist worksteal

check: .venv/ready-dev ## lint, types, layers
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/pytest tests/test_layers.py

format: .venv/ready-dev ## put the code in form
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

surroundings: .venv/ready-dev ## learn again what the words of a text say of its subject, from the judged items of the tests
	PYTHONPATH=. $(BIN)/python tests/learn_surroundings.py

bench: .venv/ready-dev machine-code ## speed, as ratios in one run
	$(BIN)/python bench/run.py

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

.venv/ready-tools: .venv/ready requirements-dev.txt
	-$(BIN)/pip install --quiet --disable-pip-version-check -c requirements-dev.txt mypy pybind11 setuptools
	touch $@

.venv/ready-dev: .venv/ready requirements-dev.txt
	$(BIN)/pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	touch $@
