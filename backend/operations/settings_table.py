"""The settings as a table for the documentation, straight from where they are defined."""

from pydantic_core import PydanticUndefined

from backend.config import FROM_FILE, Settings


def markdown() -> str:
    """A Markdown table: variable, default, meaning. ``…_FILE`` is named where a file may hold the value."""
    lines = ["| variable | default | meaning |", "|---|---|---|"]
    for name, field in Settings.model_fields.items():
        variable = name.upper()
        names = f"`{variable}` or `{variable}_FILE`" if variable in FROM_FILE else f"`{variable}`"
        has_default = field.default is not PydanticUndefined and field.default not in ("", None)
        default = f"`{field.default}`" if has_default else "required" if field.is_required() else ""
        lines.append(f"| {names} | {default} | {field.description or ''} |")
    return "\n".join(lines) + "\n"
