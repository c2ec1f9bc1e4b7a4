# `make run` and `make test` need only Python 3.11+, pip, venv and make.
PYTHON ?= python3
BIN := .venv/bin
STAMP := .venv/.installed

.PHONY: run test conformance lint bench clean help

help:            ## what can be made
	@grep -E '^[a-z]+: .*##' $(MAKEFILE_LIST) | sed -E 's/:.*## +/\t/'

run: $(STAMP)    ## open the dashboard
	@$(BIN)/newsdash

test: $(STAMP)   ## run the tests
	$(BIN)/python -m pytest

conformance: $(STAMP)   ## run TinyDB's own tests on the store
	$(BIN)/python -m tests.conformance

lint: $(STAMP)   ## style, types and import contracts
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(STAMP)  ## run the benchmarks and print their ratios
	$(BIN)/python -m bench

clean:           ## remove everything that was made
	rm -rf .venv build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis

$(STAMP): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "newsdash needs Python 3.11 or newer" >&2; exit 1; }
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'
	@touch $(STAMP)
