"""Tags, the same word in another case joined, and who has which."""

import re

from backend.operations.adoption.expressions import given, shortened
from backend.operations.adoption.looking_up import look_up
from backend.operations.adoption.transfer import Transfer, all_rows, new_id, unseen

_NAME_LENGTH, _DESCRIPTION_LENGTH = 60, 500
# What the screens show for our nine names.
COLOURS = {
    "slate": (100, 116, 139), "red": (220, 38, 38), "orange": (234, 88, 12), "amber": (209, 146, 0), "green": (22, 163, 74),
    "teal": (13, 148, 136), "blue": (37, 99, 235), "violet": (124, 58, 237), "pink": (219, 39, 119),
}  # fmt: skip
# With so little between its strongest and its weakest part, of 255, a colour is a grey.
GREYNESS = 24
_WORDS = {
    "gray": "slate", "grey": "slate", "black": "slate", "white": "slate", "silver": "slate", "yellow": "amber", "gold": "amber",
    "brown": "orange", "lime": "green", "cyan": "teal", "aqua": "teal", "turquoise": "teal", "navy": "blue", "purple": "violet",
    "indigo": "violet", "magenta": "pink", "maroon": "red", "olive": "amber", "fuchsia": "pink",
}  # fmt: skip
_HEX = re.compile(r"#?([0-9a-f]{6}|[0-9a-f]{3})")


def colour(written: str) -> str | None:
    """The nearest of our nine colours for a hex value or an English word; None when it is neither."""
    word = written.strip().lower()
    if word in COLOURS:
        return word
    if word in _WORDS:
        return _WORDS[word]
    match = _HEX.fullmatch(word)
    if match is None:
        return None
    digits = match[1] if len(match[1]) == 6 else "".join(digit * 2 for digit in match[1])
    wanted = [int(digits[place : place + 2], 16) for place in (0, 2, 4)]
    if max(wanted) - min(wanted) < GREYNESS:
        return "slate"
    return min(COLOURS, key=lambda name: sum((one - other) ** 2 for one, other in zip(COLOURS[name], wanted, strict=True)))


async def copy_tags(transfer: Transfer) -> None:
    """The tags, then who has them."""
    if not transfer.has("tags"):
        return
    await look_up(transfer, "SELECT DISTINCT color::text FROM legacy.tags WHERE color IS NOT NULL", "adopt_colours", colour)
    name, description = given("l.name::text"), given("l.description::text")
    await transfer.keep(
        "adopt_tags",
        f"""
        WITH given AS (
          SELECT l.id AS source_id, l.color::text AS written, c.found AS colour, n.description, n.full_name,
                 {shortened("full_name", _NAME_LENGTH, "lower(full_name)")} AS name
          FROM legacy.tags l LEFT JOIN adopt_colours c ON c.written = l.color::text
          CROSS JOIN LATERAL (SELECT {name} AS full_name, {description} AS description) n WHERE {unseen("tags")}
        ), placed AS (
          SELECT g.*, (SELECT t.id FROM tags t WHERE lower(t.name) = lower(g.name)) AS existing,
                 row_number() OVER (PARTITION BY lower(name) ORDER BY source_id) AS place,
                 first_value(description) OVER (PARTITION BY lower(name) ORDER BY description IS NULL, source_id) AS kept_description,
                 first_value(colour) OVER (PARTITION BY lower(name) ORDER BY colour IS NULL, source_id) AS kept_colour
          FROM given g
        ), numbered AS (
          SELECT p.*, {new_id("tags", "name IS NOT NULL AND existing IS NULL AND place = 1")} AS new_id FROM placed p
        )
        SELECT n.*, NULL::bigint AS client_id, coalesce(existing, max(new_id) OVER (PARTITION BY lower(name))) AS target_id,
               CASE WHEN name IS NULL THEN 'aside' WHEN new_id IS NULL THEN 'joined' ELSE 'copied' END AS outcome,
               CASE WHEN name IS NULL THEN 'blank' WHEN new_id IS NULL THEN 'same_tag' WHEN name <> full_name THEN 'no_space' END AS reason
        FROM numbered n
        """,
    )
    await transfer.run(
        f"""INSERT INTO tags (id, name, colour, description) OVERRIDING SYSTEM VALUE
            SELECT new_id, name, coalesce(kept_colour, 'slate'), left(kept_description, {_DESCRIPTION_LENGTH}) FROM adopt_tags
            WHERE new_id IS NOT NULL ORDER BY new_id"""
    )
    await transfer.remark(
        "tags", "adopt_tags", "changed", "unknown_colour", "outcome = 'copied' AND btrim(written) <> '' AND colour IS NULL"
    )
    await transfer.remark("tags", "adopt_tags", "changed", "cut", f"outcome = 'copied' AND length(description) > {_DESCRIPTION_LENGTH}")
    await transfer.finish("tags", "adopt_tags", all_rows("tags"))
    if transfer.has("client_tags"):
        await _copy_wearers(transfer)


async def _copy_wearers(transfer: Transfer) -> None:
    # These rows have no id of their own, so they get one that is the same in every run.
    identity = "md5(l.client_id::text || l.tag_id::text)::uuid"
    await transfer.keep(
        "adopt_client_tags",
        f"""
        SELECT q.*, client_id AS target_id,
               CASE WHEN client_id IS NULL OR tag_id IS NULL THEN 'aside'
                    WHEN is_there OR place > 1 THEN 'joined' ELSE 'copied' END AS outcome,
               CASE WHEN client_id IS NULL THEN 'client_gone' WHEN tag_id IS NULL THEN 'blank'
                    WHEN is_there OR place > 1 THEN 'same_tag' END AS reason
        FROM (
          SELECT {identity} AS source_id, p.client_id, t.id AS tag_id, ct.client_id IS NOT NULL AS is_there,
                 row_number() OVER (PARTITION BY p.client_id, t.id ORDER BY l.tag_id) AS place
          FROM legacy.client_tags l LEFT JOIN adopt_people p ON p.source_id = l.client_id
          LEFT JOIN adopted_rows a ON a.part = 'tags' AND a.source_id = l.tag_id LEFT JOIN tags t ON t.id = a.target_id
          LEFT JOIN client_tags ct ON ct.client_id = p.client_id AND ct.tag_id = t.id
          WHERE {unseen("client_tags", identity)}
        ) q
        """,
    )
    await transfer.run(
        "INSERT INTO client_tags (client_id, tag_id) SELECT client_id, tag_id FROM adopt_client_tags WHERE outcome = 'copied'"
    )
    await transfer.finish("client_tags", "adopt_client_tags", all_rows("client_tags"))
