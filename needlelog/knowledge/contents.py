"""The reference data as a book: its chapters, what each entry is called, and where a word is found."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from needlelog.domain.text import fold
from needlelog.i18n import Words
from needlelog.knowledge.model import (
    AftercareRule,
    Entry,
    FoundingFact,
    Guidance,
    Knowledge,
    PreparationRule,
    ProductEntry,
)

TITLE_KEYS = ("name", "title", "topic", "question", "text", "statement")
"""Where an entry's own name stands, the first that it has."""

TITLE_LIMIT = 90


@dataclass(frozen=True, slots=True)
class Chapter:
    """Entries that are looked for together."""

    id: str
    name: str
    tables: tuple[str, ...]
    holds: Callable[[str, Entry], bool] = lambda _table, _entry: True


def _numbs(table: str, entry: Entry) -> bool:
    if isinstance(entry, Guidance):
        return entry.topic == "anaesthetic"
    return table != "products" or (isinstance(entry, ProductEntry) and entry.anaesthetic is not None)


def _about(*topics: str) -> Callable[[str, Entry], bool]:
    return lambda _table, entry: isinstance(entry, Guidance) and entry.topic in topics


CHAPTERS: tuple[Chapter, ...] = (
    Chapter("devices", "Devices", ("devices", "described_devices")),
    Chapter("zones", "Zones and depths", ("ceiling", "sites")),
    Chapter("concerns", "Concerns", ("concerns",)),
    Chapter("contraindications", "Contraindications", ("contraindications", "ages")),
    Chapter("preparation", "Preparation", ("preparation", "preparing", "time_out")),
    Chapter("anaesthetics", "Anaesthetics", ("products", "doses", "weight", "alarm", "guidance"), _numbs),
    Chapter("products", "Serums and other products", ("products",), lambda table, entry: not _numbs(table, entry)),
    Chapter("stock", "Stock", ("shelf",)),
    Chapter("technique", "Technique and results", ("guidance",), _about("technique", "endpoint", "skin", "results")),
    Chapter("scales", "Scales", ("scales",)),
    Chapter("reactions", "Reactions", ("reactions",)),
    Chapter("aftercare", "Aftercare", ("aftercare",)),
    Chapter(
        "follow-up", "Follow-up", ("visit_moments", "follow_up_moments", "follow_up_questions", "follow_up_actions")
    ),
    Chapter("intervals", "Intervals and combinations", ("interval", "combinations")),
    Chapter("traces", "Traces, reporting, licence", ("guidance",), _about("trace", "reporting", "licensing")),
    Chapter("questions", "What clients ask", ("questions",)),
    Chapter("conflicts", "Where sources differ", ("conflicts",)),
    Chapter("founding", "Founding facts", ("founding",)),
)
"""The chapters in reading order; together they hold every entry once."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the table of contents: ``place`` is ``table:entry``."""

    place: str
    chapter: str
    title: str
    own: bool
    differs: bool
    words: str
    """Everything the entry says, folded for searching."""


def title_of(entry: Entry, tr: Words) -> str:
    """What the entry is called, without the fields that a sheet fills in."""
    if entry.id == "ceiling":
        return tr("General ceiling")
    if entry.id == "interval":
        return tr("Interval between sessions")
    if isinstance(entry, AftercareRule):
        # Its topic is that of a whole paragraph of the sheet; several rules share one.
        told = without_end(tr(entry.text))
    elif isinstance(entry, PreparationRule):
        told = without_start(tr(entry.text))
    else:
        told = tr(next((getattr(entry, key) for key in TITLE_KEYS if getattr(entry, key, "")), entry.id))
    if isinstance(entry, FoundingFact):
        told = f"{entry.id} {told}"
    if len(told) > TITLE_LIMIT:
        told = told[: TITLE_LIMIT - 1].rsplit(" ", 1)[0] + " …"
    return told


def without_end(text: str) -> str:
    """``Do not swim until {until}.`` → ``Do not swim.``: the end is a figure of its own."""
    for ending in (
        ", until {until}",
        " until {until}",
        " after {until}",
        " by {until}",
        " around {until}",
        ": {reactions}",
    ):
        text = text.replace(ending, "")
    return text


def without_start(text: str) -> str:
    """``Use no retinol from {by} on.`` → ``Use no retinol.``: the day is a figure of its own."""
    for start in (" from {by} on", ", from {by} on", " by {by}", " on {by}"):
        text = text.replace(start, "")
    return text


def lines(knowledge: Knowledge, tr: Words) -> tuple[Line, ...]:
    """The whole table of contents, chapter by chapter, for this language."""
    tables = knowledge.tables()
    return tuple(
        Line(
            place=f"{table}:{entry.id}",
            chapter=chapter.id,
            title=title_of(entry, tr),
            own=bool(entry.own),
            differs=entry.differs,
            words=fold(" ".join((tr(chapter.name), *(tr(said) for said in _said(entry))))),
        )
        for chapter in CHAPTERS
        for table in chapter.tables
        for entry in tables[table].values()
        if chapter.holds(table, entry)
    )


def found(all_lines: Sequence[Line], query: str) -> tuple[Line, ...]:
    """The lines that hold every word of ``query``, those that are called so first; all of them for no query."""
    asked = fold(query).split()
    hits = [line for line in all_lines if all(word in line.words for word in asked)]
    return tuple(sorted(hits, key=lambda line: not all(word in fold(line.title) for word in asked)))


def chapter_of(all_lines: Sequence[Line], place: str) -> str:
    """The chapter of an entry; "" for no entry."""
    return next((line.chapter for line in all_lines if line.place == place), "")


def _said(part: Any) -> Iterator[str]:
    """Every word of an entry that a person may read, its numbers too; not its ids."""
    if isinstance(part, str):
        if part:
            yield part
    elif isinstance(part, Mapping):
        for inner in part.values():
            yield from _said(inner)
    elif isinstance(part, tuple | list):
        for inner in part:
            yield from _said(inner)
    elif hasattr(type(part), "model_fields"):
        for name in type(part).model_fields:
            if name not in {"serves", "seen", "collected_on"}:
                yield from _said(getattr(part, name))
    elif part is not None and not isinstance(part, bool):
        yield str(part)
