"""Settings: `MARCADOR_*` variables or one TOML file, each with default and help; the docs are made from them."""

from __future__ import annotations

import os
import tomllib
from datetime import date
from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict, TomlConfigSettingsSource

LOOPBACK = ("localhost", "127.0.0.1", "::1")
"""How this very machine is called."""


class SettingsError(ValueError):
    """The file of settings cannot be used. The message says why."""


class Settings(BaseSettings):
    """What an operator may choose. Variables win over the file, the file over the defaults."""

    model_config = SettingsConfigDict(env_prefix="MARCADOR_", frozen=True, extra="forbid")

    home: Path = Field(Path("var"), description="Folder that holds all data: log, cubes, records, uploads, cache.")
    host: str = Field("127.0.0.1", description="Address to listen on. Others than loopback need `MARCADOR_HOSTS`.")
    port: int = Field(8050, ge=1, le=65535, description="Port to listen on.")
    threads: int = Field(8, ge=1, le=64, description="Threads that answer requests.")
    database_url: str = Field(
        "", description="SQLAlchemy URL of the records; empty is SQLite in the home folder. PostgreSQL: postgresql://…"
    )
    engine: Literal["polars", "duckdb", "spark"] = Field(
        "polars", description="Engine that computes the cubes. duckdb and spark need requirements-engines.txt."
    )
    spark_master: str = Field("local[2]", description="Master URL for the engine spark.")
    today: date | None = Field(None, description="Pretend that today is this day: for demos, tests and pictures.")
    upload_megabytes: int = Field(100, ge=1, description="Largest file that the browser may upload.")
    job_megabytes: int = Field(4096, ge=512, description="Memory limit of the child process that reads an upload.")
    job_seconds: int = Field(600, ge=10, description="Time limit of the child process that reads an upload.")
    pulse_seconds: float = Field(15.0, ge=0.2, description="How often an open page asks whether something changed.")
    sign_in: Literal["required", "off"] = Field(
        "required",
        description="`off` serves only this very machine, and whoever sits at it is the administrator: to try things.",
    )
    hosts: str = Field(
        "", description="Names by which people call this server, separated by commas; loopback names always work."
    )
    https: bool = Field(
        False, description="Whether browsers come by https (a proxy in front): cookies are then kept to it."
    )
    trusted_proxy: str = Field(
        "", description="Address of the proxy in front; only what it says of addresses and https is believed."
    )
    session_idle_minutes: int = Field(60, ge=5, description="An unused session ends after so many minutes.")
    session_hours: int = Field(12, ge=1, description="Every session of a person ends after so many hours.")
    retention_months: int = Field(
        0, ge=0, description="Comments older than this are erased by the daily upkeep, scores stay; 0 keeps them."
    )
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        "info", description="Least level of the events that are logged, one line of JSON each, on standard error."
    )
    metrics_token: SecretStr = Field(
        SecretStr(""), description="Bearer token that /metrics asks for; empty answers this machine only."
    )
    demo_seed: int = Field(2026, description="Seed of the demo company.")

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Return the sources, strongest first: arguments, variables, the TOML file that `MARCADOR_CONFIG` names.

        Raises
        ------
        SettingsError
            When there is no such file or it is not TOML.
        """
        file = os.environ.get("MARCADOR_CONFIG")
        sources = (init_settings, env_settings)
        if not file:
            return sources
        if not Path(file).is_file():
            raise SettingsError(f"MARCADOR_CONFIG: there is no file {file}")
        try:
            return (*sources, TomlConfigSettingsSource(settings_cls, Path(file)))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise SettingsError(f"MARCADOR_CONFIG: {file} is not TOML: {error}") from None

    @property
    def records_url(self) -> str:
        """Return the URL of the records database."""
        return self.database_url or f"sqlite:///{self.home.resolve() / 'records.db'}"


def describe() -> list[tuple[str, str, str]]:
    """Return variable, default and help of every setting, in order."""
    return [
        (f"MARCADOR_{name.upper()}", str(field.default if field.default is not None else ""), field.description or "")
        for name, field in Settings.model_fields.items()
    ]
