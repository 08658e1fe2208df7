"""Barcodes of packs: what a scanner types, read as GS1 has it.

A scanner that works as a keyboard types the plain content of the code. Depending on how it is set up that begins
with a symbology identifier (``]d2``), has the separator between fields or has lost it, or is the line in brackets
that is printed below the bars. Identifiers and patterns come from biip; what a date means is decided here, because
the century depends on a clock that is handed in.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from needlelog.domain.pack_code import PackCode
from needlelog.errors import Fault, FaultCode

LIMIT = 300
"""Characters; the codes of packs hold a third of this at most."""

SEPARATOR = "\x1d"
GTIN, LOT, MADE, EXPIRY, SERIAL = "01", "10", "11", "17", "21"

# What scanners put in place of the separator when a keyboard cannot type it. None may occur within a GS1 field.
_SEPARATORS = re.compile(r"<GS>|\{GS\}|\[GS\]|<FNC1>|\{FNC1\}|\[FNC1\]|[\u241d|~^]", re.IGNORECASE)
_FRAME = "\x02\x03\x04\r\n\t\ufeff \x1d"
_SYMBOLOGY = re.compile(r"\](?P<kind>[A-Za-z][0-9A-Za-z])")
_GS1_SYMBOLS = {"d2", "C1", "Q3", "e0", "J1"}
_LINK = re.compile(r"(?:[a-z][a-z0-9+.-]*://|www\.)", re.IGNORECASE)
_BRACKETED = re.compile(r"\((\d{2,4})\)")
_GTIN_LENGTHS = (8, 12, 13, 14)
_DATES = (MADE, EXPIRY)
_HIDDEN_DATE = re.compile(r".(?:11|13|15|17)(\d{6})$")
_HIDDEN_SERIAL = re.compile(r".{4,}21.{4,}$")


@dataclass(frozen=True, slots=True)
class _Field:
    ai: str
    value: str
    closed: bool
    """Whether its end is certain: of fixed length, in brackets, or followed by a separator."""


class _UnreadableError(Exception):
    """Where reading the fields came to an end, with what was read before."""

    def __init__(self, found: list[_Field], rest: str) -> None:
        super().__init__()
        self.found = found
        self.rest = rest


def read_code(text: str, today: date) -> PackCode:
    """What the code says on ``today``.

    Raises ``Fault`` (ENTRY_EMPTY, SCAN_TOO_LONG, SCAN_IS_LINK, SCAN_OTHER_SYSTEM, SCAN_CHECK_DIGIT, SCAN_CUT_OFF,
    SCAN_DATE_WRONG, SCAN_UNKNOWN) for what is no code of a pack or cannot be relied on.
    """
    raw = text.strip(_FRAME)
    if not raw:
        raise Fault(FaultCode.ENTRY_EMPTY)
    if len(raw) > LIMIT:
        raise Fault(FaultCode.SCAN_TOO_LONG, limit=LIMIT, length=len(raw))
    prefix = _SYMBOLOGY.match(raw)
    symbol = prefix["kind"] if prefix else ""
    content = raw[prefix.end() if prefix else 0 :].strip(_FRAME)
    if _LINK.match(content):
        return _made(raw, list(_of_link(content)), today)
    if content[:1] in ("+", "="):
        raise Fault(FaultCode.SCAN_OTHER_SYSTEM)
    if content.startswith("("):
        return _made(raw, list(_of_brackets(content)), today)
    content = _SEPARATORS.sub(SEPARATOR, content).strip(_FRAME)
    if symbol not in _GS1_SYMBOLS and content.isdecimal() and content.isascii() and len(content) in _GTIN_LENGTHS:
        dated = len(content) == 8 and content[:2] in _DATES and not _check_digit_holds(content)
        if not dated:
            return _made(raw, [_Field(GTIN, content, closed=True)], today)
    if symbol not in _GS1_SYMBOLS and content[:2] not in (GTIN, *_DATES):
        raise Fault(FaultCode.SCAN_UNKNOWN)
    return _made(raw, _of_message(content), today)


def looks_scanned(text: str) -> bool:
    """Whether a line typed where a lot belongs is the content of a whole code and not the lot alone."""
    line = text.strip(_FRAME)
    if _SYMBOLOGY.match(line) or line.startswith(f"({GTIN})") or _LINK.match(line):
        return True
    return line.startswith(GTIN) and line[2:16].isdecimal() and len(line) >= 16 and _check_digit_holds(line[2:16])


def may_be_scan(text: str) -> bool:
    """Whether a line that came as fast as a scanner types is a code of any kind and no words."""
    line = text.strip(_FRAME)
    if looks_scanned(line) or (line.startswith(GTIN) and line[2:16].isdecimal() and len(line) >= 16):
        return True
    if line[:1] in ("+", "="):
        return len(line) >= 8 and " " not in line
    return line.isdecimal() and len(line) >= min(_GTIN_LENGTHS)


def gtin_of(text: str) -> str:
    """The product number in ``text`` as 14 digits; raises ``Fault`` (SCAN_UNKNOWN, SCAN_CHECK_DIGIT)."""
    digits = "".join(text.split())
    if not (digits.isascii() and digits.isdecimal() and len(digits) in _GTIN_LENGTHS):
        raise Fault(FaultCode.SCAN_UNKNOWN)
    if not _check_digit_holds(digits):
        raise Fault(FaultCode.SCAN_CHECK_DIGIT)
    return digits.zfill(14)


# fields


def _of_message(content: str) -> list[_Field]:
    """The fields of a code without brackets."""
    try:
        return list(_extracted(content))
    except _UnreadableError as stopped:
        return _as_far_as_told(stopped)


def _extracted(content: str) -> Iterator[_Field]:
    from biip import ParseConfig, ParseError
    from biip.gs1_element_strings import GS1ElementString

    config = ParseConfig(gs1_element_strings_verify_date=False)
    found: list[_Field] = []
    rest = content
    while rest := rest.lstrip(SEPARATOR):
        try:
            element = GS1ElementString.extract(rest, config=config)
        except ParseError as error:
            raise _UnreadableError(found, rest) from error
        after = rest[len(element) :]
        closed = not element.ai.separator_required or after.startswith(SEPARATOR)
        if not element.value:
            raise _UnreadableError(found, rest)
        found.append(_Field(element.ai.ai, element.value, closed))
        yield found[-1]
        rest = after


def _as_far_as_told(stopped: _UnreadableError) -> list[_Field]:
    """What can be kept of a code that ends in something unreadable; raises ``Fault`` where that is too little."""
    found, ai, value = stopped.found, stopped.rest[:2], stopped.rest[2:]
    first_open = next((place for place, field in enumerate(found) if not field.closed), None)
    if first_open is not None:
        # A field of open length took up all it may, and what follows it makes no sense: its end got lost.
        return [*found[:first_open], _Field(found[first_open].ai, "", closed=False)]
    if ai in _DATES and len(value.split(SEPARATOR)[0]) >= 6 and value[:6].isdecimal():
        raise Fault(FaultCode.SCAN_DATE_WRONG, written=value[:6])
    if found or ai in (GTIN, *_DATES):
        raise Fault(FaultCode.SCAN_CUT_OFF)
    raise Fault(FaultCode.SCAN_UNKNOWN)


def _of_brackets(content: str) -> Iterator[_Field]:
    """The fields of the line printed below the bars; values in it need no separators."""
    _, *parts = _BRACKETED.split(content)
    if not parts:
        raise Fault(FaultCode.SCAN_UNKNOWN)
    for ai, written in zip(parts[::2], parts[1::2], strict=True):
        value = written.strip(_FRAME)
        if ai in (GTIN, *_DATES):
            value = "".join(value.split())
        if not value:
            raise Fault(FaultCode.SCAN_CUT_OFF)
        if ai == GTIN and not (value.isascii() and value.isdecimal() and len(value) == 14):
            raise Fault(FaultCode.SCAN_CUT_OFF if value.isdecimal() else FaultCode.SCAN_UNKNOWN)
        if ai in _DATES and not (value.isascii() and value.isdecimal() and len(value) == 6):
            raise Fault(FaultCode.SCAN_CUT_OFF)
        yield _Field(ai, value, closed=True)


def _of_link(content: str) -> Iterator[_Field]:
    """The fields of a GS1 Digital Link; any other address is no code of a pack."""
    from biip import ParseConfig, ParseError
    from biip.gs1_digital_link_uris import GS1DigitalLinkURI

    try:
        link = GS1DigitalLinkURI.parse(content, config=ParseConfig(gs1_element_strings_verify_date=False))
    except (ParseError, ValueError) as error:
        raise Fault(FaultCode.SCAN_IS_LINK) from error
    for element in link.element_strings:
        yield _Field(element.ai.ai, element.value, closed=True)


# meaning


def _made(raw: str, fields: list[_Field], today: date) -> PackCode:
    values: dict[str, _Field] = {}
    for field in fields:
        values.setdefault(field.ai, field)
    if not values.keys() & {GTIN, LOT, SERIAL, EXPIRY, MADE}:
        raise Fault(FaultCode.SCAN_UNKNOWN)
    expires_on, made_on = (_day(values[ai].value, today) if ai in values else None for ai in (EXPIRY, MADE))
    lot, serial = (values[ai].value if ai in values else "" for ai in (LOT, SERIAL))
    notes = []
    if any(_end_unsure(field, last=field is fields[-1]) for field in fields):
        notes.append(FaultCode.SCAN_LOT_UNSURE)
    elif not lot and not serial:
        notes.append(FaultCode.SCAN_WITHOUT_LOT)
    if made_on is not None and made_on > today:
        notes.append(FaultCode.SCAN_MADE_IN_FUTURE)
    return PackCode(
        raw=raw,
        gtin=gtin_of(values[GTIN].value) if GTIN in values else "",
        lot=lot,
        serial=serial,
        expires_on=expires_on,
        made_on=made_on,
        notes=tuple(notes),
    )


def _end_unsure(field: _Field, *, last: bool) -> bool:
    """Whether another field may hide at the end of this one, because no separator says where it ends."""
    if field.closed:
        return False
    hidden = _HIDDEN_DATE.search(field.value)
    return (
        not last
        or not field.value
        or bool(hidden and _is_day(hidden[1]))
        or bool(_HIDDEN_SERIAL.fullmatch(field.value))
    )


def _is_day(written: str) -> bool:
    try:
        date(2000 + int(written[:2]), int(written[2:4]), int(written[4:]) or 1)
    except ValueError:
        return False
    return True


def _day(written: str, today: date) -> date | None:
    """The day of ``YYMMDD``: day 00 is the month's last (GS1 General Specifications 3.4), nothing but noughts none.

    Raises ``Fault(SCAN_DATE_WRONG)`` for a day that does not exist.
    """
    year, month, day = int(written[:2]), int(written[2:4]), int(written[4:6])
    if not (year or month or day):
        return None
    year += _century(year, today)
    try:
        return date(year, month, day or monthrange(year, month)[1])
    except ValueError as error:
        raise Fault(FaultCode.SCAN_DATE_WRONG, written=written) from error


def _century(year: int, today: date) -> int:
    """The century of a year of two digits: up to 49 years back, 50 ahead (GS1 General Specifications 7.12)."""
    this_century = today.year - today.year % 100
    ahead = year - today.year % 100
    if ahead >= 51:
        return this_century - 100
    return this_century + 100 if ahead <= -50 else this_century


def _check_digit_holds(digits: str) -> bool:
    from biip.checksums import gs1_standard_check_digit

    return int(digits[-1]) == gs1_standard_check_digit(digits[:-1])
