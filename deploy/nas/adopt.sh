# shellcheck shell=sh
# adopt: the predecessor's data, from a running server, a dump, or what an older PostgreSQL left in a volume or a folder.
# A newer PostgreSQL can't open an older one's files. So the files are copied, the old version is started on the copy,
# without any network, and dumps it; the source is only ever mounted read-only.

OLD_SOCKET=/tmp

command_adopt() {
    [ $# -ge 1 ] || wrong_use "Say what to adopt: ./run adopt postgresql://…, a dump file, a volume's name, or a folder with PG_VERSION."
    source=$1
    shift
    have_images || refuse "Our images are not there yet." "./run bootstrap, then this again."
    case $source in
        postgresql://* | postgres://*) adopt_from_server "$@" ;;
        *)
            if [ -f "$source" ]; then
                make_scratch "$BACKUPS"
                adopt_dump "$source" "$@"
            elif [ -d "$source" ]; then
                adopt_files "$(CDPATH='' cd -- "$source" && pwd)" "$@"
            elif docker volume inspect "$source" >/dev/null 2>&1; then
                adopt_files "$source" "$@"
            else
                refuse "There is no dump file, folder or Docker volume '$source'." "docker volume ls lists the volumes; the predecessor's ends in postgres_data or the like."
            fi
            ;;
    esac
}

# The address goes by the environment: command lines are seen by everyone on the machine.
adopt_from_server() {
    make_scratch "$BACKUPS"
    say "dumping the database of the running server"
    KRC_SOURCE=$source
    export KRC_SOURCE
    docker run --rm --network host --user 10001:10001 --env KRC_SOURCE "$APP:$TAG" python -c '
import os
from backend.operations.postgres_programs import connection_environment, program
pg_dump = program("pg_dump", 0)
os.execve(pg_dump, [str(pg_dump), "--format=custom", "--no-password"], connection_environment(os.environ.pop("KRC_SOURCE")))
' >"$SCRATCH/old.dump" || fail "The old database could not be dumped; nothing was changed, there or here."
    adopt_dump "$SCRATCH/old.dump" "$@"
}

# A file for the app's user inside the container, who could not read one of root's; the folder around it keeps others out.
adopt_dump() {
    make_readable "$1"
    shift
    run_once --volume "$READABLE:/adopt/$(basename "$READABLE"):ro" tools adopt "/adopt/$(basename "$READABLE")" "$@"
}

adopt_files() {
    files=$1
    shift
    refuse_files_in_use
    make_scratch "$BACKUPS"
    remove_what_killed_ones_left
    COPY=krc-adopt-$$
    CLEAN_MORE=remove_old_server
    find_old_version
    old_image=$(setting OLD_POSTGRES_IMAGE "postgres:$OLD_MAJOR")
    image_id "$old_image" >/dev/null || docker pull "$old_image" >&2 ||
        fail "The image $old_image, which can read these files, could not be had. Without internet: docker load it, or name one in OLD_POSTGRES_IMAGE."
    copy_old_files
    start_old_server
    find_old_database
    say "dumping the database $OLD_DATABASE"
    ask_old pg_dump --format=custom --dbname="$OLD_DATABASE" >"$SCRATCH/old.dump" || fail "The old database could not be dumped; the source is untouched."
    remove_old_server
    adopt_dump "$SCRATCH/old.dump" "$@"
}

# Files that a server is writing can't be copied as one moment's state.
refuse_files_in_use() {
    for box in $(docker ps --quiet); do
        user=$(docker inspect --format '{{range .Mounts}}{{.Name}}{{"\n"}}{{.Source}}{{"\n"}}{{end}}' "$box" | {
            while read -r mounted; do
                case $mounted/ in
                    / | //) ;;
                    "$files"/ | "$files"/*) echo yes ;;
                    *) case $files/ in /*) case $files/ in "$mounted"/*) echo yes ;; esac ;; esac ;;
                esac
            done
        })
        if [ -n "$user" ]; then
            name=$(docker inspect --format '{{.Name}}' "$box")
            refuse "The container ${name#/} is using $files, and what is entered there from now on would be missing here." \
                "docker stop ${name#/}   (it ends PostgreSQL properly; nothing is lost, and docker start brings it back)" "./run adopt $files"
        fi
    done
}

# Programs of our image on the old files; root inside, since the files are the old server's user's, and nothing but these two mounts.
on_old_files() {
    docker run --rm --network none --user 0:0 --volume "$files:/from:ro" "$@"
}

find_old_version() {
    # Every database inside a cluster has a PG_VERSION as well; only the cluster itself has global/pg_control.
    # shellcheck disable=SC2016 # for the shell in the container
    found=$(on_old_files --entrypoint sh "$APP:$TAG" -c '
        for at in /from /from/* /from/*/*; do
            if [ -f "$at/PG_VERSION" ] && [ -f "$at/global/pg_control" ]; then echo "$(cat "$at/PG_VERSION") ${at#/from}"; fi
        done') || fail "The files of $files could not be looked at."
    case $(echo "$found" | grep -c .) in
        0) refuse "There is no PostgreSQL data directory in $files." "docker volume ls lists the volumes; name the one that the old database used." ;;
        1) ;;
        *) refuse "There are several PostgreSQL data directories in $files: $(echo "$found" | tr '\n' ' ')" "Name the folder of one of them." ;;
    esac
    OLD_MAJOR=${found%% *}
    OLD_FOLDER=${found#* }
    say "found the files of a PostgreSQL $OLD_MAJOR"
}

