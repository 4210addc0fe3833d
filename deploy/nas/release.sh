# shellcheck shell=sh
# release: one archive for a NAS without internet. uninstall: removes the containers, and says what it leaves.

# What travels, by name: nothing that a machine made (secrets, data, .env) can slip in.
RELEASED="run justfile $COMPOSE_FILE_NAME .env.example README.md deploy docs"

command_release() {
    revision=$([ -e "$ROOT/.git" ] && git -C "$ROOT" describe --tags --always --dirty 2>/dev/null) || revision=$(version_here)
    name=krc-checkin-$revision
    dist=$ROOT/dist
    # What is released is what lies here, unless this is an unpacked release itself.
    if [ -f "$ARCHIVE" ]; then load_images; else build_images; fi
    make_scratch "$KEPT"
    need_space 2500 "$SCRATCH"
    mkdir -p "$dist" "$SCRATCH/$name"
    bases=$(base_images | tr '\n' ' ')
    for base in $bases; do
        need_image "$base"
    done
    say "saving the images"
    # As `local`, which is what the compose file asks for when nobody sets a version.
    docker tag "$APP:$TAG" "$APP:local"
    docker tag "$WEB:$TAG" "$WEB:local"
    # shellcheck disable=SC2086
    docker save --output "$SCRATCH/images.tar" "$APP:local" "$WEB:local" $bases || fail "The images could not be saved."
    gzip -n <"$SCRATCH/images.tar" >"$SCRATCH/$name/images.tar.gz"
    rm "$SCRATCH/images.tar"
    copy_released "$SCRATCH/$name"
    printf '%s\n%s\n' "$revision" "$(docker image inspect --format '{{.Architecture}}' "$APP:local")" >"$SCRATCH/$name/VERSION"
    write_install_note "$name" >"$SCRATCH/$name/INSTALL"
    (cd "$SCRATCH/$name" && find . -type f ! -name SHA256SUMS | sed 's|^\./||' | sort | while IFS= read -r file; do sha256sum "$file"; done >SHA256SUMS)
    tar -C "$SCRATCH" -cf "$dist/$name.tar.part" "$name"
    mv "$dist/$name.tar.part" "$dist/$name.tar"
    (cd "$dist" && sha256sum "$name.tar" >"$name.tar.sha256")
    say "wrote $(($(wc -c <"$dist/$name.tar") / 1000000)) MB"
    echo "$dist/$name.tar"
}

# In a git checkout only what is committed to it by name; elsewhere all there is below these.
copy_released() (
    cd "$ROOT"
    # shellcheck disable=SC2086
    { git ls-files -- $RELEASED 2>/dev/null | grep . || find $RELEASED -type f; } | grep -v -e '^docs/screenshots/' | while IFS= read -r file; do
        if [ -f "$file" ]; then
            mkdir -p "$1/$(dirname "$file")"
            cp -p "$file" "$1/$file"
        fi
    done
)

write_install_note() {
    cat <<END
KRC Check-in $revision, for a NAS without internet. It needs Container Manager (Docker with Compose 2.5 or newer) and SSH.

1. Copy $1.tar to the NAS, into a shared folder such as docker.
2. Check that it arrived whole:  sha256sum -c $1.tar.sha256
3. First time:   tar -xf $1.tar && mv $1 krc && cd krc && sudo ./run bootstrap
   Later:        cd krc && sudo ./run upgrade ../$1.tar

deploy/README.md has the rest: the certificate, backups, and what to do in trouble.
END
}

# --- uninstall ---

command_uninstall() {
    volumes=$(docker volume ls --quiet --filter "label=com.docker.compose.project=$PROJECT" | tr '\n' ' ')
    cat >&2 <<END
This stops and removes the containers and networks of the project $PROJECT. It deletes no data. What it leaves, and how to
remove each for good; there is no way back from these except a backup and its passphrase:

  the data, secrets and certificates   docker volume rm ${volumes:-(none is left)}
  the backups                          rm -r $BACKUPS
  the images                           docker image rm $(docker image ls --format '{{.Repository}}:{{.Tag}}' | grep -e "^$APP:" -e "^$WEB:" | tr '\n' ' ')$(base_images 2>/dev/null | tr '\n' ' ')
  this folder with its settings        rm -r $ROOT
  the root certificate                 on each device, where it was installed: "KRC Check-in" or "Caddy Local Authority"

END
    if [ "${1-}" != --yes ] && ! agreed "Stop and remove the containers?"; then
        echo "Nothing was changed.$([ -t 0 ] || echo ' Without a terminal: ./run uninstall --yes')" >&2
        return "$REFUSED"
    fi
    compose --profile tools down --remove-orphans >&2 || fail "Not all of it could be removed; the reason is above."
    echo "The containers are gone. ./run bootstrap brings everything back as it was." >&2
}
