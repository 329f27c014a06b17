"""The company that keeps the score."""

from __future__ import annotations

from dataclasses import dataclass
from zoneinfo import ZoneInfo, available_timezones

LANGUAGES = ("es", "en")


class OrganisationError(ValueError):
    """A setting of the organisation that cannot be. The message says what may be."""


@dataclass(frozen=True, slots=True)
class Organisation:
    """Name, language and time zone of the company; `meeting` is the weekly meeting in its own words.

    `country` and `region` (ISO 3166 codes) say which days are holidays.
    """

    name: str
    language: str = "es"
    zone: str = "Europe/Madrid"
    meeting: str = ""
    version: int = 0
    country: str = "ES"
    region: str = ""

    def __post_init__(self) -> None:
        if not self.name.strip():
            raise OrganisationError("the organisation needs a name")
        if self.language not in LANGUAGES:
            raise OrganisationError(f"the language '{self.language}' is not one of {', '.join(LANGUAGES)}")
        if self.zone not in available_timezones():
            raise OrganisationError(f"there is no time zone '{self.zone}'; for example Europe/Madrid")

    @property
    def tz(self) -> ZoneInfo:
        """Return the time zone itself."""
        return ZoneInfo(self.zone)

    @property
    def place(self) -> str:
        """Return country and region in one code: ES, ES-AR."""
        return f"{self.country}-{self.region}" if self.region else self.country


UNNAMED = Organisation("Marcador")
"""What is known before anybody has said anything."""
