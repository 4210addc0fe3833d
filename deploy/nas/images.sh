# shellcheck shell=sh
# Our images: built from the checkout, or loaded from a release's archive; and `just`, which comes out of one of them.

ARCHIVE=$ROOT/images.tar.gz
MEGABYTES_TO_BUILD=4000
MEGABYTES_TO_RUN=700

# Images that are there stay as they are, unless a newer archive lies beside them.
need_images() {
    if [ -f "$ARCHIVE" ]; then
        load_images
    elif ! have_images; then
        build_images
    else
        built=$(docker image inspect --format '{{index .Config.Labels "org.opencontainers.image.version"}}' "$APP:$TAG" 2>/dev/null) || built=''
        case $built in
            '' | local | "$(version_here)") ;;
            *) say "the images are of the version $built and this folder is at $(version_here): ./run upgrade brings them together" ;;
        esac
    fi
    for base in $(base_images); do
        need_image "$base"
    done
}

need_image() {
    image_id "$1" >/dev/null && return
    say "fetching $1"
    docker pull --quiet "$1" >&2 || fail "The image $1 could not be fetched: check the network; without internet, \`just release\` makes an archive that brings it."
}

load_images() {
    wanted=$(sed -n 's/^\([0-9a-f]*\)  *\**images\.tar\.gz$/\1/p' "$ROOT/SHA256SUMS" 2>/dev/null) || :
    if [ -n "$wanted" ] && have_images && [ "$(cat "$KEPT/loaded" 2>/dev/null)" = "$wanted" ]; then
        return 0
    fi
    made_for=$(sed -n 2p "$ROOT/VERSION" 2>/dev/null) || :
    here=$(docker version --format '{{.Server.Arch}}')
    if [ -n "$made_for" ] && [ "$made_for" != "$here" ]; then
        refuse "These images are for $made_for, and this machine is $here." "Make the archive with \`just release\` on a machine with $here."
    fi
    need_space "$MEGABYTES_TO_RUN" "$(engine_folder)"
    say "checking images.tar.gz"
    # The sum is asked for by name: the file of sums may be of another folder.
    if [ -z "$wanted" ] || [ "$(sha256sum <"$ARCHIVE" | cut -d ' ' -f 1)" != "$wanted" ]; then
        refuse "images.tar.gz is not the file that SHA256SUMS describes." "Copy the archive to this machine again; it was damaged on the way."
    fi
    say "loading the images"
    docker load --quiet --input "$ARCHIVE" >/dev/null || fail "The images could not be loaded."
    have_images || fail "images.tar.gz doesn't hold $APP:$TAG and $WEB:$TAG; set KRC_VERSION, KRC_IMAGE and KRC_WEB_IMAGE to what it holds."
    mkdir -p "$KEPT"
    echo "$wanted" >"$KEPT/loaded"
}

build_images() {
    if [ ! -f "$ROOT/deploy/Dockerfile" ] || [ ! -f "$ROOT/backend/cli.py" ]; then
        refuse "The images $APP:$TAG and $WEB:$TAG are not there, nor is anything to build them from." \
            "Put images.tar.gz of the release into $ROOT and run this again."
    fi
    need_space "$MEGABYTES_TO_BUILD" "$(engine_folder)"
    mkdir -p "$KEPT"
    say "building the images, which takes some minutes the first time (tail -f $KEPT/build.log shows how far it is)"
    if ! { build_image app "$APP" && build_image web "$WEB"; } >"$KEPT/build.log" 2>&1; then
        tail -n 15 "$KEPT/build.log" >&2
        fail "The images could not be built; the end of $KEPT/build.log is above. Nothing else was changed."
    fi
}

# KRC_BUILD_OPTIONS: for docker build behind a proxy with an authority of its own, or with other base images.
# A docker of 23 or newer needs its plugin buildx for this; where that is missing, Compose builds by itself.
build_image() {
    client=$(docker version --format '{{.Client.Version}}')
    if [ "${client%%.*}" -lt 23 ] || docker buildx version >/dev/null 2>&1; then
        # shellcheck disable=SC2046 # several words
        DOCKER_BUILDKIT=1 docker build --file "$ROOT/deploy/Dockerfile" --target "$1" --tag "$2:$TAG" --build-arg "KRC_VERSION=$(version_here)" \
            $(setting KRC_BUILD_OPTIONS) "$ROOT"
    else
        case $1 in app) service=tools ;; *) service=caddy ;; esac
        (COMPOSE_PROGRESS=plain && compose build "$service")
    fi
}

engine_folder() {
    folder=$(docker info --format '{{.DockerRootDir}}' 2>/dev/null)
    # The engine may live elsewhere (DOCKER_HOST), then its folder says nothing about this machine.
    if [ -d "$folder" ]; then echo "$folder"; else echo "$ROOT"; fi
}

need_space() {
    free=$(df -Pk "$2" | awk 'NR == 2 { print int($4 / 1024) }')
    if [ "${free:-$1}" -lt "$1" ]; then
        refuse "$1 MB are needed at $2 and $free MB are free." "Make room there and run this again." "docker image prune removes images that nothing uses."
    fi
}

# Becomes the `just` of our image with the rest of the command line; where it can't be had, the command runs without it.
become_just() {
    COMMAND=${1-}
    # A first start has to build or load the images anyway.
    if [ "$COMMAND" = bootstrap ]; then
        need_engine
        need_images
    fi
    if fetch_just; then
        exec "$KEPT/just" --justfile "$ROOT/justfile" --working-directory "$ROOT" "$@"
    fi
    main "$@"
}

# Succeeds when $KEPT/just is the one of the present image and runs here.
fetch_just() {
    id=$(image_id "$APP:$TAG") || return 1
    if [ "$(cat "$KEPT/just.image" 2>/dev/null)" = "$id" ] && "$KEPT/just" --version >/dev/null 2>&1; then
        return 0
    fi
    mkdir -p "$KEPT" 2>/dev/null && [ -w "$KEPT" ] || return 1
    rm -f "$KEPT/just.image"
    box=$(docker create "$APP:$TAG" 2>/dev/null) || return 1
    docker cp "$box:/usr/local/bin/just" "$KEPT/just.new" >/dev/null 2>&1 && copied=yes || copied=no
    docker rm "$box" >/dev/null 2>&1 || :
    if [ "$copied" = no ]; then
        return 1
    fi
    chmod 755 "$KEPT/just.new"
    mv "$KEPT/just.new" "$KEPT/just"
    "$KEPT/just" --version >/dev/null 2>&1 || return 1
    echo "$id" >"$KEPT/just.image"
}
