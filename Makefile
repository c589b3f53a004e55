# PYTHON=/path/to/python3.14 chooses the Python, BROWSER=/path/to/chromium the browser.
PYTHON ?= python3
NONE = There is no $(PYTHON) here. Install Python 3.11 to 3.15, or name yours: make $@ PYTHON=/path/to/python3.14
NO_ENGINE = There is no Docker and no Podman here, and one of them builds the image. Install one, then run: make container
READY = command -v "$(PYTHON)" >/dev/null || { echo "$(NONE)" >&2; exit 1; }; "$(PYTHON)" tools/make/environment.py
# The form and the types of both languages; each of these is a target below, and two run at a time.
STYLE = $(MAKE) --no-print-directory --jobs 2 tsc mypy eslint prettier ruff codespell
PY = PYTHONPATH="$(CURDIR)" .venv/bin/python
# where JupyterLite is asked for, every target is told, so that one book serves all of them
export LITE ?= $(if $(filter lite,$(MAKECMDGOALS)),1)
JS = PATH="$(CURDIR)/.venv/bin:$$PATH" node_modules/.bin

.PHONY: help book serve lab check test prove notebooks homework publish-notebooks lite release container links audit bench \
        bench-widgets lock clean ruff codespell mypy prettier eslint tsc

help: ## list the commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "%-20s%s\n", $$1, $$2 }' Makefile

book: ## build the site into _build/html
	@$(READY)
	@$(PY) tools/make/book.py

serve: book ## build, then show the site on this machine
	@$(PY) tools/make/serve.py

lab: ## open the chapters as notebooks in JupyterLab
	@$(READY)
	@JUPYTER_CONFIG_PATH="$(CURDIR)/tools/lab:$$JUPYTER_CONFIG_PATH" $(PY) -m jupyter lab --notebook-dir=book

check: ## style, spelling, types and unit tests, about a minute on two cores
	@$(READY)
	@$(STYLE) && $(PY) -m pytest -q -n 2 --dist worksteal -m "not slow and not prove" --ignore tests/browser

test: ## everything, browser and JupyterLab tests included
	@$(READY)
	@$(PY) tools/make/browser.py
	@$(STYLE)
	@$(PY) tools/make/book.py
	@$(PY) -m pytest -n 2 --dist loadgroup --durations=10

prove: ## the large figures of which `make test` runs a sample, slow
	@$(READY)
	@$(PY) -m pytest -n 2 -m prove --durations=10

notebooks: book ## write every chapter as a notebook, with what its cells gave, into _build/notebooks
	@$(PY) tools/make/notebooks.py

homework: ## write sheets for pencil and paper, keys apart, into _build/homework (SEED="1 2 3": one each)
	@$(READY)
	@SEED="$(SEED)" $(PY) tools/make/homework.py

publish-notebooks: book ## push the notebooks to the branch that Colab and Binder open
	@$(PY) tools/make/publish.py

lite: book ## put JupyterLite beside the book, which runs the notebooks in the browser
	@$(PY) tools/make/lite.py

release: book ## pack the site into one file that opens by double-click
	@$(PY) tools/make/release.py

container: ## build an image with JupyterLab and the chapters for a class, by Docker or Podman
	@engine=$$(command -v docker || command -v podman) || { echo "$(NO_ENGINE)" >&2; exit 1; }; \
	$(MAKE) --no-print-directory notebooks && "$$engine" build --file tools/container/Dockerfile --tag lstm-gradients .

links: ## ask every outside link of the book whether it still stands
	@$(READY)
	@PATH="$(CURDIR)/.venv/bin:$$PATH" PYTHONPATH="$(CURDIR)" .venv/bin/jupyter-book build . --builder linkcheck

audit: book ## Lighthouse and axe-core over every page, slow (ARGS="cell --runs 1": one chapter, a quick look)
	@$(PY) tools/make/audit.py $(ARGS)
	@$(PY) tools/make/browser.py && AUDIT=1 $(PY) -m pytest -q tests/browser/test_access.py tests/browser/test_states.py \
	  tests/ext/test_weight.py

bench: ## speed against peers, as ratios of one run (ARGS=--quick: fewer rounds)
	@$(READY)
	@$(PY) bench/bench.py $(ARGS)

bench-widgets: book ## how soon each figure follows the hand, in Chromium
	@$(PY) bench/widgets.py

lock: ## compile requirements.txt anew from pyproject.toml
	@$(READY)
	@.venv/bin/uv pip compile -q --universal --python-version 3.11 --all-extras --no-header --no-annotate --no-emit-index-url --upgrade pyproject.toml -o requirements.txt

ruff:
	@$(PY) -m ruff check . && $(PY) -m ruff format --check .

codespell:
	@.venv/bin/codespell

mypy:
	@$(PY) -m mypy

prettier:
	@$(JS)/prettier --check --cache --log-level warn "**/*.{js,mjs,ts}"

eslint:
	@$(JS)/eslint --config tools/javascript/eslint.config.mjs --cache --cache-location node_modules/.cache/ .

tsc:
	@$(JS)/tsc --project tools/javascript

clean: ## remove everything that was made
	@rm -rf _build .venv node_modules .*_cache .hypothesis
