"""How far an entry can be relied on: what kind of place said it, how much of it was read, and whose value stands."""

from __future__ import annotations

from needlelog.domain.findings import CLINIC, Source
from needlelog.i18n import Words
from needlelog.knowledge.model import Entry


def source_kind(tr: Words, kind: str) -> str:
    """What kind of place a statement comes from."""
    return {
        "A": tr("Regulator, label or manual"),
        "B": tr("Peer-reviewed"),
        "C": tr("Clinic or vendor page"),
        "D": tr("Advert or machine-written page"),
        "SEED": tr("Founding article"),
        "U": tr("General knowledge"),
        CLINIC: tr("This clinic"),
    }.get(kind, kind)


def source_seen(tr: Words, source: Source) -> str:
    """How much of it was read."""
    if source.kind == CLINIC:
        return ""
    return {"yes": tr("read as an excerpt"), "part": tr("read in part"), "no": tr("not read anywhere")}[source.seen]


def marks(tr: Words, entry: Entry) -> tuple[tuple[str, str], ...]:
    """What must be known before an entry is relied on: words and the tone of each."""
    found = []
    if entry.own:
        found.append((tr("Our own value"), "accent"))
    if entry.placeholder:
        found.append((tr("Placeholder: nobody has published a figure"), "hold"))
    if entry.proposal:
        found.append((tr("Proposal of this program, not a standard"), "raised"))
    if entry.seen == "part":
        found.append((tr("Read in part"), "raised"))
    if entry.seen == "no":
        found.append((tr("Not read in any source"), "hold"))
    return tuple(found)
