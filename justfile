# Every command a person runs. On a machine without `just`: ./run RECIPE

export PATH := justfile_directory() / ".venv/bin" + ":" + env("PATH")
export UV_SYSTEM_CERTS := "true"
export UV_PYTHON_DOWNLOADS := "never"
export NODE_USE_SYSTEM_CA := "1"
export PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD := "1"
export PYTHONUNBUFFERED := "1"

prepare := "python -I backend/operations/stack/prepare.py"
stack := "python -m backend.operations.stack"

# On a NAS (./run sets KRC_NAS there) the operator's commands work on containers, with POSIX sh and docker alone.
nas := env("KRC_NAS", "")
operator := if nas == "1" { "sh deploy/nas.sh" } else { "python -m backend.cli" }

# List the recipes
[private]
default:
    @{{ quote(just_executable()) }} --justfile {{ quote(justfile()) }} --list --unsorted {{ if nas == "1" { "--group operate" } else { "" } }}

# Start everything with a demo centre, at http://127.0.0.1:8080 (HTTP_PORT changes it)
[group('run')]
[no-exit-message]
demo:
    @{{ if nas == "1" { "exec sh deploy/nas.sh demo" } else { prepare + " web" } }}
    @exec {{ stack }} demo --end-with-parent

# Bring the database to the newest schema and make sure that an admin can log in; on a NAS also start everything
[group('operate')]
[no-exit-message]
[positional-arguments]
bootstrap *OPTIONS:
    @exec {{ operator }} bootstrap "$@"

# Start everything
[group('operate')]
[no-exit-message]
up:
    @{{ if nas == "1" { "true" } else { prepare + " web" } }}
    @exec {{ if nas == "1" { "sh deploy/nas.sh up" } else { stack + " up --end-with-parent" } }}

# Stop the containers, on a NAS (elsewhere Ctrl C stops everything)
[group('operate')]
[no-exit-message]
stop:
    @{{ if nas == "1" { "exec sh deploy/nas.sh stop" } else { "echo 'Ctrl C in the terminal of `just up` or `just demo` stops it.'" } }}

# Go through the checklist: is everything up, and can somebody log in; one line each, with what to do
[group('operate')]
[no-exit-message]
[positional-arguments]
doctor *OPTIONS:
    @exec {{ operator }} doctor "$@"

# Make a backup and prove it: restore it into a scratch database and compare
[group('operate')]
[no-exit-message]
[positional-arguments]
backup *OPTIONS:
    @exec {{ operator }} backup "$@"

# List the backups: when, how large, whether proven
[group('operate')]
[no-exit-message]
[positional-arguments]
backups *OPTIONS:
    @exec {{ operator }} backups "$@"

# Prove a backup again: every byte as it was written, and it can be restored
[group('operate')]
[no-exit-message]
[positional-arguments]
prove FILE *OPTIONS:
    @shift; exec {{ operator }} prove {{ quote(join(invocation_directory(), FILE)) }} "$@"

# Put a backup's data in the place of the present ones, which are backed up first
[group('operate')]
[no-exit-message]
[positional-arguments]
restore FILE *OPTIONS:
    @shift; exec {{ operator }} restore {{ quote(join(invocation_directory(), FILE)) }} "$@"

# Write the paper roster now, for when nothing works: who came lately or may come, encrypted; prints where it is
[group('operate')]
[no-exit-message]
[positional-arguments]
roster *OPTIONS:
    @exec {{ operator }} roster "$@"

# Bring the predecessor's data over from postgresql://…, a dump file or, on a NAS, a Docker volume; the source is only read
[group('operate')]
[no-exit-message]
[positional-arguments]
adopt SOURCE *OPTIONS:
    @shift; exec {{ operator }} adopt {{ quote(if path_exists(join(invocation_directory(), SOURCE)) == "true" { join(invocation_directory(), SOURCE) } else { SOURCE }) }} "$@"

# Manage who may sign in: user list, user add EMAIL [--admin], user show|link|reset-password|reset-second-factor|disable|enable WHO
[group('operate')]
[no-exit-message]
[positional-arguments]
user *ARGUMENTS:
    @exec {{ operator }} user "$@"

# Load clients from a CSV file; a second time it changes nothing
[group('operate')]
[no-exit-message]
[positional-arguments]
import FILE *OPTIONS:
    @shift; exec {{ operator }} import {{ quote(join(invocation_directory(), FILE)) }} "$@"

# Follow the logs of the running stack
[group('operate')]
[no-exit-message]
[positional-arguments]
logs *SERVICES:
    @exec {{ if nas == "1" { 'sh deploy/nas.sh logs "$@"' } else { 'tail -n 20 -F "${DATA_DIR:-.data}"/logs/*.log' } }}

# Open psql on the database
[group('operate')]
[no-exit-message]
[positional-arguments]
psql *OPTIONS:
    @exec {{ if nas == "1" { "sh deploy/nas.sh" } else { stack } }} psql "$@"

# Fetch and start the newest version, with a backup before and a way back; on a NAS also from an archive
[group('operate')]
[no-exit-message]
upgrade ARCHIVE="":
    @exec {{ if nas == "1" { "sh deploy/nas.sh upgrade " + if ARCHIVE == "" { "" } else { quote(join(invocation_directory(), ARCHIVE)) } } else { "python -m backend.operations.upgrade" } }}

# Explain what is on this machine and how to remove it; on a NAS also remove the containers, never the data
[group('operate')]
[no-exit-message]
[positional-arguments]
uninstall *OPTIONS:
    @exec {{ if nas == "1" { 'sh deploy/nas.sh uninstall "$@"' } else { "python -m backend.operations.uninstall" } }}

# Prove everything: checks, unit, database, worker and browser tests; pytest's options may follow
[group('prove')]
[no-exit-message]
test *OPTIONS: check web-test web-build
    @exec python -m pytest -p tests.scheduling -n 2 {{ OPTIONS }}

# Lint, types, import rules, migrations' SQL, schema drift: all that needs no database
[group('prove')]
check: _dev _node
    ruff check .
    ruff format --check .
    mypy
    lint-imports
    python -m backend.operations.stack check-migrations
    python -m backend.cli schema --check
    python -m backend.graphql.changes --check
    python -m backend.graphql.lint
    npm --prefix frontend run --silent check

# Measure the ratios of docs/performance.md against a database that it fills itself
[group('prove')]
[no-exit-message]
bench *OPTIONS: _dev
    @exec python -m tests.bench {{ OPTIONS }}

# Run other people's test suites against the API: graphql-http's audits, schemathesis (--only http|schema, --examples N)
[group('prove')]
[no-exit-message]
audit *OPTIONS: _dev _node
    @exec python -m tests.audits {{ OPTIONS }}

# Build the containers, start them on a real engine of their own, and go through all of it (needs root and Docker)
[group('prove')]
[no-exit-message]
[positional-arguments]
test-nas *OPTIONS:
    @{{ prepare }} nas
    @exec python -m tests.nas "$@"

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

# Write docs/api/changes.md from the schema's difference to the last release; --release 1.2.3 makes the present schema the released one
[group('change')]
schema-changes *OPTIONS: _dev
    @exec python -m backend.graphql.changes {{ OPTIONS }}

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
    python -m backend.operations.doctor.table docs/operating.md
    python -m backend.graphql.reach

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

# Write dist/krc-checkin-….tar: images, compose file, checksums and guide, for a NAS without internet (needs Docker)
[group('change')]
[no-exit-message]
release:
    @exec sh deploy/nas.sh release

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
