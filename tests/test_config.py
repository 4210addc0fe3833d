"""Where a setting comes from: the environment before .env, and in each of them the variable before its file."""

from pathlib import Path

import pytest

from backend.config import Settings, SettingsError

REST = {"DATABASE_URL": "postgresql://krc@db.test/krc", "REDIS_URL": "redis://cache.test/0"}
ONE, TWO = "o" * 32, "t" * 32


def secret(folder: Path, monkeypatch: pytest.MonkeyPatch, dotenv: str = "", **environment: str) -> str:
    (folder / ".env").write_text(dotenv, encoding="utf-8")
    monkeypatch.chdir(folder)
    for name, value in (REST | environment).items():
        monkeypatch.setenv(name, value)
    return Settings.load().secret_key.get_secret_value()


def kept(folder: Path, value: str) -> str:
    file = folder / f"kept-{value[0]}"
    file.write_text(value + "\n", encoding="utf-8")
    return str(file)


def test_a_file_named_in_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert secret(tmp_path, monkeypatch, SECRET_KEY_FILE=kept(tmp_path, ONE)) == ONE


def test_a_file_named_in_dotenv(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert secret(tmp_path, monkeypatch, f"SECRET_KEY_FILE={kept(tmp_path, ONE)}\n") == ONE


def test_the_variable_wins_over_its_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert secret(tmp_path, monkeypatch, SECRET_KEY=TWO, SECRET_KEY_FILE=kept(tmp_path, ONE)) == TWO


def test_the_environment_wins_over_dotenv(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert secret(tmp_path, monkeypatch, f"SECRET_KEY={TWO}\n", SECRET_KEY_FILE=kept(tmp_path, ONE)) == ONE


def test_a_file_that_is_not_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(SettingsError, match=r"SECRET_KEY_FILE: .*gone can't be read \(FileNotFoundError\)"):
        secret(tmp_path, monkeypatch, SECRET_KEY_FILE=str(tmp_path / "gone"))
