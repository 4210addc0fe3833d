"""The settings as a table for the documentation, straight from where they are defined."""

from pydantic_core import PydanticUndefined

from backend.config import FROM_FILE, Settings

INTRODUCTION = (
    "# Settings",
    "",
    "From the environment, or from a file named `.env` in the project folder (see `.env.example`). All of them are checked at",
    "every start, and everything that is wrong is listed at once. Without `DATABASE_URL`, `REDIS_URL` and `SECRET_KEY` the",
    "embedded servers and a generated key in `DATA_DIR` are used. This page is written by `just docs`.",
)


def markdown() -> str:
    """docs/settings.md: variable, default, meaning. ``…_FILE`` is named where a file may hold the value."""
    lines = [*INTRODUCTION, "", "| variable | default | meaning |", "|---|---|---|"]
    for name, field in Settings.model_fields.items():
        variable = name.upper()
        names = f"`{variable}` or `{variable}_FILE`" if variable in FROM_FILE else f"`{variable}`"
        has_default = field.default is not PydanticUndefined and field.default not in ("", None)
        default = f"`{field.default}`" if has_default else "required" if field.is_required() else ""
        lines.append(f"| {names} | {default} | {field.description or ''} |")
    return "\n".join(lines) + "\n"
