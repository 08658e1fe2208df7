"""The parts of one made-up visit as the steps record them: pure values, drawn from the story and one random source."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from random import Random

from needlelog.demo.stock import AtHand
from needlelog.demo.story_visit import Visit
from needlelog.domain.consent import Consent, PhotoConsent, Signature, Understanding
from needlelog.domain.findings import StepId
from needlelog.domain.materials import MaterialUse, ProductKind
from needlelog.domain.reactions import AdverseEvent, Grade, Observation
from needlelog.domain.series import PriceNote
from needlelog.domain.session import (
    Cleansing,
    Consultation,
    Needling,
    Numbing,
    Plan,
    PreparationAnswer,
    Reactions,
    ScreeningAnswer,
    SessionDraft,
    StepSkipped,
    Tick,
)
from needlelog.domain.treatment import Direction, Endpoint, NeedlingPass, PlannedProduct, PlannedZone
from needlelog.rules.circumstances import Circumstances
from needlelog.rules.time_out import said

_WAYS = (Direction.VERTICAL, Direction.HORIZONTAL, Direction.CROSSHATCH, Direction.DIAGONAL_RIGHT)
_DARKER_SKIN = "C37"
_BLEEDS_FROM_MM = Decimal("1.2")
_OUTPUT = {"rpm": Decimal(7000), "Hz": Decimal(120)}


def _screening(visit: Visit) -> Iterator[ScreeningAnswer]:
    yes, unsure, left_open = visit.twist("screening"), visit.twist("unsure"), visit.twist("screening-open")
    for index, entry in enumerate(visit.knowledge.contraindications.values()):
        if entry.only_for or entry.derived_from or (left_open and entry.id == left_open.id):
            continue
        at = visit.at(3 + index / 10)
        if yes and entry.id == yes.id:
            ended_on = visit.day - timedelta(days=yes.days_ago) if yes.days_ago else None
            yield ScreeningAnswer(contraindication=entry.id, answer="yes", ended_on=ended_on, note=yes.note, at=at)
        elif unsure and entry.id == unsure.id:
            yield ScreeningAnswer(contraindication=entry.id, answer="unsure", note=unsure.note, at=at)
        elif entry.id == _DARKER_SKIN and visit.person.skin > 4:
            yield ScreeningAnswer(contraindication=entry.id, answer="yes", note="Low and slow, sunscreen", at=at)
        else:
            yield ScreeningAnswer(contraindication=entry.id, answer="no", at=at)


def consultation(visit: Visit) -> Consultation:
    """Step 1, with the plan for today."""
    course = visit.course
    device, serum = visit.shelf.device(course.device), visit.shelf.products[course.serum]
    grades = course.baseline_grades
    baseline = (
        (
            Grade(
                id=visit.new_id(),
                scale=course.baseline,
                value=grades[min(visit.number, len(grades)) - 1],
                at=visit.at(9),
            ),
        )
        if course.baseline
        else ()
    )
    confirmed = not visit.lacks("allergies")
    return Consultation(
        concerns=(course.concern,),
        concern_note=visit.now_and_then(visit.phrases.concern_notes),
        fitzpatrick=visit.person.skin,
        preparation=tuple(
            PreparationAnswer(item=item, kept="yes", at=visit.at(2)) for item in visit.knowledge.preparation
        ),
        screening=tuple(_screening(visit)),
        allergies_confirmed_at=visit.at(8) if confirmed else None,
        allergy_state=visit.client.allergy_state if confirmed else None,
        allergies=visit.client.allergies if confirmed else (),
        baseline=baseline,
        plan=Plan(
            zones=tuple(
                PlannedZone(
                    zone=zone,
                    device_id=device.id,
                    depth_mm=course.depth(zone, visit.number),
                    from_visit_on=_taken_over(visit, zone),
                )
                for zone in course.zones
            ),
            products=(PlannedProduct(product_id=serum.id, from_visit_on=visit.previous_on),),
        ),
    )


def _taken_over(visit: Visit, zone: str) -> date | None:
    """The day of the visit before, where the depth is that one's: one that was raised was chosen today."""
    depths = [visit.course.depth(zone, number) for number in (visit.number, max(1, visit.number - 1))]
    return visit.previous_on if depths[0] == depths[1] else None


def _strokes(random: Random) -> tuple[tuple[tuple[float, float, int], ...], ...]:
    strokes, across, time = [], 0.12, 0
    for _ in range(random.randint(2, 3)):
        points = []
        for _ in range(random.randint(9, 16)):
            points.append((round(across, 4), round(random.uniform(0.28, 0.72), 4), time))
            across, time = min(across + random.uniform(0.012, 0.026), 0.95), time + 24
        strokes.append(tuple(points))
        across, time = min(across + 0.03, 0.9), time + 210
    return tuple(strokes)