copy_old_files() {
    # shellcheck disable=SC2016 # for the shell in the container
    needed=$(on_old_files --entrypoint sh "$APP:$TAG" -c 'du -sk "/from$1" | cut -f 1' sh "$OLD_FOLDER")
    need_space "$((needed / 1024 + 200))" "$(engine_folder)"
    need_space "$((needed / 1024 + 100))" "$BACKUPS"
    owner=$(docker run --rm --network none --entrypoint sh "$old_image" -c 'echo "$(id -u postgres):$(id -g postgres)"') ||
        fail "The image $old_image has no user postgres."
    say "copying $((needed / 1024)) MB"
    docker volume create "$COPY" >/dev/null
    # Whoever may connect is decided here, for the copy alone; a pid file of a server that was killed would hinder the start.
    # shellcheck disable=SC2016
    on_old_files --volume "$COPY:/to" --entrypoint sh "$APP:$TAG" -c '
        set -e
        cp -a "/from$1/." /to/
        rm -f /to/postmaster.pid
        echo "local all all trust" >/to/krc-adopt-hba.conf
        chown -R "$2" /to
        chmod 700 /to' sh "$OLD_FOLDER" "$owner" || fail "The files could not be copied; the source is untouched."
}

# The old settings may name files, libraries and programs that only the old machine had.
old_postgres() {
    docker run "$@" --network none --user "$owner" --volume "$COPY:/old" --entrypoint postgres "$old_image" $SINGLE -D /old \
        -c hba_file=/old/krc-adopt-hba.conf -c listen_addresses= -c "unix_socket_directories=$OLD_SOCKET" -c ssl=off -c archive_mode=off \
        -c shared_preload_libraries= -c logging_collector=off -c autovacuum=off $DATABASE
}

start_old_server() {
    # Whatever the old superuser is called, single-user mode needs no name.
    SINGLE=--single DATABASE=template1
    OLD_SUPERUSER=$(echo 'SELECT rolname FROM pg_roles WHERE rolsuper ORDER BY oid LIMIT 1' |
        old_postgres --rm --interactive 2>"$SCRATCH/single.log" | sed -n 's/.*1: rolname = "\([^"]*\)".*/\1/p')
    if [ -z "$OLD_SUPERUSER" ]; then
        tail -n 5 "$SCRATCH/single.log" >&2
        fail "PostgreSQL $OLD_MAJOR can't start on a copy of these files; the reason is above. The source is untouched."
    fi
    say "starting PostgreSQL $OLD_MAJOR on the copy"
    SINGLE='' DATABASE=''
    old_postgres --detach --name "$COPY" >/dev/null || fail "The old PostgreSQL could not be started; the source is untouched."
    tries=0
    until [ "$(ask_old psql --dbname=template1 -AtXc 'SELECT 1' 2>/dev/null)" = 1 ]; do
        tries=$((tries + 1))
        if [ "$tries" -gt 120 ]; then
            docker logs --tail 10 "$COPY" >&2
            fail "PostgreSQL $OLD_MAJOR did not start on a copy of these files; the reason is above. The source is untouched."
        fi
        sleep 1
    done
}

ask_old() {
    program=$1
    shift
    docker exec "$COPY" "$program" --host="$OLD_SOCKET" --username="$OLD_SUPERUSER" "$@"
}

# The database with the predecessor's tables; OLD_DATABASE decides where there are two.
find_old_database() {
    OLD_DATABASE=$(setting OLD_DATABASE)
    if [ -n "$OLD_DATABASE" ]; then return; fi
    others=''
    for database in $(ask_old psql --dbname=template1 -AtXc 'SELECT datname FROM pg_database WHERE datallowconn AND NOT datistemplate ORDER BY 1'); do
        tables=$(ask_old psql --dbname="$database" -AtXc \
            "SELECT count(*) FROM pg_tables WHERE schemaname = 'public' AND tablename IN ('users', 'clients', 'memberships', 'check_ins')")
        if [ "$tables" != 4 ]; then
            others="$others $database"
        elif [ -n "$OLD_DATABASE" ]; then
            refuse "Two databases there have the predecessor's tables: $OLD_DATABASE and $database." "OLD_DATABASE=$database ./run adopt $files"
        else
            OLD_DATABASE=$database
        fi
    done
    [ -n "$OLD_DATABASE" ] || refuse "No database there has the predecessor's tables (there are:${others:- none})." "Look for another volume: docker volume ls"
}

remove_what_killed_ones_left() {
    for COPY in $(docker volume ls --quiet --filter name=krc-adopt-); do
        [ -d "/proc/${COPY#krc-adopt-}" ] || remove_old_server
    done
}

remove_old_server() {
    docker rm --force --volumes "$COPY" >/dev/null 2>&1 || :
    docker volume rm "$COPY" >/dev/null 2>&1 || :
}
