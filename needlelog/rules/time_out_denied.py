"""What the program knows that says the opposite of an item of the time-out: nobody ticks what is known to be untrue.

A written reason against it opens the item again, and stands beside what is said.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from needlelog.domain.findings import Finding, Gate
from needlelog.domain.session import SessionDraft
from needlelog.knowledge.model import TimeOutItem, TimeOutMatter
from needlelog.rules.anaesthetic import judge_numbing_on
from needlelog.rules.circumstances import Circumstances
from needlelog.rules.consent import judge_identity
from needlelog.rules.items import allergies_item, consent_items, finding_of
from needlelog.rules.screening import judge_screening
from needlelog.rules.traceability import judge_needles

Against = Callable[[SessionDraft, Circumstances], Iterator[Finding]]


def denials(item: TimeOutItem, draft: SessionDraft, around: Circumstances) -> tuple[Finding, ...]:
    """Every finding that says the opposite of ``item``, each with its place; with or without a written reason."""
    found = [one for matter in item.undone_by if matter in _OF for one in _OF[matter](draft, around)]
    if item.denied_by:
        found += [one for one in judge_screening(draft, around) if one.code in item.denied_by]
    return tuple({one.key: one for one in found if one.gate is Gate.NEEDLING}.values())


def open_denials(item: TimeOutItem, draft: SessionDraft, around: Circumstances) -> tuple[Finding, ...]:
    """Those of ``denials`` without a written reason: while there is one, the item cannot be said."""
    found = denials(item, draft, around)
    return tuple(one for one in found if not one.overridable or draft.override_of(one.key) is None)


def reasons_beside(item: TimeOutItem, draft: SessionDraft, around: Circumstances) -> tuple[tuple[Finding, str], ...]:
    """What says the opposite of ``item``, with the reason that was written against it."""
    found = ((one, draft.override_of(one.key)) for one in denials(item, draft, around))
    return tuple((one, given.reason) for one, given in found if given is not None)


def _consent(draft: SessionDraft, around: Circumstances) -> Iterator[Finding]:
    yield from (finding_of(one) for one in consent_items(draft, around) if not one.done)


def _allergies(draft: SessionDraft, around: Circumstances) -> Iterator[Finding]:
    item = allergies_item(draft, around)
    if not item.done:
        yield finding_of(item)


_OF: Mapping[TimeOutMatter, Against] = {
    "client": judge_identity,
    "consent": _consent,
    "allergies": _allergies,
    "numbing": judge_numbing_on,
    "cartridge": judge_needles,
}
