"""From what a person types to a value: numbers, dates, phones, in any script and with either decimal mark."""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from datetime import date, time
from decimal import Decimal, InvalidOperation

from needlelog.domain.partial_date import PartialDate, Precision
from needlelog.domain.text import EMAIL_LIMIT, check_line, check_paragraphs, check_reason, fold
from needlelog.domain.unseen import without_unseen
from needlelog.errors import Fault, FaultCode

EARLIEST_BIRTH_YEAR = 1900
EARLIEST_EXPIRY_YEAR = 2000
_PACKS_LAST_YEARS = 30
_CLOCK = re.compile(r"(?P<hour>\d{1,2}?)(?:[:.h\s]?\s*(?P<minute>\d{2}|(?<=[:.h\s])\d))?\s*(?:(?P<half>[ap])\.?m\.?)?")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_FULL_MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_YEAR_ALONE = re.compile(r"(\d{4})")
_YEAR_OF_PACK = re.compile(r"20\d\d")
_CODED_MONTH = re.compile(r"(?P<year>\d\d)(?P<month>0[1-9]|1[0-2])00")
"""Six digits as in a pack's code, year first, with no day."""

_MONTH_AND_YEAR = re.compile(r"(?P<month>\d{1,2}|[a-z]{3,9}\.?)[\s./\u2013-]+(?P<year>\d{4})")
_YEAR_AND_MONTH = re.compile(r"(?P<year>\d{4})[\s./\u2013-]+(?P<month>\d{1,2}|[a-z]{3,9}\.?)")
_DECIMAL_MARKS = str.maketrans({",": ".", "\u066b": ".", "\u00b7": ".", "\uff0c": ".", "\uff0e": "."})
_LIKE_BLANKS = frozenset("\u115f\u1160\u2800\u3164\uffa0")
"""Letters without ink: they take room like a blank and make two names look alike."""

_TAGS = frozenset(map(chr, range(0xE0000, 0xE0080)))
_AROUND_NUMBERS = " \t\u200e\u200f\u202a\u202c\u2066\u2068\u2069"
"""Marks that address books put around a number, which reads the same without them."""

_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)")
_MAYBE_THOUSANDS = re.compile(r"[+-]?[1-9]\d{0,2}\.\d{3}")
"""``1,000``: a thousand to some, one to others."""


def western_digits(text: str) -> str:
    """``text`` with the digits of every script turned into 0-9."""
    return "".join(
        str(digit) if (digit := unicodedata.decimal(character, None)) is not None else character for character in text
    )


def parse_line(text: str, *, field: str, limit: int, required: bool = False) -> str:
    """One checked line without what pasting brings along unseen, see ``without_unseen``.

    Raises ``Fault`` for control characters, too great a length, or emptiness if required.
    """
    line = check_line(without_unseen(text), limit=limit, field=field)
    if required and not line:
        raise Fault(FaultCode.ENTRY_EMPTY, field=field)
    for character in line:
        if character in _LIKE_BLANKS or character in _TAGS:
            raise Fault(FaultCode.ENTRY_CONTROL_CHARACTER, field=field, character=f"U+{ord(character):04X}")
    return line


def parse_paragraphs(text: str, *, field: str, limit: int, required: bool = False) -> str:
    """Checked text of several lines; faults as ``parse_line``."""
    paragraphs = check_paragraphs(text, limit=limit, field=field)
    if required and not paragraphs:
        raise Fault(FaultCode.ENTRY_EMPTY, field=field)
    return paragraphs


def parse_reason(text: str, *, field: str, limit: int) -> str:
    """A written reason of several lines, never empty nor too short to say anything; faults as ``parse_paragraphs``."""
    return check_reason(parse_paragraphs(text, field=field, limit=limit, required=True))


