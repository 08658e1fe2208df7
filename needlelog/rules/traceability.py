"""Lots and expiry: what touched the skin must be known, and must be in date on the day it did."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from needlelog.clock import local
from needlelog.domain.findings import CLINIC, Finding, Gate, Level, Source, StepId
from needlelog.domain.materials import MaterialUse
from needlelog.domain.session import Numbing, SessionDraft
from needlelog.domain.stock import Recall, lot_key, needle_key
from needlelog.domain.treatment import NeedlingPass
from needlelog.i18n import record_date
from needlelog.knowledge.entry import sources_of
from needlelog.rules.circumstances import Circumstances

RESTS_ON = {
    "lot-expired": "refuse-used",
    "expiry-missing": "record-per-visit",
    "lot-missing": "record-per-visit",
    "needles-used-before": "single-use",
    "needles-untold": "single-use",
}
"""The statement of the reference data that says why, by the code of the finding."""


def rests_on(finding: Finding) -> str:
    """The statement that ``finding`` rests on, by its id, or "": what is said of needles holds for needles only."""
    if finding.code == "lot-expired" and finding.step is not StepId.NEEDLING:
        return ""
    return RESTS_ON.get(finding.code, "")


_BEFORE_A_PASS = frozenset({StepId.CLEANSING, StepId.NUMBING, StepId.NEEDLING})
"""Where something bad is already on the skin, or in the hand, when the needle comes."""


@dataclass(frozen=True, slots=True)
class LotInUse:
    """What was used from which lot. ``timed`` marks what is told by its minutes, such as a light, and has no lot."""

    step: StepId
    name: str
    lot: str
    expires_on: date | None
    at: datetime | None
    timed: bool = False
    serial: str = ""


def lot_of_pass(needling_pass: NeedlingPass) -> LotInUse:
    """The needles of a pass: the cartridge, or the device where it has none."""
    name = needling_pass.cartridge or needling_pass.device
    return LotInUse(
        StepId.NEEDLING,
        name,
        needling_pass.lot,
        needling_pass.expires_on,
        needling_pass.at,
        serial=needling_pass.serial,
    )


def _lot_of_use(step: StepId, use: MaterialUse) -> LotInUse:
    return LotInUse(step, use.name, use.lot, use.expires_on, use.at, timed=use.duration_s is not None)


def _lot_of_numbing(numbing: Numbing) -> LotInUse:
    return LotInUse(StepId.NUMBING, numbing.name, numbing.lot, numbing.expires_on, numbing.on_at)


def _last_of_each_lot(passes: Iterable[NeedlingPass]) -> Iterable[NeedlingPass]:
    """One pass for all with the same needles, the latest: what is in date then was so before."""
    last: dict[tuple[object, ...], NeedlingPass] = {}
    for one in passes:
        needles = (one.cartridge or one.device, one.lot, one.expires_on, one.serial)
        known = last.get(needles)
        if known is None or one.at > known.at:
            last[needles] = one
    return last.values()


def _lots(draft: SessionDraft) -> Iterator[LotInUse]:
    yield from (_lot_of_use(StepId.CLEANSING, use) for use in draft.cleansing.uses)
    yield from map(_lot_of_numbing, draft.numbing)
    yield from map(lot_of_pass, _last_of_each_lot(draft.needling.passes))
    yield from (_lot_of_use(StepId.SERUM, use) for use in draft.serums)
    yield from (_lot_of_use(StepId.COOLING, use) for use in draft.cooling)


def _in_the_hand(draft: SessionDraft, around: Circumstances) -> LotInUse | None:
    """The cartridge that the next pass would be done with; none once needling is over."""
    held, over = draft.needling.in_hand, draft.needling.ended_at is not None
    if held is None or not held.cartridge or over or draft.skip_of(StepId.NEEDLING):
        return None
    return LotInUse(StepId.NEEDLING, held.cartridge, held.lot, held.expires_on, around.now, serial=held.serial)


def judge_lot(used: LotInUse, draft: SessionDraft, around: Circumstances, *, field: str) -> Iterator[Finding]:
    """What speaks against one lot on the day it is used; the last good day is still good."""
    tr, day, needles = around.tr, around.day_of_use(draft, used.at), used.step is StepId.NEEDLING
    yield from _recalled(used, draft, around, field=field)
    yield from _used_elsewhere(used, around, field=field)
    yield from _used_up(used, draft, around, field=field)
    yield from _soon_expired(used, day, around, field=field)
    if used.expires_on is not None and used.expires_on < day:
        expired = record_date(used.expires_on)
        yield Finding(
            key=f"expired:{used.name}:{used.lot}:{used.expires_on.isoformat()}",
            code="lot-expired",
            step=used.step,
            level=Level.STOP,
            gate=Gate.NEEDLING if used.step in _BEFORE_A_PASS else Gate.SIGNING,
            title=tr("{name} is out of date", name=used.name),
            detail=tr("Lot {lot} expired on {day}.", lot=used.lot or tr("unknown"), day=expired),
            # What is said of needles was said of needles: of anything else only the pack's own date speaks.
            sources=_sources("lot-expired", around) if needles else (),
            overridable=True,
            field=field,
        )
    if used.lot and used.expires_on is None:
        yield Finding(
            key=f"expiry-missing:{used.step}:{used.name}:{used.lot}",
            code="expiry-missing",
            step=used.step,
            level=Level.ASK,
            gate=Gate.SIGNING,
            title=tr("No expiry date for {name}", name=used.name),
            detail=tr("Lot {lot}: note the date printed on the pack, or write why it is not known.", lot=used.lot),
            sources=_sources("expiry-missing", around),
            overridable=True,
            field=field,
        )
    if not used.lot and not used.timed:
        yield Finding(
            key=f"lot-missing:{used.step}:{used.name}",
            code="lot-missing",
            step=used.step,
            level=Level.MISSING if needles else Level.NOTE,
            gate=Gate.SIGNING if needles else Gate.NONE,
            title=tr("No lot for {name}", name=used.name),
            detail=tr("Without a lot a recall cannot find this client."),
            sources=_sources("lot-missing", around),
            overridable=needles,
            field=field,
        )


def _noted(recall: Recall, draft: SessionDraft, around: Circumstances) -> str:
    day = record_date(local(recall.at, draft.time_zone).date())
    return around.tr("the recall that {by} noted on {day}", by=recall.by, day=day)


def _sources(code: str, around: Circumstances) -> tuple[Source, ...]:
    said = around.knowledge.guidance.get(RESTS_ON[code])
    return sources_of(said) if said else ()


def _recalled(used: LotInUse, draft: SessionDraft, around: Circumstances, *, field: str) -> Iterator[Finding]:
    tr, recall = around.tr, around.shelf.recall(used.name, used.lot) if used.lot else None
    if recall is None:
        return
    yield Finding(
        key=f"recalled:{used.step}:{used.name}:{used.lot}:{recall.id}",
        code="lot-recalled",
        step=used.step,
        level=Level.STOP,
        gate=Gate.NEEDLING if used.step in _BEFORE_A_PASS else Gate.SIGNING,
        title=tr("{name}: this lot was recalled", name=used.name),
        detail=tr("Lot {lot}: {reason}", lot=used.lot, reason=recall.reason),
        sources=(Source(address=_noted(recall, draft, around), kind=CLINIC),),
        overridable=True,
        field=field,
    )


def _used_elsewhere(used: LotInUse, around: Circumstances, *, field: str) -> Iterator[Finding]:
    """Needles serve one visit: told by the cartridge's own number, or by a box of which none can be left."""
    if used.step is not StepId.NEEDLING or not used.lot:
        return
    tr, standing = around.tr, around.shelf.standing(used.name, used.lot)
    known = bool(used.serial) and needle_key(used.name, used.lot, used.serial) in around.shelf.used_needles
    none_left = standing is not None and standing.left is not None and standing.left < 1
    if known:
        detail = tr("Cartridge {serial} is on the record of another visit.", serial=used.serial)
    elif none_left and standing is not None:
        detail = tr(
            "All {count} of lot {lot} that were counted in are used. Open a new one, or count in what came since.",
            count=f"{(standing.received or 0) - standing.taken_off:f}",
            lot=used.lot,
        )
    else:
        yield from _perhaps_elsewhere(used, around, field=field)
        return
    yield Finding(
        key=f"used-elsewhere:{used.name}:{used.lot}:{used.serial if known else ''}",
        code="needles-used-before" if known else "lot-used-up",
        step=used.step,
        level=Level.STOP,
        gate=Gate.NEEDLING,
        title=tr("{name} was used before", name=used.name) if known else tr("{name}: none left", name=used.name),
        detail=detail,
        sources=_sources("needles-used-before", around),
        overridable=True,
        field=field,
    )


