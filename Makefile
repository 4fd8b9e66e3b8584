# make            lists what can be done
# make run        from a fresh clone to the bokslut in a browser
# make test       from a fresh clone to passed tests
#
# Needs only make and Python. A stamp in .venv says what is installed, so a second call does nothing.

PYTHON ?= python3
VARD   ?= 127.0.0.1
PORT   ?= 8000

BIN    := .venv/bin
ROOMS   = $(wildcard grund indikatorer enkat insatser bokslut kansli)
PIP     = $(BIN)/python -m pip install --quiet --disable-pip-version-check
# uv takes a tenth of pip's time. It reads none of pip's settings, so where it finds no packages pip gets them.
INSTALL = $(PIP) --require-hashes -r requirements/uv.txt && $(BIN)/uv pip install --quiet --no-config \
          --python $(BIN)/python --require-hashes -r $(1) || $(PIP) --require-hashes -r $(1)
LOCK    = $(BIN)/uv pip compile pyproject.toml --no-config --quiet --generate-hashes --universal \
          --python-version 3.11 --fork-strategy fewest --no-emit-index-url --no-header $(UPPGRADERA)

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help install dev run test uthallighet tillganglighet bench check format las clean

help:  ## visa den här listan
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' Makefile

install: .venv/installed  ## installera programmet i .venv (kommandot blir .venv/bin/bokslut)

dev: .venv/installed-dev  ## installera också det som test, kontroll och mätning behöver

run: install  ## räkna och visa exemplet Umeå (VARD=0.0.0.0 för en telefon på samma nät, PORT=8000)
	@$(BIN)/bokslut demo --vard $(VARD) --port $(PORT)

# Two at a time per core: tests wait for browsers, servers and databases half of their time.
PROVARE = $(shell $(BIN)/python -c "import os; print(2 * (os.cpu_count() or 1))")
test: dev  ## kör alla tester (ARG="-k namn" för några)
	@$(BIN)/python -m pytest -n $(PROVARE) --dist loadfile --no-loadscope-reorder $(ARG)

uthallighet: dev  ## granska varje sida i alla språk, färger och bredder (en halvtimme; ARG="-k granska" för några)
	@$(BIN)/python -m pytest tests/browser -m uthallighet -v --tb=short $(ARG)

tillganglighet: dev  ## mät det som tillgänglighetsredogörelsen säger (VNU=MAPP/vnu.jar granskar också HTML)
	@$(BIN)/python -m bench.tillganglighet

bench: dev  ## mät hur snabbt det går
	@$(BIN)/python -m bench

check: dev  ## granska format, lint och typer
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy $(ROOMS)

format: dev  ## ordna koden
	@$(BIN)/ruff check --fix-only .
	@$(BIN)/ruff format .

las: dev  ## skriv om låsfilerna efter pyproject.toml (UPPGRADERA=--upgrade för nya versioner)
	$(LOCK) --group build -o requirements/run.txt
	$(LOCK) --group build --group dev -c requirements/run.txt -o requirements/dev.txt
	$(BIN)/uv pip compile --no-config --quiet --generate-hashes --universal --python-version 3.11 \
	  --no-emit-index-url --no-header --group installer -c requirements/dev.txt -o requirements/uv.txt

clean:  ## ta bort allt som går att göra om
	rm -rf .venv .pytest_cache .mypy_cache .ruff_cache .hypothesis demo *.egg-info
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

.venv/installed: requirements/run.txt requirements/uv.txt pyproject.toml | $(BIN)/python
	@echo "Installerar programmet i .venv, en minut första gången …"
	@$(call INSTALL,requirements/run.txt)
	@$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@

.venv/installed-dev: requirements/dev.txt .venv/installed
	@echo "Installerar det som test och kontroll behöver …"
	@$(call INSTALL,requirements/dev.txt)
	@touch $@

# ensurepip is asked for first: without it Debian's venv leaves half an environment behind.
$(BIN)/python:
	@command -v $(PYTHON) >/dev/null || { \
	  echo "Hittar inte $(PYTHON). Installera Python 3.11 eller senare." >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "$(PYTHON) är $$($(PYTHON) -V 2>&1), men Python 3.11 eller senare behövs." >&2; \
	  echo "Finns en nyare på datorn: make $(MAKECMDGOALS) PYTHON=python3.12" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
	  echo "Python saknar modulen venv. På Debian och Ubuntu: apt install python3-venv" >&2; exit 1; }
	@$(PYTHON) -m venv --clear .venv