def parse_decimal(
    text: str,
    *,
    field: str,
    minimum: Decimal,
    maximum: Decimal,
    places: int,
    unit: str = "",
) -> Decimal:
    """The number in ``text``; ``.`` and ``,`` both mark decimals, so ``0,5``, ``0.5`` and ``.5`` are one number.

    Raises ``Fault`` for what is no number, lies outside the limits or has too many places; never rounds.
    """
    typed = western_digits(text).strip().replace("\u2212", "-").translate(_DECIMAL_MARKS)
    if not typed:
        raise Fault(FaultCode.ENTRY_EMPTY, field=field)
    if not _NUMBER.fullmatch(typed):
        raise Fault(FaultCode.ENTRY_NOT_A_NUMBER, field=field)
    try:
        number = Decimal(typed)
    except InvalidOperation as error:
        raise Fault(FaultCode.ENTRY_NOT_A_NUMBER, field=field) from error
    if number < minimum:
        raise Fault(FaultCode.ENTRY_TOO_SMALL, field=field, limit=minimum, unit=unit)
    if number > maximum:
        raise Fault(FaultCode.ENTRY_TOO_LARGE, field=field, limit=maximum, unit=unit)
    if places < 3 and _MAYBE_THOUSANDS.fullmatch(typed) and minimum <= number * 1000 <= maximum:
        raise Fault(FaultCode.ENTRY_TWO_WAYS, field=field)
    exponent = number.normalize().as_tuple().exponent
    if isinstance(exponent, int) and -exponent > places:
        raise Fault(FaultCode.ENTRY_TOO_FINE, field=field, places=places)
    exact = number.quantize(Decimal(1).scaleb(-places))
    return exact or exact.copy_abs()  # a typed -0 is 0, also on paper


def _year(digits: str, today: date) -> int:
    year = int(digits)
    if len(digits) > 2:
        return year
    century = today.year - today.year % 100
    return century + year if century + year <= today.year else century - 100 + year


def _date_parts(text: str, today: date) -> tuple[int, int, int] | None:
    """Year, month, day as typed; numbers alone are read day first, or year first when the first has four digits."""
    words = re.findall(r"[^\W\d_]+|\d+", western_digits(fold(text)))
    if len(words) == 1 and words[0].isdecimal() and len(words[0]) in (6, 8):
        digits = words[0]
        if len(digits) == 8 and 1800 < int(digits[:4]) < 2200 and int(digits[4:6]) <= 12:
            return int(digits[:4]), int(digits[4:6]), int(digits[6:])
        return _year(digits[4:], today), int(digits[2:4]), int(digits[:2])
    named = [index for index, word in enumerate(words) if word[:3] in _MONTHS]
    if len(words) != 3 or not all(word.isdecimal() or index in named for index, word in enumerate(words)):
        return None
    if len(named) > 1:
        return None
    if named:
        month = _MONTHS.index(words[named[0]][:3]) + 1
        first, second = (word for index, word in enumerate(words) if index != named[0])
        year, day = (first, second) if len(first) == 4 else (second, first)
        return _year(year, today), month, int(day)
    if len(words[0]) == 4:
        return int(words[0]), int(words[1]), int(words[2])
    return _year(words[2], today), int(words[1]), int(words[0])


def parse_date(
    text: str,
    *,
    field: str,
    today: date,
    earliest: date = date(EARLIEST_BIRTH_YEAR, 1, 1),
    future: bool = False,
) -> date:
    """The day in ``text``: ``12 3 1988``, ``12/03/88``, ``120388``, ``1988-03-12``, ``12-Mar-1988``; day before month.

    Raises ``Fault`` for what is no date, does not exist, or lies before ``earliest`` or, unless ``future``, after
    ``today``. The screen shows the day back with the month as a word before it is accepted.
    """
    if not text.strip():
        raise Fault(FaultCode.ENTRY_EMPTY, field=field)
    if len(text) > 40 or (parts := _date_parts(text, today)) is None:
        raise Fault(FaultCode.ENTRY_NOT_A_DATE, field=field)
    try:
        day = date(*parts)
    except (ValueError, OverflowError) as error:
        raise Fault(FaultCode.ENTRY_DATE_DOES_NOT_EXIST, field=field) from error
    if day < earliest:
        raise Fault(FaultCode.ENTRY_DATE_TOO_EARLY, field=field, limit=earliest)
    if day > today and not future:
        raise Fault(FaultCode.ENTRY_DATE_IN_FUTURE, field=field)
    return day


