# shellcheck shell=sh
# What the commands for the NAS share: how they speak, the settings, the engine, Compose, the state of a service.
# POSIX sh, for DSM's shell, dash and busybox: no `local`, no arrays; functions whose names must not leak run in ( … ).

DONE=0 FAILED=1 WRONG_USE=2 REFUSED=3
LONG_RUNNING='postgres redis api worker scheduler caddy'
# Those that use the database and could hinder whoever replaces it.
APPLICATION='api worker scheduler'
STARTED=$(date +%s)

# --- How they speak ---

say() {
    printf '[%4d s] %s\n' "$(($(date +%s) - STARTED))" "$*" >&2
}

# One sentence, then steps; the exit code tells a machine whether anything was changed.
stop_with() {
    code=$1
    echo "$2" >&2
    shift 2
    if [ "$code" = "$REFUSED" ]; then
        echo "Nothing was changed.${1:+ What you can do:}" >&2
    fi
    number=0
    for step in "$@"; do
        number=$((number + 1))
        echo "  $number. $step" >&2
    done
    exit "$code"
}

fail() { stop_with "$FAILED" "$@"; }
refuse() { stop_with "$REFUSED" "$@"; }
wrong_use() { stop_with "$WRONG_USE" "$@"; }

# Succeeds when a person at the terminal says yes. Without a terminal nobody can.
agreed() {
    [ -t 0 ] || return 1
    printf '%s Type yes to go on: ' "$1" >&2
    read -r answer || return 1
    [ "$answer" = yes ]
}

# $SCRATCH: a private folder that goes when the command ends, however it ends; one that was killed leaves it to the next.
# In this folder where much goes into it: /tmp of a NAS is in memory.
make_scratch() {
    above=${1:-${TMPDIR:-/tmp}}
    mkdir -p "$above" 2>/dev/null || :
    for left in "$above"/.krc-*; do
        owner=${left##*/.krc-}
        [ ! -d "$left" ] || [ -d "/proc/${owner%%.*}" ] || rm -rf "$left"
    done
    SCRATCH=$(umask 077 && mktemp -d "$above/.krc-$$.XXXXXX") || fail "A temporary folder could not be made in $above."
    trap 'clean_up' EXIT
    trap 'exit 129' HUP
    trap 'exit 130' INT
    trap 'exit 143' TERM
}

# CLEAN_MORE names a function of a command that leaves more than a folder behind.
CLEAN_MORE=:
clean_up() {
    $CLEAN_MORE
    [ -z "${SCRATCH-}" ] || rm -rf "$SCRATCH"
}

# $READABLE: the file in a form that the product's user in a container can read, whoever owns it; needs a scratch folder,
# which keeps everybody else out.
make_readable() {
    READABLE=$SCRATCH/$(basename "$1")
    if [ "$1" != "$READABLE" ]; then
        say "copying $1"
        cp "$1" "$READABLE" || fail "$1 could not be copied to $SCRATCH."
    fi
    chmod 444 "$READABLE"
}

# --- Settings: the environment wins over .env, as for Compose itself ---

setting() {
    eval "value=\${$1-}"
    if [ -z "$value" ] && [ -r "$ROOT/.env" ]; then
        value=$(sed -n "s/^[[:space:]]*$1=//p" "$ROOT/.env" | tail -n 1 | tr -d '\r' | sed "s/^\"\(.*\)\"\$/\1/; s/^'\(.*\)'\$/\1/")
    fi
    printf '%s' "${value:-${2-}}"
}

# Compose would tell of each container's every step; what goes wrong it says all the same.
COMPOSE_PROGRESS=${COMPOSE_PROGRESS:-quiet}
export COMPOSE_PROGRESS

COMPOSE_FILE_NAME=docker-compose.synology.yml
PROJECT=$(setting COMPOSE_PROJECT_NAME "$(sed -n 's/^name: *//p' "$ROOT/$COMPOSE_FILE_NAME" | tr -d '\r')")
APP=$(setting KRC_IMAGE krc-checkin)
WEB=$(setting KRC_WEB_IMAGE krc-checkin-web)
TAG=$(setting KRC_VERSION local)
HTTP_PORT_HERE=$(setting HTTP_PORT 8080)
HTTPS_PORT_HERE=$(setting HTTPS_PORT 8443)
BACKUPS=$ROOT/backups
# What belongs to this checkout and this machine: `just` itself, what was loaded, the version before an upgrade.
KEPT=$ROOT/.just

# --- The engine ---

need_engine() {
    command -v docker >/dev/null 2>&1 || fail "No docker was found: install Container Manager from DSM's Package Centre (elsewhere: Docker Engine), then run this again."
    if said=$(docker version --format '{{.Server.Version}}' 2>&1); then
        find_compose
        return
    fi
    case $said in
        *[Pp]"ermission denied"*) fail "You may not use docker as $(id -un): run it with sudo, as in: sudo ./run ${COMMAND:-bootstrap}" ;;
        *"annot connect"* | *"daemon running"* | *"failed to connect"*) fail "The Docker engine isn't running: start Container Manager in DSM's Package Centre (elsewhere: the docker service), then run this again." ;;
        *) fail "The Docker engine doesn't answer: $(echo "$said" | tail -n 1)" ;;
    esac
}