def consent(visit: Visit) -> Consent:
    """Step 2, signed on the pad."""
    signature = None if visit.lacks("consent") else Signature(strokes=_strokes(visit.random), at=visit.at(13))
    name, relation = visit.person.interpreter
    other = visit.consent_text.language != visit.client.language
    return Consent(
        shown=visit.consent_text,
        understanding=Understanding(interpreter=name, relation=relation, at=visit.at(12)) if other else None,
        confirmed_name=visit.client.full_name,
        confirmed_birth_date=visit.client.birth_date,
        signature=signature,
        photo=PhotoConsent.RECORD_ONLY if visit.number % 2 else PhotoConsent.DECLINED,
        photo_at=visit.at(14),
    )


def _use(
    visit: Visit, at_hand: AtHand, minutes: float, *, amount: Decimal | None = None, duration_s: int | None = None
) -> MaterialUse:
    return MaterialUse(
        id=visit.new_id(),
        product_id=at_hand.product.id,
        kind=at_hand.product.kind,
        name=at_hand.product.name,
        lot=at_hand.code,
        expires_on=at_hand.expires_on,
        amount=amount,
        amount_unit=at_hand.product.amount_unit if amount is not None else "",
        zones=tuple(visit.course.zones),
        duration_s=duration_s,
        started_at=visit.at(minutes) if duration_s is not None else None,
        at=visit.at(minutes),
        by=visit.by,
    )


def cleansing(visit: Visit) -> Cleansing:
    """Step 3."""
    if visit.lacks("cleansing"):
        return Cleansing()
    use = _use(visit, visit.shelf.at_hand("cleanser", visit.day), 16)
    return Cleansing(uses=(use,), done_at=visit.at(17), done_by=visit.by)


def numbing(visit: Visit, *, still_on: bool = False) -> tuple[Numbing, ...]:
    """Step 4; ``still_on`` while the anaesthetic was not taken off yet."""
    course = visit.course
    if visit.skips(StepId.NUMBING):
        return ()
    at_hand = visit.shelf.at_hand(course.numbing, visit.day)
    limits = at_hand.product.anaesthetic
    if limits is None:
        raise LookupError(f"{course.numbing} is no anaesthetic")
    entry = visit.knowledge.products[at_hand.product.knowledge_id]
    dose, area = visit.twist("numbing-dose"), visit.twist("numbing-area")
    return (
        Numbing(
            id=visit.new_id(),
            product_id=at_hand.product.id,
            name=at_hand.product.name,
            strength=", ".join(f"{agent} {percent} %" for agent, percent in limits.agents),
            limits=limits,
            usual_to_min=entry.usual_to_min,
            applied_g=dose.grams if dose else course.numbing_g,
            area_cm2=area.area if area else course.area_cm2,
            zones=tuple(course.zones),
            lot=at_hand.code,
            expires_on=at_hand.expires_on,
            on_at=visit.at(20),
            removed_at=None if still_on else visit.at(visit.removed_min),
            by=visit.by,
        ),
    )


def time_out(visit: Visit, draft: SessionDraft, around: Circumstances) -> tuple[Tick, ...]:
    """The pause before the first needle, said item by item about this draft."""
    if visit.lacks("time-out"):
        return ()
    return tuple(
        said(item, draft, around, by=visit.by, at=visit.at(visit.removed_min + 2 + index / 5))
        for index, item in enumerate(visit.knowledge.time_out.values())
    )


def _cartridge(visit: Visit) -> AtHand:
    if visit.twist("expired"):
        return visit.shelf.expired_cartridge(visit.course.device, visit.day)
    at_hand = visit.shelf.cartridge(visit.course.device, visit.day)
    return AtHand(at_hand.product, "", None) if visit.twist("no-lot") else at_hand


def _pass(visit: Visit, zone: str, depth: Decimal, turn: int, minutes: float, *, count: int = 1) -> NeedlingPass:
    device, cartridge = visit.shelf.device(visit.course.device), _cartridge(visit)
    unit = device.device.output_unit if device.device else ""
    return NeedlingPass(
        id=visit.new_id(),
        zone=zone,
        device_id=device.id,
        device=device.name,
        cartridge=cartridge.product.name,
        lot=cartridge.code,
        expires_on=cartridge.expires_on,
        depth_mm=depth,
        output=_OUTPUT.get(unit),
        output_unit=unit,
        direction=_WAYS[turn % len(_WAYS)],
        count=count,
        endpoint=Endpoint.PINPOINT_BLEEDING if depth >= _BLEEDS_FROM_MM else Endpoint.ERYTHEMA,
        at=visit.at(minutes),
        by=visit.by,
    )