def _named_month(word: str) -> int | None:
    """The month of ``mar``, ``sept`` or ``march``; nothing for a word that only begins alike, as ``maybe`` does."""
    found = (place for place, name in enumerate(_FULL_MONTHS, start=1) if len(word) > 2 and name.startswith(word))
    return next(found, None)


def _month_or_year(text: str, field: str) -> PartialDate | None:
    """The month or year that is all of ``text``, with the four digits of its year; None where it is neither."""
    typed = western_digits(fold(text))
    if _YEAR_ALONE.fullmatch(typed):
        year, month, precision = int(typed), 1, Precision.YEAR
    elif parts := _MONTH_AND_YEAR.fullmatch(typed) or _YEAR_AND_MONTH.fullmatch(typed):
        word = parts["month"].rstrip(".")
        number = int(word) if word.isdecimal() else _named_month(word)
        if number is None:
            return None
        if not 1 <= number <= 12:
            raise Fault(FaultCode.ENTRY_MONTH_DOES_NOT_EXIST, field=field)
        year, month, precision = int(parts["year"]), number, Precision.MONTH
    else:
        return None
    if not year:
        raise Fault(FaultCode.ENTRY_DATE_DOES_NOT_EXIST, field=field)
    return PartialDate(date(year, month, 1), precision)


def parse_partial_date(text: str, *, field: str, today: date, future: bool = False) -> PartialDate:
    """What is known of a date: a day in any form of ``parse_date``, ``03/2020``, ``Mar 2020``, ``2020-03`` or ``2020``.

    Raises ``Fault`` as ``parse_date``; a month or year is in the future when its first day is. Two digits are no year
    here, as ``03/20`` may be a day as well as a month.
    """
    if not text.strip():
        raise Fault(FaultCode.ENTRY_EMPTY, field=field)
    found = _month_or_year(text, field) if len(text) <= 40 else None
    if found is None:
        try:
            return PartialDate(parse_date(text, field=field, today=today, future=future))
        except Fault as fault:
            if fault.code is FaultCode.ENTRY_NOT_A_DATE:
                raise Fault(FaultCode.ENTRY_NOT_A_DAY_MONTH_OR_YEAR, field=field) from fault
            raise
    earliest = date(EARLIEST_BIRTH_YEAR, 1, 1)
    if found.first_day < earliest:
        raise Fault(FaultCode.ENTRY_DATE_TOO_EARLY, field=field, limit=earliest)
    if found.first_day > today and not future:
        raise Fault(FaultCode.ENTRY_DATE_IN_FUTURE, field=field)
    return found


def _month_parts(text: str) -> tuple[int, int] | None:
    """Year and month of ``06/2027``, ``6 27``, ``2027-06``, ``Jun 2027``, ``0627`` or ``062027``."""
    words = re.findall(r"[^\W\d_]+|\d+", western_digits(fold(text)))
    if len(words) == 1 and words[0].isdecimal() and len(words[0]) in (4, 6):
        digits = words[0]
        words = [digits[:4], digits[4:]] if digits.startswith("20") and len(digits) == 6 else [digits[:2], digits[2:]]
    if len(words) != 2:
        return None
    first, second = words
    if first.isdecimal() and len(first) == 4:
        first, second = second, first
    if not second.isdecimal() or len(second) not in (2, 4):
        return None
    year = int(second) if len(second) == 4 else 2000 + int(second)
    if first.isdecimal():
        return year, int(first)
    return (year, _MONTHS.index(first[:3]) + 1) if first[:3] in _MONTHS else None


