# Skillmark's verbs. `make help` lists them.
SHELL := bash
.SHELLFLAGS := -euo pipefail -c
MAKEFLAGS += --no-print-directory
.DEFAULT_GOAL := help

PYTHON ?= python3
UV := .uv/bin/uv
export UV_PYTHON_DOWNLOADS ?= automatic
# Compiled modules are kept, whatever the shell says: they halve the time every process takes to start.
export PYTHONDONTWRITEBYTECODE :=
BIN := .venv/bin

.PHONY: help install install-interop bench bench-words bench-badges bench-load bench-reminders bench-import install-dev install-nlu train demo run test test-unit test-crash check fmt doctor migrate revision lock nlu-test clean bench-advice gate

help: ## List the verbs
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

demo: .venv/.installed ## The whole product with a playground: nothing to configure, nothing leaves this machine
	@$(BIN)/skillmark up --demo

run: .venv/.installed ## The same product on Telegram: TELEGRAM_BOT_TOKEN=… make run
	@$(BIN)/skillmark up

install: .venv/.installed install-nlu ## Both Python environments

bench-import: install-dev ## Importing O*NET and ESCO, time and memory → var/bench/import.json
	@$(BIN)/python -m tests.bench.imports

install-nlu: $(UV)
	@$(MAKE) -C nlu install UV=$(abspath $(UV))

install-dev: .venv/.installed-dev ## The bot's environment with what tests and checks need

train: $(UV) ## The Rasa model, when its inputs changed
	@$(MAKE) -C nlu train UV=$(abspath $(UV))

migrate: .venv/.installed ## Make or change the tables
	@$(BIN)/skillmark migrate

doctor: .venv/.installed ## Look for what is not in order
	@$(BIN)/skillmark doctor

install-interop: ## Other people's verifiers on Node, for the interop tests and the bench
	@if command -v npm >/dev/null; then cd tests/interop && { [ -d node_modules ] && [ node_modules -nt package-lock.json ] || { echo "Installing other people's verifiers…"; npm ci --silent && touch node_modules; }; }; else echo "Node 20 is not here: the interop tests on Node are skipped (in CI they fail)."; fi

bench: bench-badges bench-load bench-reminders bench-words bench-advice bench-import ## Every measurement, one after the other

bench-load: install-dev ## A thousand learners beside a bare PTB echo: latency, CPU, memory → var/bench/load.json
	@$(BIN)/python -m tests.bench.load

bench-badges: install-dev install-interop ## Signing and verifying beside the fastest peers → var/bench/badges.json
	@$(BIN)/python -m tests.bench.badges

bench-reminders: install-dev ## Claiming due reminders beside APScheduler with a job per learner → var/bench/reminders.json
	@$(BIN)/python -m tests.bench.reminders

bench-words: install-dev train ## Free text from phone to phone beside Rasa alone; memory and training → var/bench/words.json
	@$(BIN)/python -m tests.bench.words

test: install-dev install-interop train ## Every test: unit, integration, journeys with the trained model, browser
	@$(BIN)/python -m tests.requirements
	@$(BIN)/pytest -n 2 --dist loadgroup
	@SKILLMARK_TEST_DATABASE=postgresql $(BIN)/pytest tests/unit/credentials tests/unit/actions tests/unit/bot/telegram -n 2
	@$(MAKE) nlu-test

test-unit: install-dev ## Tests that need nothing but Python
	@$(BIN)/pytest tests/unit tests/properties tests/conformance tests/architecture -n 3 --dist loadgroup

test-crash: install-dev ## Kill the bot at every fault point, again and again
	@SKILLMARK_CRASH_GRID=whole $(BIN)/pytest tests/crash -n 2

nlu-test: $(UV) ## The Rasa project's own tests
	@$(MAKE) -C nlu test UV=$(abspath $(UV))

check: install-dev ## Lint, types, import contracts
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy bot actions credentials
	@$(BIN)/lint-imports

fmt: install-dev ## Format and mend what can be mended
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

bench-advice: install-dev ## How good and fast the advice is: occupations, skills, pathways
	@$(BIN)/python -m tests.bench.advice

gate: install-dev ## Learn anew what messages are about, after messages.txt or everyday.txt changed
	@$(BIN)/python -m credentials.catalogue.matching.training

revision: install-dev ## A new schema revision from the models: make revision NAME="add a column"
	@$(BIN)/python -m credentials.migrations "$(NAME)"

lock: $(UV) ## Pin the newest versions that fit, with hashes
	@for set in "pyproject.toml --group build -o requirements.lock" "pyproject.toml --group build --group dev -c requirements.lock -o requirements-dev.lock"; do \
	  $(UV) pip compile -q --universal --generate-hashes --no-annotate --no-header --no-emit-index-url --python-version 3.11 $$set >/dev/null; \
	done
	@sed -i '/^--/d' requirements.lock requirements-dev.lock

clean: ## Remove what was installed, built and stored here
	rm -rf .venv .uv var nlu/.venv nlu/models nlu/.rasa

$(UV): requirements-uv.lock
	@command -v $(PYTHON) >/dev/null || { echo "Skillmark needs Python 3.11 as 'python3' (or make PYTHON=/path/to/python3.11)."; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info[:2] < (3, 11))' || { echo "Skillmark needs Python 3.11 or newer; '$(PYTHON)' is $$($(PYTHON) --version 2>&1). Set PYTHON=/path/to/python3.11."; exit 1; }
	@echo "Fetching the installer…"
	@$(PYTHON) -m venv .uv && .uv/bin/pip install -q --disable-pip-version-check --require-hashes -r requirements-uv.lock
	@touch $@

.venv/.installed: requirements.lock requirements-semantic.lock pyproject.toml | $(UV)
	@echo "Installing the bot's environment…"
	@[ -d .venv ] || $(UV) venv -q --python 3.11 .venv
	@$(UV) pip install -q --require-hashes -r requirements.lock
	@$(UV) pip install -q --no-deps --require-hashes -r requirements-semantic.lock || echo "Without the packages of requirements-semantic.lock words are matched by their letters only."
	@$(UV) pip install -q --no-deps --no-build-isolation -e .
	@touch $@

.venv/.installed-dev: requirements-dev.lock .venv/.installed
	@echo "Installing what tests and checks need…"
	@$(UV) pip install -q --require-hashes -r requirements-dev.lock
	@touch $@