# Compose is a plugin of docker or a program of its own; 2.5 is the oldest that knows all the compose file says.
find_compose() {
    COMPOSE='docker compose'
    version=$($COMPOSE version --short 2>/dev/null) || version=''
    if [ -z "$version" ]; then
        COMPOSE=docker-compose
        version=$($COMPOSE version --short 2>/dev/null) || version=''
    fi
    [ -n "$version" ] || fail "Docker is here but Compose isn't: update Container Manager in DSM's Package Centre (elsewhere: install the plugin docker-compose-plugin)."
    plain=${version#v}
    major=${plain%%.*}
    rest=${plain#*.}
    minor=${rest%%.*}
    case $major$minor in
        '' | *[!0-9]*) return 0 ;;
    esac
    if [ "$major" -lt 2 ] || { [ "$major" = 2 ] && [ "$minor" -lt 5 ]; }; then
        fail "Compose $version is too old: 2.5 or newer is needed; update Container Manager in DSM's Package Centre."
    fi
}

compose() {
    # shellcheck disable=SC2086 # two words, where it is a plugin
    $COMPOSE --project-directory "$ROOT" --project-name "$PROJECT" -f "$ROOT/$COMPOSE_FILE_NAME" "$@"
}

# A service once, in the foreground, its container removed at the end: what it prints is in no container's log afterwards.
run_once() {
    if [ -t 0 ] && [ -t 1 ]; then
        compose run --rm "$@"
    else
        compose run --rm -T "$@"
    fi
}

# --- Services ---

container_of() {
    docker ps --all --quiet --filter "label=com.docker.compose.project=$PROJECT" --filter "label=com.docker.compose.service=$1" \
        --filter label=com.docker.compose.oneoff=False | head -n 1
}

# running, starting, unhealthy, exited …, or missing.
state_of() {
    id=$(container_of "$1")
    if [ -z "$id" ]; then
        echo missing
        return
    fi
    docker inspect --format '{{.State.Status}} {{if .State.Health}}{{.State.Health.Status}}{{end}} {{.State.ExitCode}}' "$id" 2>/dev/null |
        while read -r status health code; do
            case $status-$health in
                running-healthy | running-[0-9]*) echo running ;;
                running-*) echo "$health" ;;
                exited-*) echo "exited ${code:-$health}" ;;
                *) echo "$status" ;;
            esac
        done
}

is_running() {
    [ "$(state_of "$1")" = running ]
}

# Wait until these services answer; fails with the one that doesn't, and what it said last.
wait_for() {
    deadline=$(($(date +%s) + ${WAIT_SECONDS:-240}))
    waited=''
    for service in "$@"; do
        until is_running "$service"; do
            if [ "$(date +%s)" -ge "$deadline" ]; then
                echo "What $service said last:" >&2
                compose logs --no-color --tail 15 "$service" >&2 || :
                echo "The service $service did not become ready (it is $(state_of "$service"))." >&2
                return 1
            fi
            [ "$waited" = "$service" ] || say "waiting for $service"
            waited=$service
            sleep 1
        done
    done
}

image_id() {
    docker image inspect --format '{{.Id}}' "$1" 2>/dev/null
}

# The images that others make: PostgreSQL and Valkey.
base_images() {
    compose config | sed -n 's/^ *image: *//p' | sort -u | grep -v -e "^$APP:" -e "^$WEB:" || :
}

have_images() {
    image_id "$APP:$TAG" >/dev/null && image_id "$WEB:$TAG" >/dev/null
}
