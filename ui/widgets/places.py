"""Countries, their time zones and their paper, from what Qt and the system know."""

from __future__ import annotations

from PySide6.QtCore import QLocale, QTimeZone

LETTER_COUNTRIES = frozenset("BZ CA CL CO CR GT MX NI PA PH PR SV US VE".split())  # noqa: SIM905
"""Where the printer holds US Letter (Unicode CLDR, territory paper sizes)."""


def countries() -> list[tuple[str, str]]:
    """ISO 3166-1 alpha-2 code and English name of every country, by name."""
    found: dict[str, str] = {}
    for territory in QLocale.Country:
        code = QLocale.territoryToCode(territory)
        if len(code) == 2 and code.isalpha() and code not in {"UN", "EU", "EZ"}:
            found[code] = QLocale.territoryToString(territory)
    return sorted(found.items(), key=lambda pair: pair[1].casefold())


def system_country() -> str:
    """The code of the country this computer is set to, or ""."""
    code = QLocale.territoryToCode(QLocale.system().territory())
    return code if len(code) == 2 and code.isalpha() else ""


def system_time_zone() -> str:
    """The IANA name of the time zone this computer is set to."""
    return bytes(QTimeZone.systemTimeZoneId().data()).decode()


def time_zones(country: str) -> list[tuple[str, str]]:
    """IANA names, those of ``country`` first, each with a readable name."""
    own = zones_of(country)
    every = [bytes(name.data()).decode() for name in QTimeZone.availableTimeZoneIds()]
    named = sorted(own) + sorted(name for name in every if "/" in name and name not in own)
    return [(name, name.replace("_", " ")) for name in named if not name.startswith(("Etc/", "SystemV/"))]


def paper_of(country: str) -> str:
    """``A4`` or ``Letter``."""
    return "Letter" if country in LETTER_COUNTRIES else "A4"


def zones_of(country: str) -> frozenset[str]:
    """The IANA names used in ``country``."""
    if not country:
        return frozenset()
    return frozenset(
        bytes(name.data()).decode() for name in QTimeZone.availableTimeZoneIds(QLocale.codeToTerritory(country))
    )
