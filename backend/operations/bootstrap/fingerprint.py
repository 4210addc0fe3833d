"""What a schema looks like, as short digests that are the same on PostgreSQL 15 to 18.

Each object of the schema ``public`` gets one digest over its definition: tables with their columns in order, constraints,
indexes (and whether they are valid), enums and domains, functions, triggers, views, policies. What belongs to an extension
is left out, and so is what an operator may tune: owners, privileges, storage parameters, statistics.
"""

import hashlib
import json
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

FILE = Path(__file__).resolve().parents[3] / "migrations" / "fingerprints.json"
VERSION_TABLE = "alembic_version"
ALEMBICS = {"table alembic_version", "constraint alembic_version.alembic_version_pkc", "index alembic_version_pkc"}
EXTENSIONS = ("pg_trgm", "unaccent")  # the ones that the schema needs; others are the operator's affair

HERE = "(SELECT oid FROM pg_namespace WHERE nspname = 'public')"


def _own(catalog: str, alias: str, kind: str = "e") -> str:
    """Whether an object is no part of an extension; with the kind ``i``, of another object (an identity column has a sequence)."""
    parts = f"d.classid = '{catalog}'::regclass AND d.objid = {alias}.oid AND d.deptype = '{kind}'"
    return f"NOT EXISTS (SELECT FROM pg_depend d WHERE {parts})"


def _as_restored(definition: str) -> str:
    """A condition as SQL, the same before a dump and after it was restored.

    PostgreSQL keeps ``x IN ('a', 'b')`` on a varchar as a cast of the whole list, prints that, and reads what it printed as a cast
    of each item. So the casts to text and the brackets around a lone literal and a second pair around a list are left out.
    """
    steps = [("::(character varying|text)(\\[\\])?", ""), ("\\((''[^'']*'')\\)", "\\1"), ("\\(\\((ARRAY\\[[^]]*\\])\\)\\)", "(\\1)")]
    for pattern, replacement in steps:
        definition = f"regexp_replace({definition}, '{pattern}', '{replacement}', 'g')"
    return definition


# One row per object: what it is, its name, its definition.

