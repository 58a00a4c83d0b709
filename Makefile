# Aliases for those who like make; everything works without it.
PYTHON ?= python3
COMPILE = uv pip compile --constraint requirements/constraints.txt --python-version 3.11.2 \
	--universal --fork-strategy fewest --generate-hashes --no-header --no-emit-index-url --no-emit-find-links --quiet

.PHONY: run test test-newest check bench lock help

run: ## start the demo village
	$(PYTHON) manage.py demo

test: ## run every test
	$(PYTHON) manage.py test

test-newest: ## run every test on the newest Wagtail that pyproject.toml allows
	$(PYTHON) manage.py test --wagtail newest

check: ## style, types, migrations and production settings
	$(PYTHON) manage.py check_all

bench: ## measure, and write docs/benchmarks.md
	$(PYTHON) manage.py bench

lock: ## make the locks again after a change to pyproject.toml (needs uv); add UPGRADE=--upgrade for newer versions
	$(COMPILE) $(UPGRADE) pyproject.toml --output-file requirements/run.lock
	$(COMPILE) $(UPGRADE) pyproject.toml --extra production --output-file requirements/production.lock
	$(COMPILE) $(UPGRADE) pyproject.toml --extra production --extra test --output-file requirements/test.lock
	$(COMPILE) $(UPGRADE) benchmarks/peers/peers.in --output-file benchmarks/peers/peers.lock

help: ## this list
	@grep -E '^[a-z-]+: ##' $(MAKEFILE_LIST) | sed 's/: ##/	/'
