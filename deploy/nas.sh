#!/bin/sh
# The commands on a NAS: `./run COMMAND` comes here through `just`, or straight where `just` can't be had yet.
# Each is safe to run twice. Exit codes: 0 done, 1 failed, 2 wrong use, 3 refused and nothing changed.
set -eu

case $0 in
    */*) ROOT=${0%/*}/.. ;;
    *) ROOT=.. ;;
esac
ROOT=$(CDPATH='' cd -- "$ROOT" && pwd)
KRC_NAS=1
export KRC_NAS

# shellcheck source=deploy/nas/common.sh
. "$ROOT/deploy/nas/common.sh"
# shellcheck source=deploy/nas/images.sh
. "$ROOT/deploy/nas/images.sh"
# shellcheck source=deploy/nas/start.sh
. "$ROOT/deploy/nas/start.sh"
# shellcheck source=deploy/nas/care.sh
. "$ROOT/deploy/nas/care.sh"
# shellcheck source=deploy/nas/adopt.sh
. "$ROOT/deploy/nas/adopt.sh"
# shellcheck source=deploy/nas/upgrade.sh
. "$ROOT/deploy/nas/upgrade.sh"
# shellcheck source=deploy/nas/release.sh
. "$ROOT/deploy/nas/release.sh"

usage() {
    cat >&2 <<'END'
./run COMMAND, on a NAS:
  bootstrap             start everything; any database in, a working login out
  up, stop              start or stop the containers
  doctor                the checklist, one line each with what to do
  backup                make a backup and prove it
  backups, prove FILE   list the backups; prove one again
  restore FILE          put a backup's data in the place of the present ones
  roster                write the paper roster now, for when nothing works
  adopt SOURCE          bring the predecessor's data over: a URL, a dump file, a volume or a data folder
  user …                list, add, reset-password, reset-second-factor, disable, enable
  import FILE           load clients from a CSV file
  logs, psql            follow the logs; open the database
  upgrade [ARCHIVE]     the newest version, with a way back
  release               one archive with images, for a NAS without internet
  uninstall             remove the containers; says what it leaves
END
}

main() {
    COMMAND=${1-}
    [ $# -eq 0 ] || shift
    case $COMMAND in
        just) become_just "$@" ;;
        bootstrap | up | stop | doctor | backup | backups | prove | restore | roster | adopt | user | import | logs | psql | upgrade | release | uninstall)
            case ${1-} in
                -h | --help) usage; return "$DONE" ;;
            esac
            need_engine
            "command_$COMMAND" "$@"
            ;;
        '' | help | -h | --help) usage ;;
        demo | test | check | bench) wrong_use "'$COMMAND' is for a computer with Python 3.11 or newer; this machine runs containers." ;;
        *)
            usage
            wrong_use "There is no command '$COMMAND' on a NAS."
            ;;
    esac
}

# On one line with its exit: an upgrade replaces this file while it runs.
main "$@"; exit $?
