"""Clock times on the papers for clients, written as people write them where the clinic is."""

from __future__ import annotations

from datetime import datetime, time

from needlelog.i18n import Words

TWELVE_HOURS = frozenset(
    {"AE", "AU", "BD", "BH", "CA", "CO", "EG", "HK", "IN", "JO", "KW"}
    | {"MX", "MY", "NZ", "OM", "PH", "PK", "PR", "QA", "SA", "SG", "US"}
)
"""Countries whose clocks and papers count to twelve (Unicode CLDR): there 15:33 has to be worked out."""

COUNTED_SO = frozenset({"ar", "en", "es"})
"""The languages that do so there; in the others 15:33 is read as it stands in any country."""


def clock_time(at: datetime, country: str, words: Words) -> str:
    """The time on the clock at ``at``, which is local: ``15:33``, or in the United States ``3:33 pm``.

    Noon is named: nobody is sure of 12:00 am and 12:00 pm.
    """
    if country not in TWELVE_HOURS or words.language not in COUNTED_SO:
        return f"{at:%H:%M}"
    if at.time() == time(12):
        return words("12:00\u00a0noon")
    hour, minute = (at.hour - 1) % 12 + 1, f"{at:%M}"
    if at.hour < time(12).hour:
        return words("{hour}:{minute}\u00a0am", hour=hour, minute=minute)
    return words("{hour}:{minute}\u00a0pm", hour=hour, minute=minute)
