"""Everything that is looked at, in the order in which it is told."""

from backend.operations.doctor import (
    audit,
    background,
    backups,
    certificate,
    configuration,
    containers,
    database,
    door,
    kiosks,
    logs,
    machine,
    paper,
    people,
    records,
    stack,
    upkeep,
)
from backend.operations.doctor.case import Need
from backend.operations.doctor.checks import NOT_CHECKED, Check
from backend.operations.doctor.lines import Topic

DATABASE, TABLES, REDIS, DOOR, READY, KEY = Need.DATABASE, Need.TABLES, Need.REDIS, Need.DOOR, Need.API, Need.KEY

CHECKS: tuple[Check, ...] = (
    Check(configuration.settings, (configuration.SETTINGS,)),
    Check(configuration.time_zone, (configuration.TIME_ZONE,), seconds=9),
    Check(configuration.admin_password, (configuration.ADMIN_PASSWORD,)),
    Check(configuration.processes, (stack.STACK, containers.CONTAINERS)),
    # The page and what lies behind it.
    Check(door.page, (door.PAGE,), provides=(DOOR,), seconds=6),
    Check(door.api, (door.API,), needs=(DOOR,), provides=(READY,)),
    Check(configuration.https, (configuration.HTTPS,)),
    Check(certificate.certificate, (certificate.CERTIFICATE,), seconds=6),
    # The database.
    Check(database.database, (database.DATABASE,), provides=(DATABASE,), seconds=3.5),
    Check(database.owner, (database.OWNER,), needs=(DATABASE,)),
    Check(database.schema, (database.SCHEMA, database.INDEXES), needs=(DATABASE,), provides=(TABLES,)),
    Check(upkeep.installation, (upkeep.INSTALLATION,), needs=(DATABASE,)),
    Check(upkeep.leftovers, (upkeep.LEFTOVERS,), needs=(DATABASE,)),
    Check(upkeep.activity, (upkeep.CONNECTIONS, upkeep.TRANSACTIONS), needs=(DATABASE,)),
    Check(upkeep.vacuum, (upkeep.VACUUM,), needs=(DATABASE,)),
    Check(database.clocks, (database.CLOCK,), needs=(DATABASE,)),
    # People.
    Check(people.admin, (people.ADMIN,), needs=(TABLES,)),
    Check(people.login, (people.LOGIN,), needs=(DOOR, READY), seconds=people.LOGIN_SECONDS + 2),
    Check(people.desk, (people.DESK_TOPIC, people.LIVE), needs=(DOOR, READY, TABLES, KEY), seconds=6),
    # Background work.
    Check(background.redis, (background.REDIS, background.CLOCK), provides=(REDIS,)),
    Check(background.scheduler, (background.SCHEDULER,), needs=(TABLES,)),
    Check(background.schedule, (background.SCHEDULE,), needs=(TABLES,)),
    Check(background.worker, (background.WORKER,), needs=(TABLES, REDIS), seconds=background.PING_SECONDS + 3),
    Check(background.outbox, (background.OUTBOX,), needs=(TABLES,)),
    # What is kept.
    Check(backups.backups, (backups.BACKUP, backups.FILES, backups.FOLDER), seconds=8),
    Check(backups.secrets, (backups.PASSPHRASE,)),
    Check(paper.roster, (paper.ROSTER,), seconds=8),
    Check(machine.disks, (machine.DISK,)),
    Check(machine.memory, (machine.MEMORY_TOPIC,)),
    Check(records.messages, (records.MESSAGES,), needs=(TABLES,)),
    Check(records.brought_over, (records.ADOPTION, records.DUPLICATES), needs=(TABLES,)),
    Check(audit.chain, (audit.CHAIN,), needs=(TABLES,), seconds=audit.SECONDS + 15),
    Check(records.audit, (records.AUDIT,), needs=(TABLES,)),
    Check(kiosks.kiosks, (kiosks.KIOSKS,), needs=(TABLES,)),
    Check(logs.logs, (logs.LOGS,), seconds=5),
)

TOPICS: tuple[Topic, ...] = (*dict.fromkeys(topic for check in CHECKS for topic in check.topics), NOT_CHECKED)
