"""Memberships, and the tiers that are made from what was typed as their plan."""

from backend.operations.adoption.expressions import FIRST_DAY, LAST_DAY, clean, instant, is_blank
from backend.operations.adoption.transfer import Transfer, all_rows, new_id, unseen

_CODE_LENGTH = 40
UNKNOWN = "unknown"


def _key(code: str) -> str:
    """By what plans are the same: neither case nor blanks, underscores and hyphens tell them apart."""
    return f"btrim(regexp_replace(lower({clean(code)}), '[ _-]+', '_', 'g'), '_')"


async def copy_memberships(transfer: Transfer) -> None:
    """All whose dates are in order. Those that overlap stay as they are: standing is made of all of them."""
    plan = f"coalesce(nullif({_key('l.plan_code::text')}, ''), '{UNKNOWN}')"
    await transfer.keep(
        "adopt_memberships_given",
        f"""
        SELECT l.id AS source_id, p.client_id, {clean("l.plan_code::text")} AS spelled, {plan} AS key, l.starts_on::date AS starts_on,
               l.ends_on::date AS ends_on, {transfer.column("memberships", "notes")} AS note,
                 {instant("l.created_at::timestamptz")} AS created_at
        FROM legacy.memberships l LEFT JOIN adopt_people p ON p.source_id = l.client_id WHERE {unseen("memberships")}
        """,
    )
    await _tiers(transfer)
    await transfer.keep(
        "adopt_memberships",
        f"""
        SELECT j.*, CASE WHEN reason IS NULL OR reason IN ('no_plan', 'date_limited') THEN 'copied' ELSE 'aside' END AS outcome,
               {new_id("memberships", "reason IS NULL OR reason IN ('no_plan', 'date_limited')")} AS target_id
        FROM (
          SELECT g.*, t.tier_id,
                 CASE WHEN client_id IS NULL THEN 'client_gone' WHEN ends_on < starts_on THEN 'ends_before_start'
                      WHEN starts_on > {LAST_DAY} OR ends_on < {FIRST_DAY} THEN 'bad_date'
                      WHEN starts_on < {FIRST_DAY} OR ends_on > {LAST_DAY} THEN 'date_limited'
                      WHEN g.spelled = '' THEN 'no_plan' END AS reason
          FROM adopt_memberships_given g LEFT JOIN adopt_tiers t USING (key) ORDER BY g.created_at, g.source_id
        ) j
        """,
    )
    await transfer.run(
        f"""
        INSERT INTO memberships (id, client_id, tier_id, starts_on, ends_on, note, created_at) OVERRIDING SYSTEM VALUE
        SELECT target_id, client_id, tier_id, greatest(starts_on, {FIRST_DAY}), least(ends_on, {LAST_DAY}),
               CASE WHEN NOT {is_blank("note")} THEN note END, created_at
        FROM adopt_memberships WHERE target_id IS NOT NULL ORDER BY target_id
        """
    )
    await transfer.finish("memberships", "adopt_memberships", all_rows("memberships"))


async def _tiers(transfer: Transfer) -> None:
    """A tier for each plan that has none: named as it was spelled most often, with its policy to remind."""
    await transfer.keep(
        "adopt_plans",
        """SELECT spelled, key, count(*) AS many FROM adopt_memberships_given WHERE client_id IS NOT NULL AND ends_on >= starts_on
              GROUP BY 1, 2""",
    )
    readable = "regexp_replace(spelled, '[ _-]+', ' ', 'g')"
    await transfer.keep(
        "adopt_tiers",
        f"""
        SELECT n.*, coalesce(existing, {new_id("membership_tiers", "existing IS NULL")}) AS tier_id, existing IS NULL AS is_new
        FROM (
          SELECT c.*, (SELECT min(t.id) FROM membership_tiers t WHERE {_key("t.code")} = c.key OR lower(t.code) = lower(c.code)) AS existing
          FROM (
            SELECT p.*, CASE WHEN spelled = '' THEN '{UNKNOWN}' WHEN length(spelled) > {_CODE_LENGTH}
                             THEN left(spelled, {_CODE_LENGTH - 9}) || '-' || left(md5(key), 8) ELSE spelled END AS code,
                   CASE WHEN spelled = '' THEN initcap('{UNKNOWN}')
                        WHEN {readable} = lower({readable}) THEN upper(left({readable}, 1)) || substr({readable}, 2)
                        ELSE {readable} END AS name
            FROM (SELECT DISTINCT ON (key) key, spelled FROM adopt_plans ORDER BY key, many DESC, spelled <> lower(spelled), spelled) p
          ) c
        ) n
        """,
    )
    await transfer.run(
        """INSERT INTO membership_tiers (id, name, code) OVERRIDING SYSTEM VALUE
           SELECT tier_id, left(name, 120), code FROM adopt_tiers WHERE is_new ORDER BY tier_id"""
    )
    await _count_plans(transfer)


async def _count_plans(transfer: Transfer) -> None:
    """The spellings of plans: those of rows that an earlier run saw are there already."""
    await transfer.keep(
        "adopt_spellings",
        f"""
        SELECT NULL::text AS source_id, NULL::bigint AS client_id,
               CASE WHEN t.is_new AND t.spelled = p.spelled THEN 'copied' ELSE 'joined' END AS outcome,
               CASE WHEN NOT (t.is_new AND t.spelled = p.spelled) THEN 'same_plan'
                    WHEN length(p.spelled) > {_CODE_LENGTH} THEN 'no_space' END AS reason
        FROM adopt_plans p JOIN adopt_tiers t USING (key)
        WHERE NOT EXISTS (SELECT FROM legacy.memberships l JOIN adopted_rows a ON a.part = 'memberships' AND a.source_id = l.id
                          WHERE {clean("l.plan_code::text")} = p.spelled)
        """,
    )
    read = f"""SELECT count(DISTINCT {clean("l.plan_code::text")}) FROM legacy.memberships l
               WHERE l.ends_on >= l.starts_on AND (EXISTS (SELECT FROM adopt_people p WHERE p.source_id = l.client_id))"""
    await transfer.finish("memberships.plan_code", "adopt_spellings", read, target=None)
