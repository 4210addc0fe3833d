"""The people on file: names, birthdays, languages, and which of their numbers becomes the member code."""

from backend.operations.adoption.expressions import FIRST_DAY, clean, given, instant, is_instant
from backend.operations.adoption.transfer import Transfer, all_rows, new_id, unseen

NAME_LENGTH, CODE_LENGTH = 200, 64
_SPANISH = "^(es([-_ ].*)?|spa|spanish.*|espa[nñ]ol.*|castellano)$"
_ENGLISH = "^(en([-_ ].*)?|eng|english.*|ingl[eé]s.*)$"
_KEYS = {"code": 1, "member_id": 2, "member_code": 3}

# Every value that somebody wrote into external_ids; a value that is no object counts as one of its own.
ENTRIES = """
SELECT l.id AS source_id, e.key, e.value
FROM legacy.clients l
CROSS JOIN LATERAL (SELECT CAST(l.external_ids AS jsonb) AS x) j
CROSS JOIN LATERAL jsonb_each(CASE jsonb_typeof(j.x) WHEN 'object' THEN j.x ELSE jsonb_build_object('', j.x) END) e
WHERE j.x IS NOT NULL AND j.x <> '{}' AND btrim(e.value #>> '{}') NOT IN ('', '{}', '[]')
"""


async def prepare_clients(transfer: Transfer) -> None:
    """Give every client that is new here a number, and decide about the member codes. Nothing is written yet."""
    await transfer.keep("adopt_clients_given", _given(transfer))
    await transfer.keep("adopt_codes", _codes())
    visits = """SELECT client_id, min(happened_at) AS first_at, max(happened_at) AS last_at
        FROM legacy.check_ins WHERE happened_at <= now() GROUP BY 1"""
    await transfer.keep(
        "adopt_clients",
        f"""
        SELECT g.*, {new_id("clients")} AS client_id, c.code AS member_code, v.first_at, v.last_at, 'copied' AS outcome,
               CASE WHEN first_name = '' AND last_name = '?' THEN 'no_name' END AS reason
        FROM (SELECT * FROM adopt_clients_given ORDER BY created_at, source_id) g
        LEFT JOIN adopt_codes c ON c.source_id = g.source_id AND c.outcome = 'copied'
        LEFT JOIN ({visits}) v ON v.client_id = g.source_id AND {is_instant("v.first_at")} AND {is_instant("v.last_at")}
        """,
    )
    # Who each of the predecessor's clients is here. Whoever was erased since is nobody, and gets nothing any more.
    await transfer.keep(
        "adopt_people",
        """
        SELECT source_id, client_id FROM adopt_clients
        UNION ALL
        SELECT a.source_id, a.target_id FROM adopted_rows a JOIN clients c ON c.id = a.target_id
        WHERE a.part = 'clients' AND NOT EXISTS (SELECT FROM erasures e WHERE e.client_id = a.target_id)
        """,
    )


INSERT = f"""
INSERT INTO clients (id, first_name, last_name, date_of_birth, guardian_name, service_coordinator, member_code, language, first_check_in_at,
                     last_check_in_at,
                     created_at) OVERRIDING SYSTEM VALUE
SELECT client_id, left(first_name, {NAME_LENGTH}), left(last_name, {NAME_LENGTH}), born, left(guardian, {NAME_LENGTH}),
       left(coordinator, {NAME_LENGTH}), member_code, language, first_at, last_at, created_at
FROM adopt_clients ORDER BY client_id
"""


async def finish_clients(transfer: Transfer) -> None:
    """Count the clients and their numbers, once they are written, with a remark on every value that is not here as it was."""
    long = " OR ".join(f"length({name}) > {NAME_LENGTH}" for name in ("first_name", "last_name", "guardian", "coordinator"))
    for outcome, reason, condition in (
        ("aside", "bad_date", "written_birthday IS NOT NULL AND born IS NULL"),
        ("changed", "unknown_language", f"spoken !~ '{_SPANISH}' AND spoken !~ '{_ENGLISH}'"),
        ("changed", "cut", long),
    ):
        await transfer.remark("clients", "adopt_clients", outcome, reason, condition)
    await transfer.finish("clients", "adopt_clients", all_rows("clients"), target="client_id")
    await transfer.keep("adopt_entries", "SELECT c.*, p.client_id FROM adopt_codes c JOIN adopt_people p USING (source_id)")
    await transfer.finish("clients.external_ids", "adopt_entries", f"SELECT count(*) FROM ({ENTRIES}) e", target=None)


def _given(transfer: Transfer) -> str:
    def name(column: str) -> str:
        return given(transfer.column("clients", column))

    born, language = transfer.column("clients", "date_of_birth", "date"), f"lower({clean(transfer.column('clients', 'language'))})"
    return f"""
    SELECT source_id, coalesce(first_name, '') AS first_name,
           CASE WHEN first_name IS NULL AND last_name IS NULL THEN '?' ELSE coalesce(last_name, '') END AS last_name,
           guardian, coordinator, written_birthday,
           CASE WHEN written_birthday BETWEEN {FIRST_DAY} AND today THEN written_birthday END AS born,
           nullif(spoken, '') AS spoken, CASE WHEN spoken ~ '{_SPANISH}' THEN 'es' ELSE 'en' END AS language, created_at
    FROM (
      SELECT l.id AS source_id, {name("first_name")} AS first_name, {name("last_name")} AS last_name,
             {name("parent_guardian_name")} AS guardian, {name("service_coordinator")} AS coordinator, {born} AS written_birthday,
             {language} AS spoken, {instant(transfer.column("clients", "created_at", "timestamptz"))} AS created_at
      FROM legacy.clients l WHERE {unseen("clients")}
    ) g, (SELECT today FROM adopt_run) run
    """


def _codes() -> str:
    """Each written number of a new client with what becomes of it: one may be the member code, and a code belongs to one client."""
    ranks = " ".join(f"WHEN '{key}' THEN {rank}" for key, rank in _KEYS.items())
    return f"""
    WITH entries AS (
      SELECT g.source_id, g.created_at, CASE e.key {ranks} END AS rank, jsonb_typeof(e.value) IN ('string', 'number') AS is_plain,
             {given("(e.value #>> '{}')")} AS code
      FROM ({ENTRIES}) e JOIN adopt_clients_given g USING (source_id)
    ), usable AS (
      SELECT *, rank IS NOT NULL AND is_plain AND code IS NOT NULL AND length(code) <= {CODE_LENGTH} AS is_usable FROM entries
    ), chosen AS (
      SELECT DISTINCT ON (source_id) source_id, created_at, rank, code FROM usable WHERE is_usable ORDER BY source_id, rank
    ), kept AS (
      SELECT source_id, rank AS kept_rank, code AS kept_code,
             row_number() OVER (PARTITION BY code ORDER BY created_at, source_id) = 1
             AND NOT EXISTS (SELECT FROM clients c WHERE c.member_code = chosen.code) AS is_kept
      FROM chosen
    )
    SELECT source_id, code, CASE WHEN NOT is_usable OR code <> kept_code OR NOT is_kept THEN 'aside'
                                 WHEN rank = kept_rank THEN 'copied' ELSE 'joined' END AS outcome,
           CASE WHEN rank IS NULL THEN 'other_number' WHEN NOT is_plain OR code IS NULL THEN 'not_a_code' WHEN NOT is_usable THEN 'too_long'
                WHEN code <> kept_code THEN 'second_code' WHEN NOT is_kept THEN 'code_taken'
                WHEN rank <> kept_rank THEN 'same_code' END AS reason
    FROM usable LEFT JOIN kept USING (source_id)
    """