def untold_key(name: str, lot: str) -> str:
    """The key under which it is asked whether needles of this lot are new."""
    return f"perhaps-elsewhere:{name}:{lot}"


def _perhaps_elsewhere(used: LotInUse, around: Circumstances, *, field: str) -> Iterator[Finding]:
    """A lot of other visits that nobody counted in: without its number nothing tells this cartridge from theirs."""
    tr, standing = around.tr, around.shelf.standing(used.name, used.lot)
    counted = standing is not None and standing.received is not None
    if used.serial or counted or lot_key(used.name, used.lot) not in around.shelf.needle_lots:
        return
    yield Finding(
        key=untold_key(used.name, used.lot),
        code="needles-untold",
        step=used.step,
        level=Level.ASK,
        title=tr("{name}: is this one new?", name=used.name),
        detail=tr(
            "Lot {lot} is on the record of other visits, and was not counted in. Note the number of this cartridge, or "
            "count in the box: one that was used before can only be told by that.",
            lot=used.lot,
        ),
        sources=_sources("needles-untold", around),
        field=field,
    )


def _used_up(used: LotInUse, draft: SessionDraft, around: Circumstances, *, field: str) -> Iterator[Finding]:
    """A product of which more was used than came in: the count is wrong, or the lot on the record is."""
    if used.step is StepId.NEEDLING or not used.lot:
        return
    tr, standing = around.tr, around.shelf.standing(used.name, used.lot)
    if standing is None or standing.left is None:
        return
    here = _amount_here(draft, standing.key, standing.unit)
    if here <= standing.left:
        return
    yield Finding(
        key=f"used-up:{used.step}:{used.name}:{used.lot}",
        code="lot-used-up",
        step=used.step,
        level=Level.NOTE,
        title=tr("{name}: used up", name=used.name),
        detail=tr(
            "Lot {lot}: {left} {unit} should be left before this visit. Check the lot, or count the shelf.",
            lot=used.lot,
            left=f"{max(standing.left, Decimal(0)).normalize():f}",
            unit=standing.unit,
        ),
        sources=(),
        field=field,
    )


