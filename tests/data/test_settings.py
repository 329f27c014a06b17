"""Settings: arguments, then variables, then one TOML file, then defaults."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import ValidationError

from data.settings import Settings, SettingsError, describe


@pytest.fixture(autouse=True)
def no_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HOME", "TODAY", "CONFIG", "PORT", "DATABASE_URL", "ENGINE"):
        monkeypatch.delenv(f"MARCADOR_{name}", raising=False)


def configured(monkeypatch: pytest.MonkeyPatch, path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")
    monkeypatch.setenv("MARCADOR_CONFIG", str(path))


def test_arguments_win_over_variables_over_the_file_over_defaults(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert Settings().port == 8050
    configured(monkeypatch, tmp_path / "m.toml", "port = 1111\nthreads = 3\ntoday = 2026-11-22\n")
    assert (Settings().port, Settings().threads, str(Settings().today)) == (1111, 3, "2026-11-22")
    monkeypatch.setenv("MARCADOR_PORT", "2222")
    assert Settings().port == 2222
    assert Settings(port=3333).port == 3333


@pytest.mark.parametrize(
    "text", ["porrt = 1", "port = 0", "engine = 'abacus'", "today = 'mañana'", "job_megabytes = 1"]
)
def test_a_key_or_value_that_cannot_be_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, text: str) -> None:
    configured(monkeypatch, tmp_path / "m.toml", text)
    with pytest.raises(ValidationError):
        Settings()


def test_a_file_that_is_not_there_or_not_toml_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("MARCADOR_CONFIG", str(tmp_path / "typo.toml"))
    with pytest.raises(SettingsError, match=r"there is no file .*typo\.toml"):
        Settings()
    configured(monkeypatch, tmp_path / "m.toml", "port: 8050\n")
    with pytest.raises(SettingsError, match="is not TOML"):
        Settings()


def test_records_are_sqlite_at_home_unless_told(tmp_path: Path) -> None:
    assert Settings(home=tmp_path).records_url == f"sqlite:///{tmp_path.resolve()}/records.db"
    assert Settings(database_url="postgresql://x/y").records_url == "postgresql://x/y"


def test_every_setting_is_described_with_its_default() -> None:
    rows = describe()
    assert len(rows) == len(Settings.model_fields)
    assert ("MARCADOR_PORT", "8050", "Port to listen on.") in rows
    assert all(name.startswith("MARCADOR_") and text.endswith((".", "…")) for name, _, text in rows)
