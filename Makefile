# The first call of any target sets everything up (tools/setup.sh); later calls start at once.
#   make audit                      the embedded market
#   make audit TARGET=staging       an entry of targets.yaml, or a web address
#   make audit ARGS="--article 13"  any options of pytest
TARGET ?= market
ARGS ?=
PYTEST := .venv/bin/pytest

.PHONY: audit test kills found matrix walls mutants stable fronts power bench bench-clauses lint clean

audit: .venv/.ready
	$(PYTEST) --target '$(TARGET)' $(ARGS)

# the suite's own tests
test: .venv/.ready
	$(PYTEST) selftests -n 2 --dist loadfile --no-loadscope-reorder -m 'not matrix and not kills and not found and not bench and not walls' $(ARGS)

# one fault a duty, several in one market
kills: .venv/.ready
	$(PYTEST) selftests -m kills $(ARGS)

# every fault is found, several in one market; ARGS="-n 2"
found: .venv/.ready
	$(PYTEST) selftests -m found $(ARGS)

# every fault of the market; FULL=1 by whole audits
matrix: .venv/.ready
	$(PYTEST) selftests -m matrix $(ARGS)

# whole audits of a shop behind every wall
walls: .venv/.ready
	$(PYTEST) selftests -m walls $(ARGS)

# takes each assertion out of each test in turn: the faults of its duty must notice
mutants: .venv/.ready
	.venv/bin/python -m selftests.mutants $(DUTIES)

# several audits of each target must say the same; RUNS=5, TARGETS="market oscar"
stable: .venv/.ready
	.venv/bin/python -m selftests.stable $(TARGETS)

# shops written blind, with nothing configured: places reached, duties right, wrong, undecided; NAMES="spa travel" DEVICES=mobile
fronts: .venv/.ready
	.venv/bin/python -m selftests.fronts.run $(NAMES)

# articles 40.3, 40.4: share of simulated shops whose personal ranking is found, beside false alarms; ARGS="--worlds 500 --queries 3"
power: .venv/.ready
	.venv/bin/python -m selftests.power $(ARGS)

bench: .venv/.ready
	$(PYTEST) selftests -m bench -s $(ARGS)

# the clause lint on labelled sentences; FILES="more.jsonl" measures further ones too
bench-clauses: .venv/.ready
	.venv/bin/python -m selftests.bench_clauses $(FILES) $(ARGS)

lint: .venv/.ready
	.venv/bin/ruff format --check .
	.venv/bin/ruff check .
	@rm -rf build/types && mkdir -p build/types/gongping # pages/ and tests/ where mypy looks for gongping.pages and gongping.tests
	@ln -s '$(CURDIR)'/gongping/* '$(CURDIR)/pages' '$(CURDIR)/tests' build/types/gongping/
	cd build/types && '$(CURDIR)/.venv/bin/mypy' --config-file '$(CURDIR)/pyproject.toml' -p gongping

clean:
	rm -rf build dist .pytest_cache .mypy_cache .ruff_cache
	find . -name .venv -prune -o -name __pycache__ -type d -exec rm -rf {} +

.venv/.ready: pyproject.toml tools/setup.sh
	@rm -f $@
	@PYTHON='$(PYTHON)' tools/setup.sh
