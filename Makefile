# `make run` and `make test` are all that is needed; each does its own set-up.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
PORT ?= 8050
DEMO ?= 1
MARCADOR_HOME ?= var
MARCADOR_SHARED ?= $(abspath ../shared)
export MARCADOR_HOME MARCADOR_SHARED

.PHONY: run test lint unit browser attack survive shots bench engines chromium clean

run: $(VENV)/run.stamp assets/vendor/vendor.stamp
	@if [ "$(DEMO)" = "1" ] && [ ! -e "$(MARCADOR_HOME)/records.db" ]; then $(BIN)/python app.py demo; fi
	@MARCADOR_PORT=$(PORT) $(BIN)/python app.py serve

test: $(VENV)/dev.stamp assets/vendor/vendor.stamp chromium
	@$(MAKE) --no-print-directory lint
	@$(BIN)/python -m pytest --ignore=tests/attack --ignore=tests/browser -n 2
	@$(BIN)/python -m pytest tests/browser -n 2 --dist worksteal

lint: $(VENV)/dev.stamp
	$(BIN)/ruff format --check --quiet .
	$(BIN)/ruff check --quiet .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo

unit: $(VENV)/dev.stamp assets/vendor/vendor.stamp
	@$(BIN)/python -m pytest --ignore=tests/attack --ignore=tests/browser -n 2

browser: $(VENV)/dev.stamp assets/vendor/vendor.stamp chromium
	@$(BIN)/python -m pytest tests/browser -n 2 --dist worksteal

attack: $(VENV)/dev.stamp assets/vendor/vendor.stamp chromium
	@$(BIN)/python -m pytest --timeout=900 tests/attack

shots: $(VENV)/dev.stamp assets/vendor/vendor.stamp chromium
	@$(BIN)/python -m tests.shots shots

bench: $(VENV)/dev.stamp assets/vendor/vendor.stamp chromium
	@$(BIN)/python -m bench

survive: $(VENV)/dev.stamp assets/vendor/vendor.stamp chromium
	@$(BIN)/python -m tests.survive

engines: $(VENV)/engines.stamp
	@./.ci/engines.sh $(BIN)/python

$(VENV)/run.stamp: requirements.txt
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV) || { \
	  . ./.ci/apt.sh && apt_install python3-venv && $(PYTHON) -m venv $(VENV); }
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

$(VENV)/dev.stamp: requirements.txt requirements-dev.txt
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV) || { \
	  . ./.ci/apt.sh && apt_install python3-venv && $(PYTHON) -m venv $(VENV); }
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@ $(VENV)/run.stamp

$(VENV)/engines.stamp: $(VENV)/dev.stamp requirements-engines.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-engines.txt
	@touch $@

assets/vendor/vendor.stamp: layouts/vendor.py requirements.txt | $(VENV)/run.stamp
	@$(BIN)/python -m layouts.vendor

chromium:
	@command -v chromium >/dev/null && command -v chromedriver >/dev/null || { \
	  . ./.ci/apt.sh && apt_install chromium chromium-driver; }

clean:
	rm -rf $(VENV) assets/vendor shots
