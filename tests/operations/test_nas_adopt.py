"""Adopting what an older PostgreSQL left, with a `docker` that plays a part: the source is only read, and nothing stays behind."""

from pathlib import Path

import pytest

from tests.operations.nas_support import Nas, shells

ON_COPY = "--name krc-adopt-*"


@pytest.fixture(params=shells())
def nas(request: pytest.FixtureRequest, tmp_path: Path) -> Nas:
    """A NAS with a volume `old_data` that holds a PostgreSQL 16 whose superuser is `keeper` and whose database is `crm`."""
    nas = Nas(tmp_path, request.param)
    nas.when("volume inspect old_data", ":")
    nas.when("volume ls *", '[ ! -f "$FAKE/copy" ] || cat "$FAKE/copy"')
    nas.when("volume create *", 'echo "${*##* }" >"$FAKE/copy"')
    nas.when("ps --quiet", ":")
    nas.when("run *global/pg_control*", "echo '16 /pgdata'")
    nas.when("run *du -sk*", "echo 2048")
    nas.when("run *id -u postgres*", "echo 999:999")
    nas.when("run --rm --interactive *--single*", """printf '\\t 1: rolname = "keeper"\\t(typeid = 19)\\n'""")
    nas.when("exec *SELECT 1*", "echo 1")
    nas.when("exec *pg_database*", "printf 'crm\\npostgres\\n'")
    nas.when("exec *--dbname=crm*pg_tables*", "echo 4")
    nas.when("exec *--dbname=postgres*pg_tables*", "echo 0")
    nas.when("exec *pg_dump*", "echo the dump")
    nas.when("*tools adopt *", 'file=${*#*--volume }; cat "${file%%:*}"; echo adopted')
    return nas


def nothing_is_left(nas: Nas) -> bool:
    """Whether the copy's container and volume were removed, and the dump with its folder."""
    removed = nas.asked("rm --force --volumes krc-adopt-") and nas.asked("volume rm krc-adopt-")
    return removed and not [path for path in (nas.root / "backups").iterdir() if path.name.startswith(".krc-")]


def test_a_volume_is_dumped_from_a_copy_by_the_old_version(nas: Nas) -> None:
    done = nas.start("adopt", "old_data", "--dry-run")
    assert done.returncode == 0, done.stderr
    assert done.stdout.split("\n")[:2] == ["the dump", "adopted"]
    copy, single, server, dump, adopt = nas.place(
        "cp -a",
        "--single",
        "run --detach --name krc-adopt-",
        "pg_dump --host=/tmp --username=keeper --format=custom --dbname=crm",
        "tools adopt",
    )
    assert copy < single < server < dump < adopt
    assert nas.asked("tools adopt /adopt/old.dump --dry-run")
    assert nothing_is_left(nas)


def test_the_source_is_only_ever_mounted_read_only_and_never_with_a_network(nas: Nas) -> None:
    assert nas.start("adopt", "old_data").returncode == 0
    touching = [call for call in nas.calls if "old_data:" in call]
    assert len(touching) == 3
    assert all("--volume old_data:/from:ro" in call for call in touching)
    starts = [call for call in nas.calls if call.startswith("run ")]
    assert all("--network none" in call for call in starts)


def test_the_old_versions_image_can_be_named(nas: Nas) -> None:
    assert nas.start("adopt", "old_data", OLD_POSTGRES_IMAGE="my/old:16").returncode == 0
    assert nas.asked("--entrypoint postgres my/old:16")


@pytest.mark.parametrize(
    ("pattern", "answer", "code", "sentence"),
    [
        ("run *cp -a*", "exit 1", 1, "The files could not be copied; the source is untouched."),
        (
            "run --rm --interactive *--single*",
            "echo 'FATAL: not a database' >&2; exit 1",
            1,
            "PostgreSQL 16 can't start on a copy of these files",
        ),
        ("run --detach *", "exit 125", 1, "The old PostgreSQL could not be started; the source is untouched."),
        ("exec *pg_dump*", "exit 1", 1, "The old database could not be dumped; the source is untouched."),
        ("exec *--dbname=crm*pg_tables*", "echo 1", 3, "No database there has the predecessor's tables (there are: crm postgres)."),
        ("exec *--dbname=postgres*pg_tables*", "echo 4", 3, "Two databases there have the predecessor's tables: crm and postgres."),
        ("*tools adopt *", "exit 3", 3, ""),
    ],
)
def test_what_fails_on_the_way_leaves_nothing_behind(nas: Nas, pattern: str, answer: str, code: int, sentence: str) -> None:
    nas.when(pattern, answer)
    done = nas.start("adopt", "old_data")
    assert done.returncode == code, done.stderr
    assert sentence in done.stderr
    assert nothing_is_left(nas)


