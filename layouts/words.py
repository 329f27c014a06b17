"""Words and formats of one language: `t("scoreboard.title")`, `t.points(41.3)`, `t.day(date)`.

Catalogues are gettext files, read once; numbers, dates and plural forms follow the language.
"""

from __future__ import annotations

import gettext
import io
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache, lru_cache
from pathlib import Path
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_datetime, format_time
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal, format_percent

from dashboard.indicators import SHARE
from dashboard.nps import shown
from dashboard.refusals import Told, said

FOLDER = Path(__file__).parent / "i18n"
LANGUAGES = ("es", "en")
DAYS = {"es": "d 'de' MMMM", "en": "d MMMM"}
YEAR = {"es": " 'de' y", "en": " y"}
LOCALES = {"es": Locale.parse("es_ES"), "en": Locale.parse("en_GB")}
MINUS, NARROW = "\u2212", "\u202f"


@cache
def catalogue(language: str, domain: str = "marcador") -> gettext.GNUTranslations:
    """Return a compiled catalogue of a language: `marcador` (words) or `refusals` (why something cannot be done)."""
    with (FOLDER / language / "LC_MESSAGES" / f"{domain}.po").open("rb") as file:
        messages = read_po(file, locale=language)
    compiled = io.BytesIO()
    write_mo(compiled, messages)
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


@lru_cache(maxsize=8192)
def decimal(language: str, number: float, pattern: str) -> str:
    """Return a number as the language writes it: a screen repeats the same few hundred."""
    return format_decimal(number, pattern, locale=LOCALES[language])


@lru_cache(maxsize=8192)
def dated(language: str, day: date, pattern: str) -> str:
    """Return a day as the language writes it: a table of two years repeats its hundred weeks at every change."""
    return format_date(day, pattern, locale=LOCALES[language])


def decimals_of(value: float, unit: str) -> int:
    """Return the decimals with which a value of an indicator is usually shown."""
    return 0 if unit == SHARE or abs(value) >= 20 or float(value).is_integer() else 1


class Refused(str):
    """Words that say why nothing was written; whoever asked keeps what was typed."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Words:
    """One language."""

    language: str

    def __call__(self, key: str, /, **values: object) -> str:
        """Return the words of a key with `values` put in; `n`, a whole number, chooses the plural form.

        Raises
        ------
        KeyError
            When no catalogue has the key.
        """
        translations = catalogue(self.language)
        if "n" in values and isinstance(values["n"], int):
            text = translations.ngettext(key, f"{key}#", values["n"])
            values = values | {"n": self.count(values["n"])}
            text = translations.gettext(key) if text in (key, f"{key}#") else text
        else:
            text = translations.gettext(key)
        if text == key:
            raise KeyError(f"there are no words for '{key}' in {self.language}")
        return text.format(**values) if values else text

    def refused(self, key: str, /, **values: object) -> Refused:
        """Return the words of a key as a refusal."""
        return Refused(self(key, **values))

    def refusal(self, told: Told) -> Refused:
        """Return why something cannot be done; the English sentence is the key of the others."""
        text = said(told, catalogue(self.language, "refusals").gettext if self.language != "en" else str)
        return Refused(text[:1].upper() + text[1:])

    @property
    def locale(self) -> Locale:
        """Return Babel's locale: Spanish of Spain, English of Britain."""
        return LOCALES[self.language]

    def count(self, number: int) -> str:
        """Return a whole number with its thousands: 5.284, 5,284."""
        return decimal(self.language, number, "#,##0")

    def points(self, points: float | None, decimals: int = 0, *, signed: bool = False) -> str:
        """Return points as shown, «sin datos» for None; never −0. `signed` puts + before what is not negative."""
        if points is None:
            return self("common.no_data")
        pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
        value = shown(points, decimals)
        text = decimal(self.language, abs(value), pattern)
        sign = MINUS if value < 0 else "+" if signed and value > 0 else ""
        return sign + text

    def share(self, share: float | None, decimals: int = 0) -> str:
        """Return a share 0..1 in per cent, «sin datos» for None."""
        if share is None:
            return self("common.no_data")
        return format_percent(
            share, "0" + ("." + "0" * decimals if decimals else "") + "%", locale=self.locale
        ).replace("%", f"{NARROW}%" if self.language == "es" else "%")

    def amount(self, value: float | None, unit: str, more: int = 0) -> str:
        """Return a value with its unit, «sin datos» for None: 96 %, 2,5 h; `more` decimals than usual."""
        if value is None:
            return self("common.no_data")
        decimals = decimals_of(value, unit) + more
        if unit == SHARE:
            return self.share(shown(value, decimals) / 100, decimals)
        return f"{self.points(value, decimals)}{NARROW}{unit}".rstrip(NARROW)

    def probability(self, probability: float) -> str:
        """Return a probability to the nearest 5 %, `<5 %` and `>95 %` at the ends: it is not surer than that."""
        if probability < 0.05:
            return f"<{self.share(0.05)}"
        if probability > 0.95:
            return f">{self.share(0.95)}"
        return self.share(round(probability * 20) / 20)

    def day(self, day: date, *, weekday: bool = False, year: bool = False) -> str:
        """Return a day in words: 31 de diciembre."""
        pattern = DAYS[self.language]
        text = ("EEEE " if weekday else "") + pattern + (YEAR[self.language] if year else "")
        return dated(self.language, day, text)

    def short_day(self, day: date, *, year: bool = False) -> str:
        """Return a day in few letters: 9 nov."""
        return dated(self.language, day, "d MMM y" if year else "d MMM").replace(".", "")

    def week_day(self, day: date) -> str:
        """Return a day of these weeks in few letters: lun 9."""
        return format_date(day, "EEE d", locale=self.locale).replace(".", "")

    def weekday(self, day: date) -> str:
        """Return the day of the week: miércoles."""
        return format_date(day, "EEEE", locale=self.locale)

    def month(self, day: date, *, short: bool = False) -> str:
        """Return the month of a day."""
        return dated(self.language, day, "LLL" if short else "LLLL").replace(".", "")

    def month_of(self, day: date) -> str:
        """Return month and year of a day in few letters: dic 2025."""
        return dated(self.language, day, "LLL y").replace(".", "")

    def time(self, instant: datetime, zone: ZoneInfo) -> str:
        """Return the time of day in a zone: 10:40."""
        return format_time(instant, "H:mm", tzinfo=zone, locale=self.locale)

    def moment(self, instant: datetime, zone: ZoneInfo) -> str:
        """Return day and time in a zone."""
        return format_datetime(instant, "d MMM y, H:mm", tzinfo=zone, locale=self.locale).replace(".", "")

    def listed(self, items: list[str]) -> str:
        """Return items as a list in words: a, b y c."""
        from babel.lists import format_list

        return format_list(items, locale=self.locale)


def words_of(language: str | None, fallback: str = "es") -> Words:
    """Return the words of a language, of the fallback when it is not one of ours."""
    return Words(language if language in LANGUAGES else fallback if fallback in LANGUAGES else "es")
