"""What the commands share: exit codes, the ``--json`` option, settings with the embedded servers behind them."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated

import typer

from backend.config import Settings

FAILED, WRONG_USE, REFUSED, INTERRUPTED = 1, 2, 3, 130

Json = Annotated[bool, typer.Option("--json", help="Print one JSON object instead of sentences.")]


@contextmanager
def surroundings() -> Iterator[Settings]:
    """The settings, with the embedded database started for as long as it takes when DATABASE_URL is not set."""
    from backend.operations.stack import services

    with services() as environment:
        os.environ.update(environment)
        yield Settings.load()


def stop(message: str, code: int = FAILED) -> typer.Exit:
    """Say a sentence on standard error; raise what this returns."""
    typer.echo(message, err=True)
    return typer.Exit(code)
