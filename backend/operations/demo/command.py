"""Filling the demo centre from the command line."""

import asyncio
import json
import random
import sys
import tempfile
from pathlib import Path

from sqlalchemy import exists, func, select

from backend import clock
from backend.accounts import passwords
from backend.accounts.models import User, UserRole
from backend.accounts.service import create_user, reset_password
from backend.audit.models import AuditEntry
from backend.audit.service import record
from backend.clients.models import Client
from backend.config import Settings
from backend.db import Actor, ActorKind, Database, UnitOfWork
from backend.errors import Conflict
from backend.imports.models import Import
from backend.imports.service import import_clients
from backend.operations.bootstrap import seeds
from backend.operations.demo import centre, holdings
from backend.operations.demo.people import make_people, write_csv
from backend.operations.demo.visits import record_visits
from backend.reports.service import roll_up_everything
from backend.system import present

FILE_NAME = "demo-centre.csv"
SEED = 20_261_122
FILLED, SHOWN = "demo.filled", "demo.sign_ins_shown"
EMAIL, USERNAME, NAME = "staff@demo.example", "staff", "Robin Desk"
OPERATOR = Actor(ActorKind.OPERATOR, label="demo")

SignIn = dict[str, str]


def run(settings: Settings, *, as_json: bool) -> int:
    """Fill the centre and print the sign-ins that were made; returns the exit code. Raises `Conflict` where clients are on file."""
    asyncio.run(_run(settings, as_json=as_json))
    return 0


async def _run(settings: Settings, *, as_json: bool) -> None:
    database = Database.of(settings, name="krc-demo", pool_size=1, statement_timeout_ms=120_000)
    try:
        async with database.writing(OPERATOR) as uow:
            sign_ins = await fill(uow, settings)
        _print(sign_ins, as_json=as_json)
        if sign_ins:
            async with database.writing(OPERATOR) as uow:
                record(uow, SHOWN, "demo", None)
    finally:
        await database.close()


async def fill(uow: UnitOfWork, settings: Settings) -> list[SignIn]:
    """Fill the centre, unless that was done before; returns the sign-ins that nobody has seen yet."""
    if await uow.scalar(select(exists().where(Import.file_name == FILE_NAME))):
        # A run that was killed before it could print leaves a password that nobody knows.
        seen = await uow.scalar(select(exists().where(AuditEntry.action == SHOWN, AuditEntry.subject_type == "demo")))
        return [] if seen else await _new_password(uow)
    if await uow.scalar(select(func.count()).select_from(Client)):
        raise Conflict("People are on file here, so no demo data is added. Demo data is for an empty centre alone.")
    if await seeds.missing(uow):
        raise Conflict("The centre has no stations or no default tier yet. Run `just bootstrap` first.")
    chance = random.Random(SEED)  # noqa: S311 (invented people, not secrets)
    zone = await present.zone_now(uow, settings)
    now, today = clock.now(), clock.today(zone)
    password = passwords.generate()
    staff = await create_user(uow, email=EMAIL, username=USERNAME, display_name=NAME, role=UserRole.STAFF, password=password)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / FILE_NAME
        people = make_people(today, chance)
        write_csv(file, people, today, chance)
        result = await import_clients(uow, file, today=today)
    if result.problems:
        raise Conflict(f"The demo's own file is not right: {result.problems[0]}")
    client_ids = list(await uow.scalars(select(Client.id).order_by(Client.id)))
    await holdings.furnish(uow, people, client_ids, today, chance)
    await record_visits(uow, people, client_ids, staff.id, zone, now, chance)
    await centre.furnish(uow, people, client_ids, staff.id, zone, now, chance)
    await roll_up_everything(uow, zone)
    record(uow, FILLED, "demo", None, after={"clients": len(client_ids)})
    return [_sign_in(password)]


async def _new_password(uow: UnitOfWork) -> list[SignIn]:
    staff = (await uow.execute(select(User).where(User.email == EMAIL))).scalar_one_or_none()
    if staff is None:
        return []
    password = passwords.generate()
    await reset_password(uow, staff, password, must_change_password=False)
    return [_sign_in(password)]


def _sign_in(password: str) -> SignIn:
    return {"role": UserRole.STAFF.value, "username": USERNAME, "email": EMAIL, "password": password}


def _print(sign_ins: list[SignIn], *, as_json: bool) -> None:
    if as_json:
        text = json.dumps({"sign_ins": sign_ins})
    elif sign_ins:
        text = "\n".join(f"{entry['role'].lower()}: {entry['username']}   password: {entry['password']}" for entry in sign_ins)
    else:
        text = "The demo data is there already; nothing was changed."
    sys.stdout.write(text + "\n")
    sys.stdout.flush()
