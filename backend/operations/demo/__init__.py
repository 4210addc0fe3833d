"""A believable centre of invented people, for looking around: made once, in one transaction, only where nobody is on file."""

from backend.operations.demo.command import run

__all__ = ["run"]