def _amount_here(draft: SessionDraft, key: str, unit: str) -> Decimal:
    """How much of a lot this visit took, in ``unit``; a use without an amount counts as nothing."""
    total = Decimal(0)
    for use in draft.uses:
        amount, in_unit = (use.applied_g, "g") if isinstance(use, Numbing) else (use.amount, use.amount_unit)
        if use.lot and amount and in_unit == unit and lot_key(use.name, use.lot) == key:
            total += amount
    return total


def _soon_expired(used: LotInUse, day: date, around: Circumstances, *, field: str) -> Iterator[Finding]:
    rule = around.knowledge.shelf
    if used.expires_on is None or not 0 <= (used.expires_on - day).days <= rule.expires_soon_days:
        return
    tr, until = around.tr, record_date(used.expires_on)
    yield Finding(
        key=f"expires-soon:{used.name}:{used.lot}:{used.expires_on.isoformat()}",
        code="lot-expires-soon",
        step=used.step,
        level=Level.NOTE,
        title=tr("{name} expires soon", name=used.name),
        detail=tr("Lot {lot} is good up to {day}.", lot=used.lot or tr("unknown"), day=until),
        sources=rule.sources,
        field=field,
    )


def judge_needles(draft: SessionDraft, around: Circumstances) -> Iterator[Finding]:
    """What keeps the needles of the passes, and those in the hand, from another pass, each reason once."""
    held = _in_the_hand(draft, around)
    needles = (*map(lot_of_pass, _last_of_each_lot(draft.needling.passes)), *((held,) if held else ()))
    yield from (one for one in _each_once(needles, draft, around) if one.gate is Gate.NEEDLING)


def judge_lots(draft: SessionDraft, around: Circumstances) -> Iterator[Finding]:
    """What speaks against the lots of this visit and the cartridge in the hand, each reason once."""
    of_record = tuple(_each_once(_lots(draft), draft, around))
    yield from of_record
    known = {one.key for one in of_record}
    yield from (one for one in judge_needles(draft, around) if one.key not in known)


def _each_once(lots: Iterable[LotInUse], draft: SessionDraft, around: Circumstances) -> Iterator[Finding]:
    seen: set[str] = set()
    for used in lots:
        for finding in judge_lot(used, draft, around, field=f"lot:{used.name}"):
            if finding.key not in seen:
                seen.add(finding.key)
                yield finding
