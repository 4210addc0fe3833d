#!/bin/bash
# What the official image's entrypoint promises, as far as this product relies on it: at the first start it makes a cluster from
# POSTGRES_USER, POSTGRES_DB, POSTGRES_PASSWORD_FILE and POSTGRES_INITDB_ARGS, without listening on the network until that is done.
set -euo pipefail

make_cluster() {
    local password
    password=$(<"${POSTGRES_PASSWORD_FILE:?}")
    mkdir -p "$PGDATA"
    chmod 0700 "$PGDATA"
    # shellcheck disable=SC2086
    initdb --username="${POSTGRES_USER:=postgres}" --pwfile=<(printf '%s\n' "$password") ${POSTGRES_INITDB_ARGS:-}
    printf '\nhost all all all scram-sha-256\n' >>"$PGDATA/pg_hba.conf"
    printf "\nlisten_addresses = '*'\n" >>"$PGDATA/postgresql.conf"
    pg_ctl --wait start --options="-c listen_addresses='' -c unix_socket_directories=/run/postgresql"
    PGPASSWORD=$password psql --quiet --host=/run/postgresql --username="$POSTGRES_USER" --dbname=postgres \
        --command="CREATE DATABASE ${POSTGRES_DB:-postgres}"
    pg_ctl --wait --mode=fast stop
}

if [ "$1" = postgres ] && [ ! -s "$PGDATA/PG_VERSION" ]; then
    make_cluster
fi
exec "$@"
