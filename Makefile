# Everything a person types here is in README.md; `make demo` and `make test` need only Python 3.11+, make and git.
PY := .venv/bin/python
export PYTHONDONTWRITEBYTECODE :=

.PHONY: demo test check test-postgres bench setup setup-dev format pins

demo: .venv/app.stamp
	@scripts/demo.sh

# Where there is a C compiler, what compares names is compiled: the same answers, twice as fast.
setup: .venv/app.stamp
	@$(PY) scripts/compile_matcher.py

.venv/app.stamp: requirements/app.txt requirements/uv.txt
	@scripts/install.sh app
	@touch $@

setup-dev: .venv/dev.stamp
	@$(PY) scripts/compile_matcher.py

.venv/dev.stamp: requirements/dev.txt requirements/uv.txt
	@scripts/install.sh dev
	@touch .venv/app.stamp $@

test: setup-dev
	@scripts/browser.sh
	@$(PY) manage.py compile_catalogues
	$(PY) -m pytest

test-postgres: setup-dev
	@scripts/browser.sh
	@$(PY) manage.py compile_catalogues
	@scripts/with_postgres.sh $(PY) -m pytest

check: .venv/dev.stamp
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	DEMO=1 $(PY) -m mypy .
	.venv/bin/lint-imports
	DEMO=1 $(PY) manage.py makemigrations --check --dry-run
	SECRET_KEY=check-only-$$(head -c 32 /dev/urandom | od -An -tx1 | tr -d ' \n') VAULT_KEY=check BASE_URL=https://safeconduct.example ALLOWED_HOSTS=safeconduct.example $(PY) manage.py check --deploy --fail-level WARNING
	.venv/bin/djlint --lint --quiet core parties checklists recruiters inspections grievances duediligence cms

bench: setup-dev
	@$(PY) scripts/bench.py

format: setup-dev
	$(PY) -m ruff check --fix .
	$(PY) -m ruff format .

pins: setup-dev
	@scripts/pins.sh
