"""What each item of the time-out was said about, and whether it still stands: what has changed since is said again."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime

from needlelog.clock import local
from needlelog.domain.session import Numbing, SessionDraft, Tick
from needlelog.domain.treatment import InHand, NeedlingPass
from needlelog.i18n import record_date
from needlelog.knowledge.model import TimeOutItem, TimeOutMatter
from needlelog.rules.circumstances import Circumstances
from needlelog.rules.time_out_denied import open_denials, reasons_beside

_ON = "on"
"""Stands for the time at which a cream came off while it has not."""

_IS = " = "
"""Stands in a fact between what it is about and its value."""

_PARTS = ", "
"""Between the parts of a fact, such as cartridge, lot and number."""

Facts = Callable[[SessionDraft, Circumstances], Iterator[str]]


def said(item: TimeOutItem, draft: SessionDraft, around: Circumstances, *, by: str, at: datetime) -> Tick:
    """The item as said now, with everything it was said about."""
    about = tuple(f"{matter}:{fact}" for matter in item.undone_by for fact in _facts(matter, draft, around))
    words = around.tr(item.text)
    for finding, _reason in reasons_beside(item, draft, around):
        words = around.tr("{said} Except, with a written reason: {what}.", said=words, what=finding.title)
    return Tick(item=item.id, by=by, at=at, about=about, said=words)


def fingerprint(draft: SessionDraft, around: Circumstances) -> str:
    """The SHA-256 of everything that the time-out is about now: another zone or lot makes it another one."""
    of = {**_OF, "numbing": _numbing_stands}  # a time that is corrected makes it no other one
    facts = [f"{matter}:{fact}" for matter in sorted(of) for fact in sorted(dict.fromkeys(of[matter](draft, around)))]
    return hashlib.sha256("\n".join(facts).encode("utf-8")).hexdigest()


def changed_since(item: TimeOutItem, draft: SessionDraft, around: Circumstances) -> tuple[TimeOutMatter, ...] | None:
    """What the item has to be said again for; nothing while it stands, None while it was never said.

    What falls away needs no second word. Device and cartridge may be taken in the hand after the time-out: the first
    ones need none either where none was told, nor do zones where nobody had planned any.
    """
    tick = next((one for one in reversed(draft.needling.time_out) if one.item == item.id), None)
    if tick is None:
        return None
    if tick.about is None:
        return ()
    return tuple(matter for matter in item.undone_by if not _covered(matter, tick, draft, around))


def not_told(item: TimeOutItem, draft: SessionDraft, around: Circumstances) -> Mapping[TimeOutMatter, tuple[str, ...]]:
    """What the item has to be said again for, by matter: the facts that were not there when it was said last."""
    tick = next((one for one in reversed(draft.needling.time_out) if one.item == item.id), None)
    told = set(tick.about or ()) if tick is not None else set()
    return {
        matter: tuple(fact for fact in _facts(matter, draft, around) if f"{matter}:{fact}" not in told)
        for matter in changed_since(item, draft, around) or ()
    }


def stands(item: TimeOutItem, draft: SessionDraft, around: Circumstances) -> bool:
    """Whether the item was said, about what is in the draft now, and nothing that is known says otherwise."""
    return changed_since(item, draft, around) == () and not open_denials(item, draft, around)


def word_on(matter: TimeOutMatter, begins: tuple[str, ...], draft: SessionDraft, around: Circumstances) -> Tick | None:
    """The last word of the time-out on all that ``matter`` now holds of what begins so, on whatever day it was said.

    As everywhere, the first that came into the hand after it needs no second word.
    """
    items = {one.id for one in around.knowledge.time_out.values() if matter in one.undone_by}
    facts = set(_facts(matter, draft, around))
    meant = {fact for fact in facts if fact.startswith(_PARTS.join(begins))}
    for tick in reversed(draft.needling.time_out):
        if tick.item not in items:
            continue
        told = {one.removeprefix(f"{matter}:") for one in tick.about or () if one.startswith(f"{matter}:")}
        if tick.about is None or meant <= told or (not told and _covered(matter, tick, draft, around)):
            return tick
    return None


def _covered(matter: TimeOutMatter, tick: Tick, draft: SessionDraft, around: Circumstances) -> bool:
    told = {one.removeprefix(f"{matter}:") for one in tick.about or () if one.startswith(f"{matter}:")}
    now = set(_facts(matter, draft, around))
    if now <= told:
        return True
    if matter == "numbing":
        return all(_was_off(one, told, tick.at) for one in draft.numbing if one.on_at is not None)
    if matter == "depths":
        # Another zone is told as a zone.
        before = _by_name(told)
        return all(depths <= before[zone] for zone, depths in _by_name(now).items() if zone in before)
    if matter == "products":
        # The first lot of what was told without one changes nothing that was said.
        before = _by_name(told)
        return all(
            name in before and (lots <= before[name] or before[name] == {""}) for name, lots in _by_name(now).items()
        )
    if told:
        return False
    if matter == "zones":
        return not draft.consultation.plan.zones
    return matter in {"device", "cartridge"} and len(now) == 1


def _by_name(facts: set[str]) -> dict[str, set[str]]:
    """``Left cheek = 0.75`` under ``Left cheek``."""
    found: dict[str, set[str]] = {}
    for fact in facts:
        name, _, value = fact.partition(_IS)
        found.setdefault(name, set()).add(value)
    return found


def _facts(matter: TimeOutMatter, draft: SessionDraft, around: Circumstances) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_OF[matter](draft, around)))


def _client(_draft: SessionDraft, around: Circumstances) -> Iterator[str]:
    yield f"{around.client.full_name}, {record_date(around.client.birth_date)}"


def _consent(draft: SessionDraft, _around: Circumstances) -> Iterator[str]:
    consent = draft.consent
    if consent.shown is not None and consent.signature is not None:
        yield f"{consent.shown.id} {consent.shown.version}, {consent.signature.at.isoformat()}"


def _allergies(draft: SessionDraft, around: Circumstances) -> Iterator[str]:
    yield str(around.client.allergy_state)
    yield from (one.substance for one in (*around.client.allergies, *draft.consultation.allergies))


def _products(draft: SessionDraft, around: Circumstances) -> Iterator[str]:
    """What goes onto the skin up to the needle, and what is planned for after it."""
    used = [(one.name, one.lot) for one in draft.cleansing.uses] + [(one.name, one.lot) for one in draft.numbing]
    yield from (f"{name}{_IS}{lot}" if lot else name for name, lot in used)
    planned = (around.products.get(one.product_id) for one in draft.consultation.plan.products)
    yield from (one.name for one in planned if one is not None)


def _numbing(draft: SessionDraft, _around: Circumstances) -> Iterator[str]:
    """What was put on, and when it came off: "wiped off" that was said while it was on is said again."""
    for one in draft.numbing:
        if one.on_at is not None:
            yield f"{one.id} {one.on_at.isoformat()} {one.removed_at.isoformat() if one.removed_at else _ON}"


def _numbing_stands(draft: SessionDraft, _around: Circumstances) -> Iterator[str]:
    for one in draft.numbing:
        if one.on_at is not None:
            yield f"{one.id} {'off' if one.removed_at else _ON}"


def _was_off(numbing: Numbing, told: set[str], said_at: datetime) -> bool:
    """Whether it was off when that was said, whichever minutes stand there since.

    What was put on again, or came off only after the word, is said again.
    """
    before = next((one.split() for one in told if one.startswith(f"{numbing.id} ")), None)
    if before is None or before[-1] == _ON or numbing.removed_at is None:
        return False
    return numbing.removed_at <= max(said_at, datetime.fromisoformat(before[-1]))


def _zones(draft: SessionDraft, _around: Circumstances) -> Iterator[str]:
    yield from (one.zone for one in draft.consultation.plan.zones)
    yield from draft.treated_zones


def _depths(draft: SessionDraft, _around: Circumstances) -> Iterator[str]:
    yield from (f"{one.zone}{_IS}{one.depth_mm or ''}" for one in draft.consultation.plan.zones)


def _day(draft: SessionDraft, around: Circumstances) -> Iterator[str]:
    """A visit may be left open: what was true of the client then is said anew on the day of the needle."""
    yield record_date(local(around.now, draft.time_zone).date())


def _device(draft: SessionDraft, around: Circumstances) -> Iterator[str]:
    planned = (around.products.get(one.device_id) for one in draft.consultation.plan.zones if one.device_id)
    yield from (one.name for one in planned if one is not None)
    yield from (one.device for one in draft.needling.passes)
    held = draft.needling.in_hand
    chosen = around.products.get(held.device_id) if held and held.device_id else None
    if chosen is not None:
        yield chosen.name


def _cartridge(draft: SessionDraft, _around: Circumstances) -> Iterator[str]:
    yield from (cartridge_fact(one) for one in draft.needling.passes)
    held = draft.needling.in_hand
    if held is not None and (held.cartridge or held.lot):
        yield cartridge_fact(held)


def cartridge_fact(of: NeedlingPass | InHand) -> str:
    """The fact by which the time-out knows the cartridge of a pass, or the one in the hand."""
    return _PARTS.join((of.cartridge, of.lot, of.serial))


_OF: Mapping[TimeOutMatter, Facts] = {
    "client": _client,
    "consent": _consent,
    "allergies": _allergies,
    "products": _products,
    "numbing": _numbing,
    "zones": _zones,
    "depths": _depths,
    "device": _device,
    "cartridge": _cartridge,
    "day": _day,
}
