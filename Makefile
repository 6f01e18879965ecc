# Two commands do everything: `make demo` shows what this is, `make test` proves it.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin

.PHONY: demo test lint grlc jsonld rocrate virtuoso apache browser polars bench clean

demo: $(VENV)/ready
	@$(BIN)/wicgraph check
	@echo
	@echo '$$ wicgraph ask organizers edition=2018 --evidence'
	@$(BIN)/wicgraph ask organizers edition=2018 --evidence --format table
	@echo
	@echo '$$ wicgraph show "Eugene Kaspersky"'
	@$(BIN)/wicgraph show "Eugene Kaspersky"
	@echo
	@echo '$$ wicgraph --lang zh find 乌镇'
	@$(BIN)/wicgraph --lang zh find 乌镇 --format table

test: $(VENV)/ready
	$(BIN)/pytest

lint: $(VENV)/ready
	$(BIN)/ruff format --check src tests bench
	$(BIN)/ruff check src tests bench
	$(BIN)/mypy src tests bench
	$(BIN)/lint-imports
	$(BIN)/turtlefmt --check ontology/*.ttl facts/*/*.ttl

grlc: $(VENV)/ready
	$(BIN)/pytest --numprocesses=0 tests/interop/grlc.py

virtuoso: $(VENV)/ready
	$(BIN)/pytest --numprocesses=0 tests/interop/virtuoso.py

apache: $(VENV)/ready
	$(BIN)/pytest --numprocesses=0 tests/interop/apache.py

browser: $(VENV)/ready
	$(BIN)/python -m pip install --quiet 'selenium>=4'
	npm install --silent --no-audit --no-fund --prefix build axe-core
	$(BIN)/pytest --numprocesses=0 tests/interop/browser.py

jsonld: $(VENV)/ready
	npm install --silent --no-audit --no-fund --prefix build jsonld
	$(BIN)/pytest --numprocesses=0 tests/interop/json_ld.py

rocrate: $(VENV)/ready
	$(BIN)/pytest --numprocesses=0 tests/interop/crate.py

polars: $(VENV)/ready
	$(BIN)/python -m pip install --quiet 'polars>=1'
	$(BIN)/pytest --numprocesses=0 tests/test_python.py -k polars

bench: $(VENV)/ready
	$(BIN)/python -m pip install --quiet matplotlib
	$(BIN)/python bench/run.py
	$(BIN)/python bench/closure.py
	$(BIN)/python bench/exports.py
	$(BIN)/python bench/peers.py --plot build/bench.svg

clean:
	rm -rf $(VENV) build dist

$(VENV)/ready: pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit("wicgraph needs Python 3.11 or newer") if sys.version_info < (3, 11) else None'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade pip
	$(BIN)/python -m pip install --quiet --editable . --group dev
	@touch $@
