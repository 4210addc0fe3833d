# Every command a person runs. On a machine without `just`: ./run RECIPE

export PATH := justfile_directory() / ".venv/bin" + ":" + env("PATH")
export UV_SYSTEM_CERTS := "true"
export UV_PYTHON_DOWNLOADS := "never"
export NODE_USE_SYSTEM_CA := "1"
export PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD := "1"
export PYTHONUNBUFFERED := "1"

prepare := "python -I backend/operations/stack/prepare.py"
stack := "python -m backend.operations.stack"

# List the recipes
[private]
default:
    @just --justfile {{ quote(justfile()) }} --list --unsorted

# Start everything with a demo centre, at http://127.0.0.1:8080 (HTTP_PORT changes it)
[group('run')]
[no-exit-message]
demo:
    @{{ prepare }} web
    @exec {{ stack }} demo --end-with-parent

# Start everything with an empty centre
[group('run')]
[no-exit-message]
up:
    @{{ prepare }} web
    @exec {{ stack }} up --end-with-parent

# Bring the database to the newest schema and make sure that an admin can log in
[group('run')]
[no-exit-message]
bootstrap *OPTIONS:
    @exec python -m backend.cli bootstrap {{ OPTIONS }}

# Load clients from a CSV file; a second time it changes nothing
[group('run')]
[no-exit-message]
import FILE *OPTIONS:
    @exec python -m backend.cli import {{ quote(join(invocation_directory(), FILE)) }} {{ OPTIONS }}

# Manage who may sign in: user list, user add EMAIL [--admin], user reset-password|disable|enable WHO
[group('run')]
[no-exit-message]
user *ARGUMENTS:
    @exec python -m backend.cli user {{ ARGUMENTS }}

# Open psql on the database
[group('run')]
[no-exit-message]
psql *OPTIONS:
    @exec {{ stack }} psql {{ OPTIONS }}

# Follow the logs of the running stack
[group('run')]
[no-exit-message]
logs:
    @exec tail -n 20 -F "${DATA_DIR:-.data}"/logs/*.log

# Prove everything: checks, unit, database, worker and browser tests; pytest's options may follow
[group('prove')]
[no-exit-message]
test *OPTIONS: check web-test web-build
    @exec python -m pytest -n 2 --dist loadgroup {{ OPTIONS }}

# Lint, types, import rules, migrations' SQL, schema drift: all that needs no database
[group('prove')]
check: _dev _node
    ruff check .
    ruff format --check .
    mypy
    lint-imports
    python -m backend.operations.stack check-migrations
    python -m backend.cli schema --check
    npm --prefix frontend run --silent check

# Measure the ratios of docs/performance.md against a database that it fills itself
[group('prove')]
[no-exit-message]
bench *OPTIONS: _dev
    @exec python -m tests.bench {{ OPTIONS }}

# Run the front end's unit tests
[group('prove')]
[no-exit-message]
web-test: _node
    npm --prefix frontend run --silent test

# Build the pages into frontend/dist, if a source changed
[group('change')]
[no-exit-message]
web-build:
    @{{ prepare }} web

# Format everything
[group('change')]
fmt: _dev _node
    ruff check --fix --quiet .
    ruff format .
    npm --prefix frontend run --silent fmt

# Write frontend/schema.graphql from the backend, and the front end's types from that
[group('change')]
schema: _node
    python -m backend.cli schema
    npm --prefix frontend run --silent codegen

# Write a migration for what changed in the models: just revision "add lockers"
[group('change')]
revision SLUG: _dev
    @exec {{ stack }} with alembic revision --autogenerate -m {{ quote(SLUG) }}

# Write migrations/fingerprints.json, by which bootstrap knows a database: after each new migration
[group('change')]
fingerprint *OPTIONS: _dev
    @exec python -m backend.cli fingerprint {{ OPTIONS }}

# Write docs/settings.md from the program
[group('change')]
docs: _dev
    python -m backend.cli settings > docs/settings.md

# Take the pictures in docs/screenshots, of the demo centre
[group('change')]
screenshots *OPTIONS: _dev web-build
    @exec python -m tests.e2e.screenshots {{ OPTIONS }}

# Lock the newest versions that requirements/*.in allow, and frontend/package.json
[group('change')]
lock:
    for name in tools runtime dev nas; do \
        uv pip compile --upgrade --universal --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --python-version 3.11 \
            --quiet --output-file "requirements/$name.lock" "requirements/$name.in" || exit 1; \
    done
    npm --prefix frontend install --package-lock-only --ignore-scripts

# Remove what checks, tests and builds leave; never .data
[group('change')]
clean:
    rm -rf frontend/dist frontend/coverage .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
    find backend tests migrations -name __pycache__ -type d -prune -exec rm -rf {} +

[no-exit-message]
_dev:
    @{{ prepare }} dev

[no-exit-message]
_node:
    @{{ prepare }} node
