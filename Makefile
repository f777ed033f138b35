# `make` alone prints this list.
PYTHON ?= python3
BIN = .venv/bin
JALONS = $(BIN)/python manage.py
HOST ?= 127.0.0.1
PORT ?= 8000
# Python keeps what it compiled, even where the environment says otherwise: the suite
# starts six processes.
PYTHONDONTWRITEBYTECODE =
export HOST PORT PYTHONDONTWRITEBYTECODE

# Two test processes, each taking whole files, in the order of tests/ordering.py.
TWO = -n 2 --dist loadfile --no-loadscope-reorder

.DEFAULT_GOAL := help
.PHONY: help start setup shell data check fix test docs site pictures gallery bench performance messages audit

help:  ## print this list
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## (.*)/  make \1\t\2/' | expand -t 20

start: setup  ## everything a fresh machine needs, then the demonstration on :8000
	JALONS_DEMO=1 $(JALONS) demo
	JALONS_DEMO=1 $(JALONS) serve

setup: var/base-installed loops  ## environment, database, reference data, translations
	$(JALONS) messages --compile
	$(JALONS) migrate --verbosity 0
	$(JALONS) sift_places --missing
	$(JALONS) createcachetable
	$(JALONS) load_reference
	$(JALONS) load_figures
	$(JALONS) load_indices
	$(JALONS) load_library
	$(JALONS) load_questionnaires
	$(JALONS) commune_map
	$(JALONS) collectstatic --no-input --verbosity 0

# Loops of the figures, in C: without a compiler, the same numbers, more slowly.
.PHONY: loops
loops: var/base-installed
	@$(BIN)/python -m jalons.analysis.fast

shell: var/base-installed  ## Python shell with the models
	$(JALONS) shell

data: var/dev-installed  ## rebuild the committed reference (geography, figures)
	$(BIN)/python -m jalons.territories.build
	$(BIN)/python -m jalons.indicators.build

messages: var/dev-installed  ## collect the texts to translate into locale/
	$(JALONS) messages

check: var/dev-installed  ## format, lint, types, floors, migrations, translations, known faults; changes nothing
	$(MAKE) --no-print-directory --jobs 2 types rest
	$(MAKE) --no-print-directory audit

# Types take as long as all the rest: one core each.
.PHONY: types rest
types:
	$(BIN)/mypy jalons

# `makemigrations` begins with the system checks of Django.
rest:
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/lint-imports
	$(BIN)/djlint templates --lint --quiet
	$(JALONS) makemigrations --check --dry-run --verbosity 1
	$(JALONS) messages --check

fix: var/dev-installed  ## everything a tool can repair
	$(BIN)/ruff check --fix --quiet . || true
	$(BIN)/ruff format --quiet .

test: var/dev-installed loops debian-packages  ## everything a fresh machine needs, then the suite, and what reads the database on PostgreSQL
	$(JALONS) messages --compile
	$(BIN)/python -m pytest $(TWO)
	pg_virtualenv -t -o synchronous_commit=off -o full_page_writes=off \
	  env DATABASE_URL=postgresql:///postgres $(BIN)/python -m pytest $(TWO) -m "database and (many or not browser)"

docs: var/dev-installed  ## rebuild the generated documents
	$(BIN)/python -m tests.house.access_document
	$(BIN)/python -m tests.house.data_document
	$(BIN)/python -m tests.house.formulas_document
	$(BIN)/python -m tests.house.criteria_document
	$(BIN)/python -m benchmarks.performance
	$(BIN)/python -m benchmarks.reliability

site: var/dev-installed  ## the documentation site, in var/site
	$(BIN)/python -m sphinx -q -W --keep-going -b html docs var/site

pictures: var/dev-installed debian-packages loops  ## the pictures of the guides, made anew by following them
	$(JALONS) messages --compile
	JALONS_PICTURES=docs/guides/images $(BIN)/python -m pytest tests/browser/test_guides.py

