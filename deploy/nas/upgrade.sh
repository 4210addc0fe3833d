# shellcheck shell=sh
# upgrade: the newest version, or back to the one before. Built first, while the present one still serves; then the
# application is stopped, backed up and replaced, so that on the way back no check-in is missing.

command_upgrade() {
    new_archive=${1-}
    case $new_archive in
        -*) wrong_use "./run upgrade, or ./run upgrade krc-checkin-….tar" ;;
        '') ;;
        *) [ -f "$new_archive" ] || refuse "There is no file $new_archive." "Name the archive: ./run upgrade krc-checkin-….tar" ;;
    esac
    is_running postgres || refuse "The database is not running, so there is nothing to upgrade and nothing to back up." "./run bootstrap"
    mkdir -p "$BACKUPS"
    need_space "$MEGABYTES_TO_RUN" "$BACKUPS"
    (command_doctor >/dev/null 2>&1) && was_well=yes || was_well=no
    [ "$was_well" = yes ] || say "doctor complains already before the upgrade; ./run doctor says about what"
    make_scratch "$KEPT"
    BACKUP=''
    REVISION_BEFORE=$(schema_revision)
    keep_present
    UPGRADING=code
    CLEAN_MORE=go_back_if_unfinished
    fetch_new
    UPGRADING=images
    replace_images
    UPGRADING=data
    back_up_present
    say "starting the new version"
    # By the new version's own script, which may do it otherwise than this one.
    sh "$ROOT/deploy/nas.sh" bootstrap --no-ask --no-backup || go_back "The new version did not start."
    if ! sh "$ROOT/deploy/nas.sh" doctor && [ "$was_well" = yes ]; then
        go_back "The new version runs, but doctor finds fault with it, and did not before."
    fi
    UPGRADING=''
    say "done: $(version_here)"
    echo "Upgraded. The version before stays as $APP:previous, and the backup as $BACKUPS/$BACKUP." >&2
}

version_here() {
    { [ -e "$ROOT/.git" ] && git -C "$ROOT" describe --tags --always 2>/dev/null; } || sed -n 1p "$ROOT/VERSION" 2>/dev/null || echo unknown
}

schema_revision() {
    command_psql -AtXc 'SELECT version_num FROM alembic_version' 2>/dev/null </dev/null || :
}

# The images that run now get a name that no build takes; a container knows its image better than a tag that an
# interrupted upgrade may have moved. The files of an archive's version are kept as well; git keeps its own.
keep_present() {
    for pair in "api $APP" "caddy $WEB"; do
        image=${pair#* }
        id=$(container_of "${pair%% *}")
        if [ -n "$id" ]; then
            id=$(docker inspect --format '{{.Image}}' "$id")
        else
            id=$(image_id "$image:$TAG") || refuse "The image $image:$TAG is not there." "./run bootstrap"
        fi
        docker tag "$id" "$image:previous" || fail "The present image could not be kept; nothing was changed."
    done
    COMMIT_BEFORE=''
    if [ -z "$new_archive" ] && is_checkout; then
        COMMIT_BEFORE=$(git -C "$ROOT" rev-parse HEAD)
    fi
    KEPT_FILES=$SCRATCH/previous.tar
    # shellcheck disable=SC2046,SC2086
    (cd "$ROOT" && tar -cf "$KEPT_FILES" $(for file in $RELEASED VERSION SHA256SUMS INSTALL; do [ ! -e "$file" ] || echo "$file"; done)) ||
        fail "The present files could not be kept; nothing was changed."
}

is_checkout() {
    [ -e "$ROOT/.git" ] && command -v git >/dev/null 2>&1 || return 1
    case $(git -C "$ROOT" rev-parse HEAD 2>&1) in
        *"dubious ownership"*)
            refuse "git doesn't trust this folder, since it is another user's." "git config --global --add safe.directory $ROOT   (as $(id -un))" "./run upgrade"
            ;;
    esac
    git -C "$ROOT" rev-parse --verify --quiet '@{upstream}' >/dev/null 2>&1
}

fetch_new() {
    if [ -n "$new_archive" ]; then
        unpack_archive
    elif is_checkout; then
        [ -z "$(git -C "$ROOT" status --porcelain --untracked-files=no)" ] ||
            abandon "Files of the checkout were changed by hand (git status lists them)." "git stash, or undo the changes." "./run upgrade"
        say "fetching the newest version"
        git -C "$ROOT" pull --quiet --ff-only >&2 || abandon "The newest version could not be fetched." "Check the network; if the histories differ, git -C $ROOT status says how."
    else
        say "this is not a git checkout that follows another: taking what lies here as the new version"
    fi
}

