# In the place of valkey/valkey: the server of the locked wheel; user, folder and volume as the official image has them.
ARG DEBIAN_IMAGE
FROM ${DEBIAN_IMAGE}
RUN groupadd --system --gid 999 valkey \
    && useradd --system --gid valkey --uid 999 valkey \
    && install --directory --owner valkey --group valkey /data
COPY valkey-server /usr/local/bin/
VOLUME /data
WORKDIR /data
CMD ["valkey-server"]