def passes(visit: Visit) -> tuple[NeedlingPass, ...]:
    """Every pass of the visit: the first over a zone one dial step shallower, the rest at the depth of the day."""
    course, made, minutes = visit.course, [], visit.needling_min
    settings = visit.shelf.device(course.device).device
    step = settings.depth_step_mm if settings else Decimal(0)
    for zone in course.zones:
        depth = course.depth(zone, visit.number)
        for turn in range(course.passes):
            shallower = depth - step if turn == 0 and depth - step > 0 and course.passes > 1 else depth
            made.append(_pass(visit, zone, shallower, turn, minutes, count=2 if turn == 1 else 1))
            minutes += 1.5 + visit.random.random()
    for kind in ("depth", "never-zone"):
        twist = visit.twist("depth" if kind == "depth" else "never-zone")
        if twist and twist.depth is not None:
            made.append(_pass(visit, twist.zone, twist.depth, 0, minutes))
            minutes += 2
    return tuple(made)


def needling(visit: Visit) -> Needling:
    """Step 5, but for the time-out."""
    made = passes(visit)
    return Needling(
        passes=made,
        started_at=visit.at(visit.needling_min - 2),
        ended_at=made[-1].at + timedelta(minutes=1),
        note=visit.now_and_then(visit.phrases.needling_notes),
    )


def serums(visit: Visit, minutes: float) -> tuple[MaterialUse, ...]:
    """Step 6."""
    if visit.skips(StepId.SERUM) or visit.lacks("serum"):
        return ()
    at_hand = visit.shelf.at_hand(visit.course.serum, visit.day)
    return (_use(visit, at_hand, minutes, amount=visit.course.serum_ml),)


def cooling(visit: Visit, minutes: float) -> tuple[MaterialUse, ...]:
    """Step 7, with red light where the course has it."""
    if visit.skips(StepId.COOLING) or visit.lacks("cooling"):
        return ()
    mask = visit.shelf.at_hand(visit.course.cooling, visit.day)
    amount = Decimal(1) if mask.product.amount_unit else None
    used = [_use(visit, mask, minutes, amount=amount, duration_s=600)]
    if visit.course.light_min:
        light = AtHand(visit.shelf.products["red-light"], "", None)
        used.append(_use(visit, light, minutes + 10, duration_s=60 * visit.course.light_min))
    return tuple(used)


def _observed(visit: Visit, at: datetime) -> Iterator[Observation]:
    def seen(reaction: str, grade: int, zone: str = "", note: str = "") -> Observation:
        scale = visit.knowledge.reactions[reaction].scale
        return Observation(id=visit.new_id(), reaction=reaction, scale=scale, grade=grade, zone=zone, note=note, at=at)

    zones = tuple(visit.course.zones)
    deepest = max(visit.course.depth(zone, visit.number) for zone in zones)
    redness = 1 + (deepest >= Decimal("0.5")) + (deepest >= _BLEEDS_FROM_MM and visit.random.random() < 0.5)
    yield seen("redness", redness, zones[0], visit.now_and_then(visit.phrases.reaction_notes))
    if len(zones) > 1:
        yield seen("redness", max(redness - visit.random.randint(0, 1), 1), zones[1])
    if deepest >= _BLEEDS_FROM_MM:
        yield seen("pinpoint-bleeding", visit.random.randint(1, 2), zones[0])
        yield seen("swelling", visit.random.randint(1, 2), zones[0])
    if visit.random.random() < 0.6:
        yield seen("pain", visit.random.randint(1, 3) + (deepest >= _BLEEDS_FROM_MM))
    if visit.person.after == "marks" and visit.number == visit.person.visits:
        yield seen("irritation", visit.person.grade_marks, zones[0], "Redder than the times before.")


def reactions(visit: Visit, minutes: float) -> Reactions:
    """Step 8; shallow work on the scalp leaves nothing to see."""
    at, adverse = visit.at(minutes), visit.twist("adverse")
    events = (
        (
            AdverseEvent(
                id=visit.new_id(),
                what=adverse.what,
                seriousness=adverse.seriousness,
                action_taken=adverse.action,
                at=at,
            ),
        )
        if adverse
        else ()
    )
    if visit.lacks("reactions"):
        return Reactions(adverse_events=events)
    if not visit.person.after:
        return Reactions(none_observed_at=at, adverse_events=events)
    return Reactions(observations=tuple(_observed(visit, at)), adverse_events=events)


def skipped(visit: Visit) -> tuple[StepSkipped, ...]:
    """The steps marked as not applying, each with its reason."""
    found = []
    if not visit.course.numbing:
        found.append(StepSkipped(step=StepId.NUMBING, reason=visit.course.no_numbing, by=visit.by, at=visit.at(18)))
    twist = visit.twist("skip")
    if twist and twist.step:
        found.append(StepSkipped(step=twist.step, reason=twist.reason, by=visit.by, at=visit.at(19)))
    return tuple(found)


def price(visit: Visit) -> PriceNote | None:
    """What was agreed on the package, at its first visit."""
    planned = visit.person.series
    return PriceNote(words=planned.package) if planned and planned.package and visit.number == 1 else None


def home_products(visit: Visit) -> tuple[str, ...]:
    """What was recommended for home."""
    return tuple(product.name for product in visit.shelf.products.values() if product.kind is ProductKind.AFTERCARE)
