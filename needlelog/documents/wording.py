"""What may stand in a clinic's own wording of a paper: which texts there are, what they are called and may hold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from needlelog.documents.emphasis import WRITTEN, check_emphasis
from needlelog.documents.placeholders import CLINIC, MEANINGS, Placeholder, check_fields, own_to
from needlelog.documents.sheet_texts import RULES, OwnTexts, SheetTexts
from needlelog.domain.own_texts import TEXT_LIMIT, OwnTextsVersion, SheetKind
from needlelog.domain.text import check_line, check_paragraphs
from needlelog.domain.value import LINE_LIMIT
from needlelog.errors import Fault, FaultCode
from needlelog.i18n import Words
from needlelog.knowledge.contents import title_of
from needlelog.knowledge.model import AftercareRule, PreparationRule

LISTS = ("diary_rows", "summary_lines", "tick_rows", "paragraphs")
"""Texts of several lines, each of which may be left out."""

CAPTIONS: Mapping[str, str] = {
    "title": "Title",
    "main": "Main message",
    "timeline": "Heading of the days",
    "timeline_note": "Note under the days",
    "normal": "Heading of what is normal",
    "call": "Heading of when to call",
    "call_note": "Note under when to call",
    "scan": "Beside the code",
    "treatment": "Heading of what was done",
    "planned": "Heading of what is planned",
    "picture": "Under the drawing",
    "ahead": "Heading of what comes next",
    "until": "Heading of what always holds",
    "diary": "Heading of the list to tick",
    "ticks": "Heading of the list to tick",
    "diary_rows": "Line to tick {place}",
    "tick_rows": "Line to tick {place}",
    "summary": "Heading of the summary",
    "summary_lines": "Line of the summary {place}",
    "paragraphs": "Paragraph {place}",
}
_PARTS = {"text": "{rule} – in full", "brief": "{rule} – in short", "told": "{rule} – under its heading"}
EMPHATIC = frozenset({RULES, "summary_lines", "timeline_note", "call_note"})
"""Texts in which words can be set in bold: headings and the main message are bold, and a signed text is plain."""

ONE_LINE: Mapping[SheetKind, frozenset[str]] = {
    SheetKind.AFTERCARE: frozenset(),
    SheetKind.PREPARATION: frozenset(),
    SheetKind.CONSENT: frozenset({"title"}),
}
"""Texts that are kept as a line of a record, in which nothing is filled in."""


Rule = AftercareRule | PreparationRule


@dataclass(frozen=True, slots=True, eq=False)
class Wording:
    """The shipped texts of one paper in one language, and the rules that stand on it by their ids.

    Each is the same as itself only, so that what was found out about its texts can be remembered with it.
    """

    sheet: SheetKind
    shipped: SheetTexts
    rules: Mapping[str, Rule]

    def rule_of(self, key: str) -> Rule | None:
        """The rule that a text says, or None for one that is the same on every sheet."""
        first, _, rest = key.partition(".")
        return self.rules.get(rest.rpartition(".")[0]) if first == RULES else None

    def part_of(self, key: str) -> str:
        """``text``, ``brief`` or ``told`` of a rule, "" for other texts."""
        return key.rpartition(".")[2] if key.startswith(f"{RULES}.") else ""

    def caption(self, key: str, tr: Words) -> str:
        """What people call a text."""
        rule = self.rule_of(key)
        if rule is not None:
            return tr(_PARTS[self.part_of(key)], rule=title_of(rule, tr))
        name, _, place = key.partition(".")
        return tr(CAPTIONS.get(name, name), place=place)

    def may_be_empty(self, key: str) -> bool:
        """Whether a text may be left out: a rule, its shorter wordings, a line of a list."""
        return key.startswith(f"{RULES}.") or key.partition(".")[0] in LISTS

    def placeholders(self, key: str, tr: Words) -> tuple[Placeholder, ...]:
        """What may stand in braces in a text, its own first."""
        shipped = self.shipped.texts.get(key, "")
        return tuple(Placeholder(name, tr(MEANINGS[name]), f"{{{name}}}" in shipped) for name in self.known(key))

    def known(self, key: str) -> tuple[str, ...]:
        """The names of what may stand in braces in a text."""
        if key in ONE_LINE[self.sheet]:
            return ()
        return (*own_to(self.rule_of(key), self.part_of(key), self.shipped.texts.get(key, "")), *CLINIC)

    def used(self, texts: Mapping[str, str]) -> dict[str, str]:
        """Every text as it would be printed, the clinic's own in the place of the shipped ones."""
        return {**self.shipped.texts, **{key: text for key, text in texts.items() if key in self.shipped.texts}}

    def differing(self, texts: Mapping[str, str]) -> dict[str, str]:
        """What of ``texts`` is not as shipped."""
        return {key: text for key, text in self.used(texts).items() if text != self.shipped.texts[key]}

    def fault(self, key: str, text: str, clinic: Mapping[str, str], tr: Words) -> Fault | None:
        """Why a text cannot be printed, or None where it can; ``clinic`` is what its placeholders stand for."""
        return _fault(self, key, text, tuple(name for name, value in clinic.items() if not value), tr)


# At each key that is typed, one text of a hundred has changed.
@lru_cache(maxsize=4096)
def _fault(wording: Wording, key: str, text: str, nothing: tuple[str, ...], tr: Words) -> Fault | None:
    caption = wording.caption(key, tr)
    if not text.strip():
        return None if wording.may_be_empty(key) else Fault(FaultCode.ENTRY_EMPTY, field=caption)
    try:
        if key in ONE_LINE[wording.sheet]:
            check_line(text, limit=LINE_LIMIT, field=caption)
        check_paragraphs(text, limit=TEXT_LIMIT, field=caption)
        check_fields(text, wording.known(key), caption)
        if WRITTEN in text:
            _check_emphasis(wording, key, text, caption)
    except Fault as fault:
        return fault
    for name in nothing:
        if f"{{{name}}}" in text:
            return Fault(FaultCode.PLACEHOLDER_EMPTY, field=caption, name=f"{{{name}}}")
    if missing := not_printable(text):
        return Fault(FaultCode.WORDING_NOT_PRINTABLE, field=caption, character=missing[0], code=missing[1])
    return None


def _check_emphasis(wording: Wording, key: str, text: str, caption: str) -> None:
    if wording.sheet is SheetKind.CONSENT or key.partition(".")[0] not in EMPHATIC:
        raise Fault(FaultCode.WORDING_EMPHASIS, field=caption)
    check_emphasis(text, caption)


@lru_cache(maxsize=2048)
def not_printable(text: str) -> tuple[str, str] | None:
    """The first character that no font of ours has, with its code, or None; the first call reads the fonts."""
    from needlelog.documents.fonts import check_printable

    try:
        check_printable(text)
    except Fault as fault:
        return str(fault.values["character"]), str(fault.values["code"])
    return None


def own_texts(version: OwnTextsVersion) -> OwnTexts:
    """A kept version as the sheets take it; one that changes nothing is called as the shipped texts are."""
    return OwnTexts(version.texts, version.label if version.texts else "", reviewed=bool(version.reviewed_by))
