"""Enums that several features share."""

import enum

import strawberry


@strawberry.enum(description="A language of the product.")
class Language(enum.Enum):
    """ISO 639-1, as the database keeps it."""

    EN = "en"
    ES = "es"


@strawberry.enum(description="Which way a list is sorted.")
class Direction(enum.Enum):
    """Upwards or downwards."""

    ASCENDING = "ASCENDING"
    DESCENDING = "DESCENDING"
