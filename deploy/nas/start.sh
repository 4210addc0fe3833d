# shellcheck shell=sh
# bootstrap, up and stop: from whatever is there to containers that answer.

KILOBYTES_OF_MEMORY=1400000

command_bootstrap() {
    look_only=no as_json=no
    for option in "$@"; do
        case $option in
            --dry-run) look_only=yes ;;
            --json) as_json=yes ;;
        esac
    done
    check_machine
    need_images
    mkdir -p "$BACKUPS"
    start_database
    # While a newer version waits to change the schema, the older one must not go on writing.
    if [ "$look_only" = no ] && application_is_outdated; then
        say "stopping the application, which is of another version"
        # shellcheck disable=SC2086
        compose stop $APPLICATION >&2 || :
    fi
    make_scratch
    # In the foreground and in a container that goes: what it prints, a new password for one, stays in no log.
    set -- bootstrap python -m backend.cli bootstrap "$@"
    password_file=$(setting ADMIN_PASSWORD_FILE)
    if [ -n "$password_file" ]; then
        [ -r "$password_file" ] || wrong_use "ADMIN_PASSWORD_FILE: $password_file can't be read."
        make_readable "$password_file"
        set -- --volume "$READABLE:/run/krc/admin-password:ro" --env ADMIN_PASSWORD_FILE=/run/krc/admin-password "$@"
    fi
    run_once "$@" && code=0 || code=$?
    [ "$code" = 0 ] || exit "$code"
    [ "$look_only" = no ] || return 0
    start_rest
    [ "$as_json" = yes ] || say_where
}

command_up() {
    check_machine
    need_images
    mkdir -p "$BACKUPS"
    start_database
    start_rest
    say_where
}

command_stop() {
    compose stop >&2
    echo "Stopped. Nothing was removed: ./run up starts it again." >&2
}

# The secrets first and by themselves, since their refusal is a plan that has to be seen.
start_database() {
    say "starting PostgreSQL and Redis"
    compose run --rm -T --no-deps secrets >&2 && code=0 || code=$?
    [ "$code" = 0 ] || exit "$code"
    # An old Compose leaves a service alone that it has only just created; --wait is newer than 2.5 on some.
    compose up --detach postgres redis >&2 || fail "PostgreSQL and Redis could not be started; the reason is above."
    wait_for postgres redis || exit "$FAILED"
}

start_rest() {
    say "starting the rest"
    if ! compose up --detach --remove-orphans >&2; then
        for service in secrets bootstrap; do
            case $(state_of "$service") in
                'exited 0' | missing | created | running) ;;
                exited*)
                    compose logs --no-color --tail 40 "$service" >&2 || :
                    echo "The one-shot $service did not end well, so the rest was not started; its words are above." >&2
                    state=$(state_of "$service")
                    exit "${state#exited }"
                    ;;
            esac
        done
        fail "The containers could not be started; the reason is above."
    fi
    # shellcheck disable=SC2086
    wait_for $LONG_RUNNING || exit "$FAILED"
}

application_is_outdated() {
    now=$(image_id "$APP:$TAG") || return 1
    for service in $APPLICATION; do
        id=$(container_of "$service")
        if [ -n "$id" ] && [ "$(docker inspect --format '{{.Image}}' "$id")" != "$now" ]; then
            return 0
        fi
    done
    return 1
}

# --- Before anything is begun ---

check_machine() {
    memory=$(awk '$1 == "MemTotal:" { print $2 }' /proc/meminfo 2>/dev/null)
    if [ "${memory:-$KILOBYTES_OF_MEMORY}" -lt "$KILOBYTES_OF_MEMORY" ]; then
        refuse "This machine has $((memory / 1024)) MB of memory, and 2 GB are the least." "Add memory, or use another machine."
    fi
    need_space "$MEGABYTES_TO_RUN" "$(engine_folder)"
    need_space "$MEGABYTES_TO_RUN" "$ROOT"
    # Our own Caddy may well hold them.
    if [ -z "$(docker ps --quiet --filter "label=com.docker.compose.project=$PROJECT" --filter label=com.docker.compose.service=caddy)" ]; then
        need_port "$HTTP_PORT_HERE" HTTP_PORT
        need_port "$HTTPS_PORT_HERE" HTTPS_PORT
    fi
}

need_port() {
    if port_is_taken "$1"; then
        holder=$(docker ps --format '{{.Names}} {{.Ports}}' | sed -n "s/^\([^ ]*\) .*:$1->.*/ by the container \1/p" | head -n 1)
        refuse "Port $1 is taken${holder:- by another program}." "Stop that, or put $2= with a free port into $ROOT/.env." "Run this again."
    fi
}

# Whether anything on this machine listens there, from the kernel itself: netstat and ss are not everywhere.
port_is_taken() {
    cat /proc/net/tcp /proc/net/tcp6 2>/dev/null | awk -v port="$(printf '%04X' "$1")" '
        $4 == "0A" { split($2, at, ":"); if (at[2] == port) found = 1 }
        END { exit !found }'
}

# --- Where it is now ---

say_where() {
    host=$(own_address)
    cat >&2 <<END

KRC Check-in is running:
  http://$host:$HTTP_PORT_HERE
  https://$host:$HTTPS_PORT_HERE   (camera and kiosk need this one; install http://$host:$HTTP_PORT_HERE/root.crt on each device first)
./run doctor goes through the checklist.
END
}

# The first address that other machines can use; those of Docker's own networks are none.
own_address() {
    address=$(ip -4 -o addr show scope global 2>/dev/null | awk '$2 !~ /^(docker|br-|veth|virbr)/ { sub("/.*", "", $4); print $4; exit }')
    echo "${address:-$(hostname 2>/dev/null || echo localhost)}"
}
