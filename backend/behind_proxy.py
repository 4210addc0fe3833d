"""The ASGI app behind the proxy that API_PROXY names: what uvicorn serves in a container."""

import os

from backend import app
from backend.operations.proxied import App, Proxied


def create_app() -> App:
    """The app; uvicorn calls it with ``--factory``."""
    return Proxied(app.create_app(), os.environ["API_PROXY"])
