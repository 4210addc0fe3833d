# shellcheck shell=sh
# The daily care: doctor, backups, users, logs. Most of it is the product's own command line, in the service `tools`.

command_backup() { run_once tools backup "$@"; }
command_backups() { run_once tools backups "$@"; }
command_user() { run_once tools user "$@"; }

command_logs() { compose logs --follow --tail 20 "$@"; }

# The password is read inside, where only the database's own user can.
command_psql() {
    is_running postgres || fail "The database is not running: ./run up starts it."
    # shellcheck disable=SC2016 # for the shell in the container
    set -- postgres sh -c 'PGPASSWORD=$(cat "$POSTGRES_PASSWORD_FILE") PSQL_HISTORY=/dev/null exec psql --username="$POSTGRES_USER" --dbname="$POSTGRES_DB" "$@"' psql "$@"
    if [ -t 0 ] && [ -t 1 ]; then compose exec "$@"; else compose exec -T "$@"; fi
}

command_import() {
    [ -f "${1-}" ] || wrong_use "There is no file '${1-}': ./run import FILE.csv"
    make_scratch "$KEPT"
    make_readable "$1"
    shift
    run_once --volume "$READABLE:/import/$(basename "$READABLE"):ro" tools import "/import/$(basename "$READABLE")" "$@"
}

# --- Backups ---

command_prove() {
    find_backup "${1-}" prove
    shift
    run_once tools prove "/backups/$BACKUP" "$@"
}

# The application is stopped meanwhile, and started again however it ends. An empty machine gets its database first.
command_restore() {
    find_backup "${1-}" restore
    shift
    need_images
    start_database
    # shellcheck disable=SC2086
    compose stop $APPLICATION >&2 || :
    set -- tools restore "/backups/$BACKUP" "$@"
    if [ -n "${BACKUP_PASSPHRASE-}" ]; then
        set -- --env BACKUP_PASSPHRASE "$@"
    fi
    run_once "$@" && code=0 || code=$?
    # It may have put secrets back; a service reads them when it starts.
    (start_rest) && started=yes || started=no
    if [ "$code" = 0 ] && [ "$started" = no ]; then
        fail "The data are restored, but not everything runs: ./run doctor"
    fi
    return "$code"
}

# $BACKUP: the file's name in ./backups, where it is copied from elsewhere; the service `secrets` then gives it to who reads it.
find_backup() {
    case $1 in
        '' | -*) wrong_use "Say which: ./run $2 FILE   (./run backups lists them)" ;;
    esac
    BACKUP=$(basename "$1")
    if [ -f "$1" ]; then
        at=$(CDPATH='' cd -- "$(dirname "$1")" && pwd)
        case $at in
            "$BACKUPS") ;;
            *)
                [ ! -e "$BACKUPS/$BACKUP" ] || cmp -s "$1" "$BACKUPS/$BACKUP" ||
                    refuse "Another file named $BACKUP is in $BACKUPS already." "Rename one of the two."
                say "copying $BACKUP to $BACKUPS"
                mkdir -p "$BACKUPS"
                cp "$1" "$BACKUPS/$BACKUP.part" && mv "$BACKUPS/$BACKUP.part" "$BACKUPS/$BACKUP" || fail "$1 could not be copied to $BACKUPS."
                ;;
        esac
    elif [ ! -f "$BACKUPS/$BACKUP" ]; then
        refuse "There is no file $1, nor $BACKUP in $BACKUPS." "./run backups lists what is there."
    fi
}

# --- The paper roster ---

# Inside it is /backups; whoever wants to print it needs the name of here.
command_roster() {
    run_once tools roster "$@" && code=0 || code=$?
    [ "$code" != 0 ] || say "on this machine that is $BACKUPS/paper/roster.pdf"
    return "$code"
}

# --- Doctor ---

# The checklist is the product's; what it can't see from a container is handed to it. Nothing is started for it.
command_doctor() {
    if ! image_id "$APP:$TAG" >/dev/null; then
        examine_from_outside
        echo "FAIL images: $APP:$TAG is not on this machine. Make it and start everything with: ./run bootstrap"
        return "$FAILED"
    fi
    make_scratch
    mkdir -p "$SCRATCH/doctor"
    services=$LONG_RUNNING
    for service in $services; do
        id=$(container_of "$service")
        [ -z "$id" ] || docker logs --since "$(docker inspect --format '{{.State.StartedAt}}' "$id")" --tail 5000 "$id" 2>&1 | sed "s/^/$service  | /"
    done >"$SCRATCH/doctor/services.log" 2>/dev/null
    compose ps --all --format json >"$SCRATCH/doctor/containers.json" 2>"$SCRATCH/problem" || :
    # Readable inside; the folder around them keeps everybody else out.
    chmod 755 "$SCRATCH/doctor"
    chmod 444 "$SCRATCH"/doctor/*
    run_once --no-deps --volume "$SCRATCH/doctor:/doctor:ro" tools doctor --containers /doctor/containers.json --logs /doctor/services.log "$@" \
        >"$SCRATCH/said" 2>"$SCRATCH/problem" && code=0 || code=$?
    if [ -s "$SCRATCH/said" ]; then
        cat "$SCRATCH/said"
        return "$code"
    fi
    # No container could be started at all, so the checklist has to be this one.
    examine_from_outside
    echo "FAIL tools: the checklist could not be run in a container: $(grep -v '^ *Container ' "$SCRATCH/problem" | tail -n 1)"
    return "$FAILED"
}

examine_from_outside() {
    echo "ok   engine: Docker $(docker version --format '{{.Server.Version}}'), Compose $version"
    if said=$(compose config 2>&1 >/dev/null); then
        echo "ok   compose file: $COMPOSE_FILE_NAME"
    else
        echo "FAIL compose file: $(echo "$said" | tail -n 1)"
    fi
    for service in secrets bootstrap $LONG_RUNNING; do
        state=$(state_of "$service")
        case $state in
            running | 'exited 0') echo "ok   $service: $state" ;;
            *) echo "FAIL $service: $state. ./run logs $service shows why; ./run bootstrap starts it." ;;
        esac
    done
    is_running caddy || for port in "$HTTP_PORT_HERE" "$HTTPS_PORT_HERE"; do
        if port_is_taken "$port"; then
            echo "FAIL port $port: another program has it. Stop that, or choose another port in $ROOT/.env."
        else
            echo "ok   port $port: free"
        fi
    done
    free=$(df -Pk "$(engine_folder)" | awk 'NR == 2 { print int($4 / 1024) }')
    if [ "${free:-0}" -ge "$MEGABYTES_TO_RUN" ]; then
        echo "ok   disk: $free MB free"
    else
        echo "FAIL disk: $free MB free. Make room; docker image prune removes images that nothing uses."
    fi
}
