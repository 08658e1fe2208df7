"""What the texts of a paper are called, and in which order they stand on it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from needlelog.domain.own_texts import SheetKind
from needlelog.i18n import Words
from needlelog.knowledge.contents import title_of
from needlelog.knowledge.model import AftercareRule, Knowledge, PreparationRule

RULES = "rules"
TITLE_LIMIT = 60


@dataclass(frozen=True, slots=True)
class TextLine:
    """One line of the list: what it is called, the keys of the texts that are edited with it, and how to leave it out.

    ``out`` is the key that is empty where the line is left out; "" for a line that the paper cannot be without.
    """

    key: str
    name: str
    keys: tuple[str, ...]
    out: str = ""
    rule: str = ""
    """The place of its rule in the reference data, ``aftercare:no-make-up``."""


@dataclass(frozen=True, slots=True)
class Group:
    """Lines that stand together on the paper, under the name of their place."""

    name: str
    lines: tuple[TextLine, ...]


@dataclass(frozen=True, slots=True)
class _Part:
    """One place of a paper: its own texts, then the rules of these kinds, then what stands at its foot."""

    name: str
    keys: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    after: tuple[str, ...] = ()


def groups(sheet: SheetKind, texts: Mapping[str, str], knowledge: Knowledge, tr: Words) -> tuple[Group, ...]:
    """Every text of ``texts`` once, in the order of the paper; what has no place of its own comes last."""
    if sheet is SheetKind.CONSENT:
        return _of_consent(texts, tr)
    parts = _aftercare(tr) if sheet is SheetKind.AFTERCARE else _preparation(tr)
    rules = _rules(sheet, texts, knowledge, tr)
    names = _names(tr)
    found, placed = [], set()
    for part in parts:
        lines = [
            *_plain(part.keys, texts, names, tr),
            *(line for kind in part.kinds for line in rules.get(kind, ())),
            *_plain(part.after, texts, names, tr),
        ]
        placed |= {key for line in lines for key in line.keys}
        if lines:
            found.append(Group(part.name, tuple(lines)))
    left = [key for key in texts if key not in placed and not key.startswith(f"{RULES}.")]
    if left:
        found.append(Group(tr("Elsewhere"), tuple(TextLine(key, names.get(key, key), (key,)) for key in left)))
    return tuple(found)


def _aftercare(tr: Words) -> tuple[_Part, ...]:
    return (
        _Part(tr("At the top"), ("title", "main")),
        _Part(tr("The days"), ("timeline", "timeline_note")),
        _Part(tr("What to leave"), kinds=("avoid",)),
        _Part(tr("What to do"), kinds=("do",)),
        _Part(tr("What is normal"), ("normal",), ("normal",)),
        _Part(tr("Call us"), ("call",), ("call",), ("scan",)),
        _Part(tr("What we did"), ("treatment", "picture")),
        _Part(tr("What comes next"), ("ahead",), ("results",)),
        _Part(tr("Tick list"), ("diary", "diary_rows")),
        _Part(tr("In short"), ("summary", "summary_lines")),
    )


def _preparation(tr: Words) -> tuple[_Part, ...]:
    return (
        _Part(tr("At the top"), ("title", "main")),
        _Part(tr("The days"), ("timeline", "timeline_note", "until")),
        _Part(tr("What to ask first"), kinds=("ask",)),
        _Part(tr("What to leave"), kinds=("leave",)),
        _Part(tr("What to do"), kinds=("do",)),
        _Part(tr("What is planned"), ("planned", "picture")),
        _Part(tr("Call us"), ("call",), ("call",), ("call_note", "scan")),
        _Part(tr("Tick list"), ("ticks", "tick_rows")),
        _Part(tr("In short"), ("summary_lines",)),
    )


def _names(tr: Words) -> dict[str, str]:
    return {
        "title": tr("Title of the paper"),
        "main": tr("Main message in the box"),
        "timeline": tr("Heading of the days"),
        "timeline_note": tr("Beside the heading of the days"),
        "until": tr("Heading of what holds every day"),
        "normal": tr("Heading of what is normal"),
        "call": tr("Heading of the box with the phone"),
        "call_note": tr("Note on calling"),
        "scan": tr("Beside the QR code"),
        "treatment": tr("Heading of what was done"),
        "planned": tr("Heading of what is planned"),
        "picture": tr("Below the drawing"),
        "ahead": tr("Heading of what comes next"),
        "diary": tr("Heading of the tick list"),
        "diary_rows": tr("Line to tick"),
        "ticks": tr("Heading of the tick list"),
        "tick_rows": tr("Line to tick"),
        "summary": tr("Heading of the summary"),
        "summary_lines": tr("Line of the summary"),
    }


def _plain(keys: tuple[str, ...], texts: Mapping[str, str], names: Mapping[str, str], tr: Words) -> Iterator[TextLine]:
    for key in keys:
        if key in texts:
            yield TextLine(key, names[key], (key,))
        listed = [one for one in texts if one.startswith(f"{key}.")]
        for number, one in enumerate(listed, start=1):
            numbered = tr("{name} {number}", name=names[key], number=number) if len(listed) > 1 else names[key]
            yield TextLine(one, numbered, (one,), out=one)


def _rules(sheet: SheetKind, texts: Mapping[str, str], knowledge: Knowledge, tr: Words) -> dict[str, list[TextLine]]:
    table = "aftercare" if sheet is SheetKind.AFTERCARE else "preparing"
    found: dict[str, list[TextLine]] = {}
    entries: list[AftercareRule | PreparationRule] = [*knowledge.tables()[table].values()]  # type: ignore[list-item]
    for entry in sorted(entries, key=lambda one: (one.order, one.id)):
        keys = printed_keys(sheet, entry, texts)
        if keys:
            out = f"{RULES}.{entry.id}.text"
            line = TextLine(f"{RULES}.{entry.id}", title_of(entry, tr), keys, out, f"{table}:{entry.id}")
            found.setdefault(entry.kind, []).append(line)
    return found


def printed_keys(sheet: SheetKind, entry: AftercareRule | PreparationRule, texts: Mapping[str, str]) -> tuple[str, ...]:
    """The texts of a rule that a client gets to read: that under a heading which says until when, not the whole one."""
    start = f"{RULES}.{entry.id}"
    parts: tuple[str, ...]
    if sheet is SheetKind.PREPARATION:
        parts = ("told", "brief") if f"{start}.told" in texts else ("text", "brief")
    else:
        whole = entry.kind == "results" or f"{start}.brief" not in texts
        parts = ("text" if whole else "brief",)
    return tuple(f"{start}.{part}" for part in parts if f"{start}.{part}" in texts)


def _of_consent(texts: Mapping[str, str], tr: Words) -> tuple[Group, ...]:
    head = tuple(TextLine(key, tr("Title of the paper"), (key,)) for key in texts if key == "title")
    rest = tuple(
        TextLine(key, shortened(text), (key,), out=key if "." in key else "")
        for key, text in texts.items()
        if key != "title"
    )
    return tuple(Group(name, lines) for name, lines in ((tr("At the top"), head), (tr("Paragraphs"), rest)) if lines)


def shortened(text: str) -> str:
    """The first sentence of a paragraph, or its beginning: paragraphs of the consent begin with what they are about."""
    first = text.partition(". ")[0].strip()
    if len(first) <= TITLE_LIMIT:
        return first
    return text[: TITLE_LIMIT - 1].rsplit(" ", 1)[0] + " …"


def listed(names: Iterable[str]) -> str:
    """Names of lines within a sentence: those of rules are sentences themselves."""
    return "; ".join(name.rstrip(".") for name in names)
