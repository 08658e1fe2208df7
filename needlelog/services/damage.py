"""What cannot be read any more, in words: named as far as it can be told, with what to do about it."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from needlelog.domain.client import client_label
from needlelog.domain.unreadable import Kept, Unreadable
from needlelog.i18n import Words

MOST_NAMED = 4

ON_THE_SHELF = frozenset({Kept.PRODUCT, Kept.LOT, Kept.PACK, Kept.MOVEMENT, Kept.RECALL})
"""What the list of products is made from."""


def named(one: Unreadable, tr: Words) -> str:
    """What it is, by a client's number or by a name that is no client's."""
    kinds = {
        Kept.CLINIC: tr("the details of the clinic"),
        Kept.PRACTITIONER: tr("a practitioner"),
        Kept.CLIENT: tr("a client"),
        Kept.ALLERGY: tr("an allergy"),
        Kept.FACT: tr("a fact of a history"),
        Kept.OPEN_VISIT: tr("an open visit"),
        Kept.DISCARDED_VISIT: tr("a discarded visit"),
        Kept.VISIT: tr("a part of a signed visit"),
        Kept.FOLLOW_UP: tr("a follow-up"),
        Kept.FOLLOW_UP_FORM: tr("a half-written follow-up"),
        Kept.EVENT_ENTRY: tr("an entry on an adverse event"),
        Kept.PAPER: tr("a paper"),
        Kept.HAND_OVER: tr("the note how a paper was handed over"),
        Kept.WITHDRAWAL: tr("the note that a paper was withdrawn"),
        Kept.PRODUCT: tr("a product"),
        Kept.LOT: tr("a lot"),
        Kept.PACK: tr("the number of a pack"),
        Kept.MOVEMENT: tr("an entry on what came in or went out"),
        Kept.RECALL: tr("an entry on a recalled lot"),
        Kept.SERIES: tr("a series"),
        Kept.OWN_VALUE: tr("one of your own values"),
        Kept.OWN_TEXTS: tr("a version of your own wording"),
        Kept.OWN_TEXTS_DRAFT: tr("half-written wording of a paper"),
        Kept.SEAL: tr("a seal"),
        Kept.HEAD: tr("the note that the end of the seals was begun anew"),
    }
    about = client_label(one.client) if one.client else one.named
    return tr("{what} ({about})", what=kinds[one.kept], about=about) if about else kinds[one.kept]


def said(rows: Iterable[Unreadable], tr: Words, kinds: Collection[Kept] | None = None) -> str:
    """What was met of these kinds and what to do about it; "" where all can be read."""
    about = list(dict.fromkeys(named(one, tr) for one in rows if kinds is None or one.kept in kinds))
    if not about:
        return ""
    shown = "; ".join(about[:MOST_NAMED])
    if len(about) > MOST_NAMED:
        shown = tr("{some}; {count} more", some=shown, count=len(about) - MOST_NAMED)
    first = tr.plural(
        "{count} record is damaged and cannot be shown: {named}.",
        "{count} records are damaged and cannot be shown: {named}.",
        len(about),
        named=shown,
    )
    return f"{first} " + tr(
        "Nothing was changed. Check the records in Settings, and restore the last backup beside this data."
    )