OBJECTS = f"""
SELECT CASE c.relkind WHEN 'v' THEN 'view' WHEN 'm' THEN 'view' WHEN 'S' THEN 'sequence' WHEN 'f' THEN 'foreign table' ELSE 'table' END,
       c.relname,
       CASE WHEN c.relkind IN ('v', 'm') THEN pg_get_viewdef(c.oid) ELSE
         concat_ws(' ', c.relkind, c.relpersistence, c.relrowsecurity, pg_get_partkeydef(c.oid), (
           SELECT string_agg(concat_ws(' ', a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull, a.attidentity, a.attgenerated,
                               (SELECT collname FROM pg_collation WHERE oid = a.attcollation),
                               pg_get_expr(d.adbin, d.adrelid)), ', ' ORDER BY a.attnum)
           FROM pg_attribute a LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
           WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND c.relkind <> 'S'))
       END
FROM pg_class c
WHERE c.relnamespace = {HERE} AND c.relkind IN ('r', 'p', 'v', 'm', 'S', 'f')
  AND {_own("pg_class", "c")} AND (c.relkind <> 'S' OR {_own("pg_class", "c", "i")})
UNION ALL
SELECT 'constraint', r.relname || '.' || k.conname, concat_ws(' ', k.contype, k.convalidated, k.condeferrable,
       {_as_restored("pg_get_constraintdef(k.oid)")})
FROM pg_constraint k JOIN pg_class r ON r.oid = k.conrelid
WHERE k.connamespace = {HERE} AND k.contype IN ('c', 'f', 'p', 'u', 'x')  -- 18 lists NOT NULL here too
  AND {_own("pg_class", "r")}
UNION ALL
SELECT 'index', x.relname, concat_ws(' ', i.indisvalid, i.indisunique, {_as_restored("pg_get_indexdef(x.oid)")})
FROM pg_index i JOIN pg_class x ON x.oid = i.indexrelid JOIN pg_class r ON r.oid = i.indrelid
WHERE x.relnamespace = {HERE} AND {_own("pg_class", "r")}
UNION ALL
SELECT 'type', t.typname, concat_ws(' ', t.typtype, format_type(t.typbasetype, t.typtypmod),
       (SELECT string_agg(e.enumlabel, ', ' ORDER BY e.enumsortorder) FROM pg_enum e WHERE e.enumtypid = t.oid))
FROM pg_type t LEFT JOIN pg_class r ON r.oid = t.typrelid
WHERE t.typnamespace = {HERE} AND (t.typtype IN ('e', 'd') OR r.relkind = 'c') AND {_own("pg_type", "t")}
UNION ALL
SELECT 'function', p.proname || '(' || pg_get_function_identity_arguments(p.oid) || ')',
       concat_ws(' ', p.prokind, l.lanname, p.provolatile, p.proisstrict, p.proparallel, p.prosecdef,
                 pg_get_function_result(p.oid), p.prosrc)
FROM pg_proc p JOIN pg_language l ON l.oid = p.prolang
WHERE p.pronamespace = {HERE} AND {_own("pg_proc", "p")}
UNION ALL
SELECT 'trigger', r.relname || '.' || t.tgname, concat_ws(' ', t.tgenabled, pg_get_triggerdef(t.oid))
FROM pg_trigger t JOIN pg_class r ON r.oid = t.tgrelid
WHERE r.relnamespace = {HERE} AND NOT t.tgisinternal
UNION ALL
SELECT 'policy', r.relname || '.' || p.polname, concat_ws(' ', p.polcmd, p.polpermissive, pg_get_expr(p.polqual, p.polrelid),
                 pg_get_expr(p.polwithcheck, p.polrelid))
FROM pg_policy p JOIN pg_class r ON r.oid = p.polrelid
WHERE r.relnamespace = {HERE}
UNION ALL
SELECT 'extension', e.extname, '' FROM pg_extension e WHERE e.extname = ANY (:extensions)
"""


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """``objects`` maps ``index ix_clients_sort_name_id`` and the like to the digest of its definition.

    ``invalid`` has those indexes that a build which failed left behind, with the digest that each would have if it were valid.
    """

    objects: dict[str, str]
    invalid: dict[str, str] = field(default_factory=dict)

    @property
    def digest(self) -> str:
        """One digest over everything: equal ones mean equal schemas."""
        return hashlib.sha256(json.dumps(self.objects, sort_keys=True).encode()).hexdigest()

    def differences(self, wanted: "Fingerprint") -> list[str]:
        """What is missing, surplus or other here, compared with the one that is wanted; a phrase each."""
        missing = [f"{name} is missing" for name in sorted(wanted.objects.keys() - self.objects.keys())]
        surplus = [f"{name} should not be there" for name in sorted(self.objects.keys() - wanted.objects.keys())]
        shared = sorted(self.objects.keys() & wanted.objects.keys())
        return missing + surplus + [f"{name} is different" for name in shared if self.objects[name] != wanted.objects[name]]


async def take(connection: AsyncConnection) -> Fingerprint:
    """The fingerprint of the database that the connection is to."""
    # Definitions name a type with its schema unless that is on the path, so the path has to be always the same.
    await connection.execute(text("SELECT set_config('search_path', 'public', true)"))
    rows = (await connection.execute(text(OBJECTS), {"extensions": list(EXTENSIONS)})).all()
    objects, invalid = {}, {}
    for kind, name, definition in rows:
        if f"{kind} {name}" in ALEMBICS:
            continue
        objects[f"{kind} {name}"] = _digest(definition)
        if kind == "index" and definition.startswith("f "):
            invalid[f"{kind} {name}"] = _digest("t" + definition[1:])
    return Fingerprint(objects, invalid)


def _digest(definition: str) -> str:
    return hashlib.sha256(definition.encode()).hexdigest()[:12]


def known() -> dict[str, Fingerprint]:
    """The fingerprint of each revision, in the order in which they came."""
    content: dict[str, dict[str, str]] = json.loads(FILE.read_text(encoding="utf-8"))
    return {revision: Fingerprint(objects) for revision, objects in content.items()}