def test_a_volume_in_use_is_refused_by_its_users_name(nas: Nas) -> None:
    nas.when("ps --quiet", "echo abc")
    nas.when("inspect --format *Mounts* abc", "printf 'old_data\\n/var/lib/docker/volumes/old_data/_data\\n'")
    nas.when("inspect --format {{.Name}} abc", "echo /old-postgres-1")
    done = nas.start("adopt", "old_data")
    assert done.returncode == 3
    assert "The container old-postgres-1 is using old_data" in done.stderr
    assert "1. docker stop old-postgres-1" in done.stderr
    assert not any("old_data:" in call for call in nas.calls)


@pytest.mark.parametrize(
    ("mounted", "refused"), [("{folder}", True), ("{folder}/pgdata", True), ("{above}", True), ("{folder}-of-others", False)]
)
def test_a_folder_in_use_is_recognised_by_any_part_of_it(nas: Nas, tmp_path: Path, mounted: str, refused: bool) -> None:
    folder = tmp_path / "old"
    (folder / "pgdata").mkdir(parents=True)
    nas.when("ps --quiet", "echo abc")
    nas.when("inspect --format *Mounts* abc", f"printf '\\n%s\\n' '{mounted.format(folder=folder, above=tmp_path)}'")
    nas.when("inspect --format {{.Name}} abc", "echo /old-postgres-1")
    done = nas.start("adopt", str(folder))
    assert (done.returncode == 3) == refused, done.stderr


def test_two_clusters_in_one_volume_are_not_guessed_between(nas: Nas) -> None:
    nas.when("run *global/pg_control*", "printf '15 /a\\n16 /b\\n'")
    done = nas.start("adopt", "old_data")
    assert done.returncode == 3
    assert "several PostgreSQL data directories in old_data: 15 /a 16 /b" in done.stderr


def test_a_dump_file_is_handed_over_readable_and_stays_as_it_was(nas: Nas, tmp_path: Path) -> None:
    dump = tmp_path / "old dump.sql"
    dump.write_text("SELECT 1;")
    dump.chmod(0o600)
    done = nas.start("adopt", str(dump))
    assert done.returncode == 0, done.stderr
    assert nas.asked("tools adopt /adopt/old dump.sql")
    assert dump.stat().st_mode & 0o777 == 0o600
    assert not [path for path in (nas.root / "backups").iterdir() if path.name.startswith(".krc-")]


def test_a_servers_password_stands_on_no_command_line(nas: Nas) -> None:
    nas.when("run --rm --network host *", 'echo "$KRC_SOURCE" >"$FAKE/source"; echo the dump')
    done = nas.start("adopt", "postgresql://u:hidden@127.0.0.1/crm")
    assert done.returncode == 0, done.stderr
    assert (nas.fake / "source").read_text().strip() == "postgresql://u:hidden@127.0.0.1/crm"
    assert not any("hidden" in call for call in nas.calls)


def test_what_is_nothing_of_all_that_is_a_plan(nas: Nas) -> None:
    nas.when("volume inspect nothing", "exit 1")
    done = nas.start("adopt", "nothing")
    assert done.returncode == 3
    assert "There is no dump file, folder or Docker volume 'nothing'." in done.stderr


def test_what_a_killed_run_left_goes_with_the_next(nas: Nas) -> None:
    (nas.fake / "copy").write_text("krc-adopt-4000000\n")
    (nas.root / "backups" / ".krc-4000000.abcdef").mkdir(parents=True)
    assert nas.start("adopt", "old_data").returncode == 0
    assert nas.asked("volume rm krc-adopt-4000000")
    assert nothing_is_left(nas)
