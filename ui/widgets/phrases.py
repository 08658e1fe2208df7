"""How days, ages and moments are said everywhere: the record's date, the age beside it, how long ago."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from needlelog.clock import local
from needlelog.i18n import Words, record_date, record_time

if TYPE_CHECKING:
    from needlelog.domain.findings import Considered
    from needlelog.domain.papers import Withdrawal


def full_years(born: date, today: date) -> int:
    """Full years on ``today``; born on 29 February counts from 1 March in common years."""
    return today.year - born.year - (0 if (today.month, today.day) >= (born.month, born.day) else 1)


def born_and_age(born: date, today: date) -> str:
    """``12-Mar-1988 (38)``."""
    return f"{record_date(born)} ({full_years(born, today)})"


def days_ago(tr: Words, days: int) -> str:
    """``today``, ``yesterday``, ``34 days ago``; from two years on the years."""
    if days <= 0:
        return tr("today")
    if days == 1:
        return tr("yesterday")
    if days < 730:
        return tr.plural("{count} day ago", "{count} days ago", days)
    return tr.plural("{count} year ago", "{count} years ago", days // 365)


def day_of(moment: datetime, zone: str) -> date:
    """The calendar day of ``moment`` on the wall clock of ``zone``."""
    return local(moment, zone).date()


def moment_text(moment: datetime, zone: str) -> str:
    """``20-Nov-2026 14:22`` on the wall clock of ``zone``."""
    there = local(moment, zone)
    return f"{record_date(there.date())} {record_time(there)}"


def time_text(moment: datetime, zone: str) -> str:
    """``14:22`` on the wall clock of ``zone``."""
    return record_time(local(moment, zone))


def weekday(tr: Words, day: date) -> str:
    """The name of the day of the week."""
    return (
        tr("Monday"),
        tr("Tuesday"),
        tr("Wednesday"),
        tr("Thursday"),
        tr("Friday"),
        tr("Saturday"),
        tr("Sunday"),
    )[day.weekday()]


def span_text(tr: Words, seconds: int) -> str:
    """``under a minute``, ``42 min``, ``3 h 05 min``."""
    minutes = max(0, seconds) // 60
    if minutes < 1:
        return tr("under a minute")
    if minutes < 60:
        return tr("{count} min", count=minutes)
    return tr("{hours} h {minutes:02d} min", hours=minutes // 60, minutes=minutes % 60)


def shortened(text: str, most: int = 40) -> str:
    """``text`` on one line of at most ``most`` characters, for quoting what was typed."""
    line = " ".join(text.split())
    return line if len(line) <= most else line[: most - 1] + "…"


def unbroken(text: str) -> str:
    """``text`` that a wrapped line never breaks: not within a phone number, not even after the hyphen of a date."""
    return text.replace(" ", "\u00a0").replace("-", "-\u2060")


def withdrawn_text(tr: Words, withdrawal: Withdrawal, zone: str) -> str:
    """``Withdrawn 21-Nov-2026 14:02 by Mara Lindqvist, RN: wrong client``; of a wrong tap, that it was one."""
    when = moment_text(withdrawal.at, zone)
    if withdrawal.slip:
        return tr("A wrong tap, taken back {when} by {name}: nothing was given", when=when, name=withdrawal.by)
    return tr("Withdrawn {when} by {name}: {reason}", when=when, reason=withdrawal.reason, name=withdrawal.by)


def considered_text(tr: Words, said: Considered, when: str) -> str:
    """``Considered by Mara Lindqvist, RN, 14:02``."""
    return tr("Considered by {name}, {when}", name=said.by, when=when)