unpack_archive() {
    say "unpacking $new_archive"
    mkdir "$SCRATCH/new"
    tar -C "$SCRATCH/new" -xf "$new_archive" 2>/dev/null || abandon "$new_archive is not an archive that can be unpacked." "Copy it to this machine again."
    inside=$(cd "$SCRATCH/new" && echo */)
    [ -f "$SCRATCH/new/$inside/SHA256SUMS" ] || abandon "$new_archive is not a release of KRC Check-in." "Make one with \`just release\`."
    (cd "$SCRATCH/new/$inside" && sha256sum -c SHA256SUMS >/dev/null 2>&1) || abandon "$new_archive is damaged: its files are not those of its SHA256SUMS." "Copy it to this machine again."
    # images.tar.gz of the version before would only take room: its images stay under the name previous.
    (cd "$SCRATCH/new/$inside" && find . -type f) | while IFS= read -r file; do
        mkdir -p "$ROOT/$(dirname "$file")"
        mv "$SCRATCH/new/$inside/$file" "$ROOT/$file"
    done
}

replace_images() {
    if [ -f "$ARCHIVE" ]; then
        (load_images) || go_back "The new images could not be loaded."
    else
        (build_images) || go_back "The new images could not be built."
    fi
}

# With the version that wrote these data, and nobody writing any more.
back_up_present() {
    # shellcheck disable=SC2086
    compose stop $APPLICATION >&2 || go_back "The application could not be stopped."
    say "making a backup and proving it"
    KRC_VERSION=previous
    export KRC_VERSION
    run_once tools backup --why before-upgrade --json </dev/null >"$SCRATCH/backup.json" 2>"$SCRATCH/backup.log" && made=yes || made=no
    unset KRC_VERSION
    BACKUP=$(sed -n -e 's/.*"file": *"\([^"]*\)".*/\1/p' -e 's/.*"path": *"\([^"]*\)".*/\1/p' "$SCRATCH/backup.json" | head -n 1)
    BACKUP=${BACKUP##*/}
    if [ "$made" = no ] || [ -z "$BACKUP" ]; then
        tail -n 5 "$SCRATCH/backup.log" >&2
        BACKUP=''
        go_back "The backup before the upgrade could not be made; without one nothing is replaced."
    fi
}

# --- The way back ---

# Before anything but files was touched.
abandon() {
    UPGRADING=''
    restore_files
    refuse "$@"
}

go_back_if_unfinished() {
    [ -z "${UPGRADING-}" ] || (go_back "The upgrade was interrupted.") || :
}

restore_files() {
    if [ -n "$COMMIT_BEFORE" ]; then
        git -C "$ROOT" reset --quiet --keep "$COMMIT_BEFORE" >&2 || echo "The checkout could not be set back: git -C $ROOT reset --keep $COMMIT_BEFORE" >&2
    elif [ -n "$new_archive" ]; then
        tar -C "$ROOT" -xf "$KEPT_FILES"
        rm -f "$ARCHIVE" "$KEPT/loaded"
    fi
}

go_back() {
    at=$UPGRADING
    UPGRADING=''
    say "going back to the version before: $1"
    restore_files
    docker tag "$APP:previous" "$APP:$TAG"
    docker tag "$WEB:previous" "$WEB:$TAG"
    if [ "$at" != data ]; then
        fail "$1 The version before runs on as it was; nothing of its data was touched."
    fi
    # shellcheck disable=SC2086
    compose stop $APPLICATION >&2 || :
    data='The data are as they were.'
    revision=$(schema_revision)
    if [ -n "$BACKUP" ] && [ "$revision" != "$REVISION_BEFORE" ]; then
        say "the schema had moved already: restoring $BACKUP"
        run_once tools restore "/backups/$BACKUP" --yes </dev/null >&2 ||
            fail "$1 The way back failed as well: the backup could not be restored." "./run restore backups/$BACKUP" "./run doctor"
        data="The data are those of $BACKUP, made when the application had been stopped. Everybody has to sign in again, and messages wait until an admin resumes them."
    fi
    sh "$ROOT/deploy/nas.sh" bootstrap --no-ask --no-backup >&2 ||
        fail "$1 The version before could not be started either. $data" "./run doctor" "./run logs"
    fail "$1 The version before runs again. $data"
}