gallery: var/dev-installed debian-packages loops  ## every page in pictures, to look at, in var/gallery: make gallery only=territoires shots="desk dark" languages=fr
	@command -v pdftoppm >/dev/null || { echo "Pages on paper need Debian's package poppler-utils: sudo apt-get install poppler-utils"; exit 1; }
	$(JALONS) messages --compile
	$(BIN)/python -m tests.browser.gallery $(if $(only),--only $(only)) $(if $(shots),--shots $(shots)) $(if $(languages),--languages $(languages))

bench: var/peers-installed var/dev-installed loops  ## measure beside peers, keep results, write docs/performance.md: make bench only=survey; only=load minutes=60
	$(JALONS) messages --compile
	$(JALONS) collectstatic --no-input --verbosity 0
	JALONS_BENCH_KEEP=1 var/peers/bin/python -m benchmarks --full $(only) $(if $(minutes),--minutes $(minutes)) $(if $(rate),--rate $(rate))
	var/peers/bin/python -m benchmarks.performance
	var/peers/bin/python -m benchmarks.reliability

performance: var/base-installed  ## docs/performance.md from the results kept, measuring nothing
	$(BIN)/python -m benchmarks.performance

# A fault that nothing mends yet: `--ignore-vuln`, after the reason in a comment.
audit: var/dev-installed  ## the container file, and known faults of what the site stands on, asked of the network
	$(BIN)/hadolint deploy/Containerfile
	$(BIN)/python -m tests.house.audit

.PHONY: debian-packages
debian-packages:
	@command -v chromium >/dev/null && command -v pg_virtualenv >/dev/null && command -v java >/dev/null \
	|| { [ "$$(id -u)" = 0 ] && apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium postgresql postgresql-common default-jre-headless >/dev/null; } \
	|| { echo "Tests need Debian's packages chromium, postgresql and default-jre-headless (Java 17 or 21): sudo apt-get install chromium postgresql default-jre-headless"; exit 1; }

.venv/bin/uv: requirements/uv.txt
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/uv.txt
	@touch $@

var/base-installed: requirements/base.txt | .venv/bin/uv
	@mkdir -p var
	$(BIN)/uv pip install --quiet --require-hashes --compile-bytecode -r requirements/base.txt
	$(BIN)/uv pip install --quiet --no-deps --editable .
	@touch $@

var/dev-installed: requirements/dev.txt | .venv/bin/uv
	@mkdir -p var
	$(BIN)/uv pip install --quiet --require-hashes --compile-bytecode -r requirements/dev.txt
	$(BIN)/uv pip install --quiet --no-deps --editable .
	@touch $@

# Peers live apart: the site never imports them.
var/peers-installed: var/base-installed requirements/base.txt benchmarks/requirements.txt
	$(BIN)/uv venv --quiet --allow-existing var/peers
	$(BIN)/uv pip install --quiet --python var/peers --require-hashes -r requirements/base.txt
	$(BIN)/uv pip install --quiet --python var/peers -r benchmarks/requirements.txt
	$(BIN)/uv pip install --quiet --python var/peers --no-deps --editable .
	@touch $@

.PHONY: requirements
requirements:
	$(BIN)/uv pip compile --quiet --generate-hashes --no-header requirements/uv.in -o requirements/uv.txt
	$(BIN)/uv pip compile --quiet --generate-hashes --no-header pyproject.toml -o requirements/base.txt
	$(BIN)/uv pip compile --quiet --generate-hashes --no-header pyproject.toml --extra s3 --constraint requirements/base.txt -o requirements/s3.txt
	$(BIN)/uv pip compile --quiet --generate-hashes --no-header pyproject.toml --extra scale --constraint requirements/base.txt -o requirements/scale.txt
	$(BIN)/uv pip compile --quiet --generate-hashes --no-header pyproject.toml --extra dev --extra data --extra bench --extra s3 --extra scale -o requirements/dev.txt
