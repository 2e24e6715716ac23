# Every verb of the project; `make help` prints them.
SHELL := /bin/bash
.DEFAULT_GOAL := help
.PHONY: help screenshots setup run test prove bench lint format lock check clean

help: ## print this list
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /\1\t/' | expand -t 10

setup: ## build both environments and whatever they need
	@scripts/setup.sh all

run: ## serve people: web chat, desk and, with SAPHAN_TELEGRAM_TOKEN, Telegram
	@scripts/setup.sh run
	@exec .venv/bin/saphan run --with-parent

test: ## run the tests in both interpreters
	@scripts/test.sh

prove: ## the long proofs: many more examples of every property
	@scripts/prove.sh

bench: ## measure speed and memory beside a stock Rasa bot, into var/bench
	@scripts/setup.sh run
	@.venv/bin/python -m scripts.bench

lint: ## ruff, mypy in both interpreters, import arrows
	@scripts/lint.sh

format: ## put the code into its usual shape
	@scripts/setup.sh all
	@.venv/bin/ruff check --fix --quiet . && .venv/bin/ruff format --quiet .

lock: ## make the hashed pins from pyproject.toml (newest ones: scripts/lock.sh --upgrade)
	@scripts/lock.sh

check: ## validate flows, words and training data
	@scripts/setup.sh run
	@.venv/bin/saphan check

screenshots: ## make the pictures of README and docs anew
	@scripts/setup.sh all
	@.venv/bin/python scripts/screenshots.py

clean: ## remove environments and caches; what was written in var/ stays
	rm -rf .venv .venv-engine node_modules bot/desk/static/vendor *.egg-info .rasa
	rm -rf .hypothesis .mypy_cache .pytest_cache .ruff_cache .import_linter_cache
	find . -name __pycache__ -type d -not -path './var/*' -prune -exec rm -rf {} +
