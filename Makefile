.DEFAULT_GOAL := help
.PHONY: help setup demo serve worker check fix test contract lint-contract messages pictures lock bench

PYTHON ?= $(shell command -v python3.11 || command -v python3)
UV_VERSION = 0.13.9
UV = .uv/bin/uv
IN = .venv/bin
# The pages are dressed by packages from npm, where it is there.
DRESS = $(if $(shell command -v npm),web/dress/rules.css,plain)
ADR_RULES ?= ../shared/standards/adr-linter.yaml

help:  ## Show what you can do here
	@awk -F':.*## ' '/^[a-z-]+:.*## /{printf "  \033[36m%-14s\033[0m %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: $(IN)/.ready $(DRESS)  ## Install everything: into .venv as locked, and the design system

web/dress/rules.css: node_modules web/dressing.py $(shell find web/templates -name '*.html') | $(IN)/.ready
	@$(IN)/python -m web.dressing

.PHONY: plain
plain:
	@echo "Without npm the pages are plain. For the NL Design System: install Node.js, then make setup."

$(IN)/.ready: requirements-dev.lock pyproject.toml | $(UV)
	@echo "Installing what requirements-dev.lock names …"
	@test -x $(IN)/python || $(UV) venv --quiet --python $(PYTHON) .venv
	@$(UV) pip sync --quiet --compile-bytecode --require-hashes requirements-dev.lock
	@$(UV) pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

$(UV):
	@echo "Installing uv …"
	@$(PYTHON) -m venv .uv && .uv/bin/pip install --quiet uv==$(UV_VERSION)

demo: setup  ## The whole way with invented people; ONCE=1 stops after printing
	@$(IN)/letterbox demo $(if $(ONCE),--once)

serve: setup  ## Open the doors on http://localhost:8000, with the embedded database
	@$(IN)/letterbox serve

worker: setup  ## Read letters and settle mailboxes (with a database of your own)
	@$(IN)/letterbox worker

check: setup  ## Everything a reviewer would otherwise have to say
	$(IN)/ruff format --check .
	$(IN)/ruff check .
	$(IN)/mypy
	$(IN)/lint-imports

fix: setup  ## Tidy up what can be tidied up by machine
	$(IN)/ruff format .
	$(IN)/ruff check --fix .

test: setup  ## Run the tests; T=tests/api for a part
	$(IN)/pytest $(or $(T),-n auto --dist loadfile)

contract: setup  ## Write openapi.yaml and docs/problems.md from the code
	$(IN)/letterbox contract

lint-contract: node_modules  ## Lint openapi.yaml by the rules of the Dutch government (needs npm)
	npx spectral lint --ruleset $(ADR_RULES) --fail-severity warn openapi.yaml

node_modules: package-lock.json
	@echo "Installing the design system and the linters from npm …"
	@npm ci --no-audit --no-fund --silent
	@touch $@

messages: setup  ## Collect the texts of the pages for translation
	@$(IN)/pybabel --quiet extract --mapping-file pyproject.toml --no-wrap --sort-by-file --no-location \
		--omit-header --output web/translations/messages.pot web/templates
	@for each in web/translations/*.po; do \
		$(IN)/pybabel --quiet update --no-wrap --no-fuzzy-matching --ignore-obsolete --omit-header \
			--input-file web/translations/messages.pot --output-file $$each --locale $$(basename $$each .po); done

pictures: setup  ## Take the pictures of docs/pages from the demo (needs Chromium)
	@$(IN)/python -m tests.journeys.pictures

lock: $(UV)  ## Choose the newest versions again, and lock them
	$(UV) pip compile --quiet --upgrade --generate-hashes --no-header --python-version 3.11 \
		pyproject.toml --output-file requirements.lock
	$(UV) pip compile --quiet --upgrade --generate-hashes --no-header --python-version 3.11 \
		--extra dev pyproject.toml --output-file requirements-dev.lock

bench: setup  ## Measure against a floor, and print ratios
	$(IN)/python -m benchmarks
