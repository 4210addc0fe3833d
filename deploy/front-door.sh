#!/bin/sh
# Starts Caddy: front-door.sh CADDY_BINARY [COMMAND, default run]. The Caddyfile has no conditions, so they are here.
#   HTTPS_PORT      none: pages over HTTP alone. Given: over HTTPS too, with certificates of Caddy's own authority
#   HTTPS_HOSTS     the names and addresses that browsers use, separated by commas or blanks (default: localhost, this machine's name)
#   HTTP_REDIRECT   on: HTTP only leads to HTTPS, on PUBLIC_HTTPS_PORT (default: HTTPS_PORT)
#   PUBLIC_URL      https on the usual port: browsers are told to remember it
# Exit code 2: a setting is wrong.
set -eu

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
caddy=$1
command=${2:-run}

wrong() {
    echo "The front door does not start: $1" >&2
    exit 2
}

case ${HTTP_REDIRECT:-off} in
    on | true | yes | 1) redirect=on ;;
    off | false | no | 0) redirect=off ;;
    *) wrong "HTTP_REDIRECT is '$HTTP_REDIRECT'; it can be on or off." ;;
esac

# Browsers remember it for every port of a name: elsewhere than on the usual ports it would lock people out of this and other pages of a NAS.
HSTS=off
case ${PUBLIC_URL:-} in
    https://*)
        name=${PUBLIC_URL#https://}
        name=${name%%/*}
        case ${name%:443} in *:*) ;; *) HSTS=on ;; esac
        ;;
esac

# Which certificate a browser gets that names nobody, because it was given an address: the first address, else the first name.
sites=http first_name='' first_address=''
if [ -n "${HTTPS_PORT:-}" ]; then
    sites='http-and-https'
    [ "$redirect" = off ] || sites='redirect-and-https'
    https_sites="https://:$HTTPS_PORT"
    set -f
    IFS=", $(printf '\t\r\n.')"
    IFS=${IFS%.}
    # shellcheck disable=SC2086
    set -- ${HTTPS_HOSTS:-localhost "$(uname -n | tr '[:upper:]' '[:lower:]')"}
    unset IFS
    for host in "$@"; do
        case $host in
            '' | *[!A-Za-z0-9.:-]* | .* | -*) wrong "HTTPS_HOSTS has '$host', which is neither a name nor an address." ;;
            *:*:*) site="[$host]" first_address=${first_address:-$host} ;;
            *:*) wrong "HTTPS_HOSTS has '$host': write names without ports; the port is HTTPS_PORT." ;;
            *[!0-9.]*) site=$host first_name=${first_name:-$host} ;;
            *.*.*.*) site=$host first_address=${first_address:-$host} ;;
            *) wrong "HTTPS_HOSTS has '$host', which is neither a name nor an address." ;;
        esac
        https_sites="$https_sites, https://$site:$HTTPS_PORT"
    done
    [ -n "$first_name$first_address" ] || wrong "HTTPS_HOSTS is empty."
elif [ "$redirect" = on ]; then
    wrong "HTTP_REDIRECT is on, but there is no HTTPS_PORT to lead to."
fi

export HSTS SITES="$sites" HTTPS_SITES="${https_sites:-}" HTTPS_DEFAULT="${first_address:-${first_name:-localhost}}"
export PUBLIC_HTTPS_PORT="${PUBLIC_HTTPS_PORT:-${HTTPS_PORT:-}}"
exec "$caddy" "$command" --config "$here/Caddyfile" --adapter caddyfile
