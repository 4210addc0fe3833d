"""Enums that several features share."""

import enum

import strawberry


@strawberry.enum(description="A language of the product.")
class Language(enum.Enum):
    """ISO 639-1, as the database keeps it."""

    EN = "en"
    ES = "es"
