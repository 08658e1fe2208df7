"""Precautions that an item of the time-out answers in so many words: nobody is asked twice for the same word."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from needlelog.domain.findings import Considered, Finding
from needlelog.domain.session import SessionDraft, Tick
from needlelog.rules.circumstances import Circumstances
from needlelog.rules.time_out import word_on
from needlelog.rules.traceability import untold_key

_FIELD = "time-out:"
"""Before the item, in the field of a precaution that the time-out has answered: one tap leads to what was said."""


def told_of(found: Iterable[Finding], draft: SessionDraft, around: Circumstances) -> Iterator[Finding]:
    """The findings, those that the time-out has answered with the item that did."""
    words = _words_on_needles(draft, around)
    for one in found:
        tick = words.get(one.key)
        if tick is None:
            yield one
            continue
        detail = around.tr("{detail} Said in the time-out.", detail=one.detail)
        yield one.with_(field=f"{_FIELD}{tick.item}", detail=detail)


def said_of(draft: SessionDraft, finding: Finding) -> Considered | None:
    """The word of the time-out that has answered ``finding``, if one has, with the words that were said."""
    if not finding.is_precaution or not finding.field.startswith(_FIELD):
        return None
    item = finding.field.removeprefix(_FIELD)
    tick = next((one for one in reversed(draft.needling.time_out) if one.item == item), None)
    if tick is None:
        return None
    return Considered(finding=finding, note=tick.said, by=tick.by or draft.practitioner, at=tick.at)


def _words_on_needles(draft: SessionDraft, around: Circumstances) -> dict[str, Tick | None]:
    """What was said of each lot of needles, by the key under which it would be asked whether they are new."""
    held = draft.needling.in_hand
    told = {(one.cartridge or one.device, one.lot): one.cartridge for one in draft.needling.passes}
    if held is not None and held.cartridge:
        told[held.cartridge, held.lot] = held.cartridge
    return {
        untold_key(name, lot): word_on("cartridge", (cartridge, lot, ""), draft, around)
        for (name, lot), cartridge in told.items()
    }