def parse_expiry(text: str, *, field: str, today: date) -> date:
    """The last good day printed on a pack: a day in any form of ``parse_date``, or a month, which means its last day.

    Two digits of a year are this century. Raises ``Fault`` as ``parse_date``, and for a year that no pack can bear.
    """
    if not text.strip():
        raise Fault(FaultCode.ENTRY_EMPTY, field=field)
    if len(text) > 40:
        raise Fault(FaultCode.ENTRY_NOT_A_DATE, field=field)
    ahead = date(today.year + _PACKS_LAST_YEARS, 12, 31)
    whole = _month_of_day_none(text, ahead)
    day = None if whole else _existing(_date_parts(text, ahead))
    if day is None and (month := whole or _month_parts(text)) is not None:
        year, number = month
        if 1 <= number <= 12 and 1 <= year <= 9999:
            day = date(year, number, monthrange(year, number)[1])
    if day is None and _YEAR_OF_PACK.fullmatch(western_digits(fold(text))):
        raise Fault(FaultCode.ENTRY_MONTH_MISSING, field=field)
    if day is None:
        typed = _date_parts(text, ahead) or _month_parts(text)
        code = FaultCode.ENTRY_DATE_DOES_NOT_EXIST if typed else FaultCode.ENTRY_NOT_A_DATE
        raise Fault(code, field=field)
    if day.year < EARLIEST_EXPIRY_YEAR:
        raise Fault(FaultCode.ENTRY_DATE_TOO_EARLY, field=field, limit=EARLIEST_EXPIRY_YEAR)
    if day > ahead:
        raise Fault(FaultCode.ENTRY_DATE_TOO_FAR, field=field)
    return day


def _month_of_day_none(text: str, ahead: date) -> tuple[int, int] | None:
    """Year and month of a date whose day is 00, which on a pack means the whole month: ``270600``, ``00.06.2027``."""
    digits = western_digits(fold(text))
    if short := _CODED_MONTH.fullmatch(digits):
        return 2000 + int(short["year"]), int(short["month"])
    parts = _date_parts(text, ahead)
    return (parts[0], parts[1]) if parts and parts[2] == 0 else None


def _existing(parts: tuple[int, int, int] | None) -> date | None:
    try:
        return date(*parts) if parts else None
    except (ValueError, OverflowError):
        return None


def parse_clock_time(text: str, *, field: str) -> time:
    """Hours and minutes as ``14:05``, ``14.05``, ``1405``, ``9 5`` or ``2:05 pm``; raises ``Fault``."""
    typed = western_digits(fold(text))
    if not typed:
        raise Fault(FaultCode.ENTRY_EMPTY, field=field)
    found = _CLOCK.fullmatch(typed)
    if found is None:
        raise Fault(FaultCode.ENTRY_NOT_A_TIME, field=field)
    hour, minute, half = int(found["hour"]), int(found["minute"] or 0), found["half"]
    if half and not 1 <= hour <= 12:
        raise Fault(FaultCode.ENTRY_NOT_A_TIME, field=field)
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    if hour > 23 or minute > 59:
        raise Fault(FaultCode.ENTRY_NOT_A_TIME, field=field)
    return time(hour, minute)


def parse_phone(text: str, *, field: str) -> str:
    """A phone number as typed, checked for its characters; empty is allowed."""
    bare = without_unseen(western_digits(text)).strip(_AROUND_NUMBERS)
    line = check_line(bare, limit=40, field=field)
    if line and not re.fullmatch(r"[+()\d\s./-]*\d[+()\d\s./-]*((ext\.?|x|#)\s*\d+)?", line, re.IGNORECASE):
        raise Fault(FaultCode.ENTRY_NOT_A_PHONE, field=field)
    return line


def parse_email(text: str, *, field: str) -> str:
    """An e-mail address as typed, checked for one ``@`` between two parts; empty is allowed."""
    line = check_line(without_unseen(text), limit=EMAIL_LIMIT, field=field)
    if line and not re.fullmatch(r"[^@\s]+@[^@\s]+", line):
        raise Fault(FaultCode.ENTRY_NOT_AN_EMAIL, field=field)
    return line


def phone_digits(text: str) -> str:
    """Only the digits, for finding a client by phone."""
    return "".join(character for character in western_digits(text) if character.isdecimal())
