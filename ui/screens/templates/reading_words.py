"""How plainly a text speaks, told with what it should keep to: in words, so that no colour is needed."""

from __future__ import annotations

from needlelog.documents.reading_grade import Reading
from needlelog.i18n import Words


def reading_told(reading: Reading, tr: Words) -> str:
    """A verdict, then the index of the language, the mean and the longest sentence, each with its limit.

    "" where there is nothing to read.
    """
    if not reading.counted.words:
        return ""
    verdict = tr("Plain to read") if reading.easy else tr("Hard to read, shorten words and sentences")
    told = "; ".join(part for part in (_index(reading, tr), _sentences(reading, tr)) if part)
    return tr("{verdict}: {told}.", verdict=verdict, told=told)


def _index(reading: Reading, tr: Words) -> str:
    measure, value = reading.measure, reading.grade
    if measure is None or value is None:
        return ""
    values = {
        "measure": tr("reading grade") if reading.language == "en" else measure.name.partition(" (")[0],
        "value": f"{max(value, 0.0):.1f}",
        "limit": f"{measure.limit:g}",
    }
    if measure.higher_is_easier:
        return tr("{measure} {value} (at least {limit})", **values)
    return tr("{measure} {value} (at most {limit})", **values)


def _sentences(reading: Reading, tr: Words) -> str:
    mean, longest = reading.limits
    values = {"mean": f"{reading.mean:.0f}", "most": mean, "longest": reading.longest, "limit": longest}
    if reading.language == "zh":
        return tr("{mean} signs a sentence (at most {most}), the longest {longest} (at most {limit})", **values)
    return tr("{mean} words a sentence (at most {most}), the longest {longest} (at most {limit})", **values)
