# Thin on purpose: what each word does stands in scripts/.
PYTHON ?= python3
VENV_PYTHON = .venv/bin/python

.PHONY: run setup check test test-plain test-slow bench

run: ; @$(PYTHON) -m scripts.run
setup: ; @$(PYTHON) -m scripts.environment
check: setup ; @$(VENV_PYTHON) -m scripts.check
test: setup ; @$(VENV_PYTHON) -m scripts.legs
test-plain: setup ; @$(VENV_PYTHON) -m scripts.legs plain
test-slow: setup ; @$(VENV_PYTHON) -m scripts.legs slow
bench: setup ; @$(VENV_PYTHON) -m bench $(BENCH)
