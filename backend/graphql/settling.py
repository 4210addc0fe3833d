"""Letting what the centre chose hold in a request: its zone, its name, its sentences.

A module of its own, since the context is known to features below the one that knows the choice.
"""

from backend.config import Settings
from backend.graphql.context import Context
from backend.system import present


async def settle(context: Context) -> None:
    """Put the choice into the context; costs no statement within five seconds of the last look."""
    context.given = given_to(context)
    found = await present.now(context.database, context.given)
    context.settings, context.settled = found.settings, found.chosen


def given_to(context: Context) -> Settings:
    """The settings as the environment has them, whatever the centre chose."""
    return context.given or context.settings
