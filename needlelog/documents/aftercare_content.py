"""What one aftercare sheet says: this visit's real values and the days to come, before anything is laid out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from needlelog.clock import local
from needlelog.documents.aftercare_texts import AftercareTexts, aftercare_texts
from needlelog.documents.client_words import hold_to_one_language
from needlelog.documents.clock_times import clock_time
from needlelog.documents.preparation_texts import PreparationTexts, preparation_texts
from needlelog.domain.client import Client, client_label
from needlelog.domain.clinic import Clinic
from needlelog.domain.materials import Product
from needlelog.domain.papers import SheetForm
from needlelog.domain.session import SessionDraft
from needlelog.domain.signed import ClientAsSigned
from needlelog.i18n import Words
from needlelog.knowledge.model import Knowledge
from needlelog.rules.aftercare import Timeline, end_of_treatment, make_timeline, needled
from needlelog.rules.glance import views_that_show
from needlelog.rules.preparation import Advice, advice_before


@dataclass(frozen=True, slots=True)
class TreatedZone:
    """One zone by the name people call it, with its shallowest and deepest depth and all its passes."""

    name: str
    shallowest_mm: Decimal
    deepest_mm: Decimal
    passes: int


@dataclass(frozen=True, slots=True)
class AppliedMaterial:
    """What touched the skin, with its lot; ``lot`` is empty where none was recorded."""

    name: str
    lot: str = ""


@dataclass(frozen=True, slots=True)
class AftercareSheet:
    """Everything one aftercare sheet says. Times are moments in UTC, shown in ``timeline.time_zone``."""

    clinic: Clinic
    client_name: str
    client_birth_date: date
    client_label: str
    practitioner: str
    zones: tuple[TreatedZone, ...]
    materials: tuple[AppliedMaterial, ...]
    timeline: Timeline
    texts: AftercareTexts
    emergency_number: str = ""
    next_visit_at: datetime | None = None
    home_products: tuple[str, ...] = ()
    note: str = ""
    zone_ids: tuple[str, ...] = ()
    views: tuple[str, ...] = ()
    """The drawings that show every treated zone, the fewest that do."""

    preparing: tuple[Advice, ...] = ()
    """What to mind before the next visit, where it has a date: only what has short words for this sheet."""

    form: SheetForm = field(default_factory=SheetForm)


def sheet_for(
    draft: SessionDraft,
    client: Client | ClientAsSigned,
    clinic: Clinic,
    knowledge: Knowledge,
    products: Mapping[UUID, Product],
    words: Words,
    form: SheetForm | None = None,
    texts: AftercareTexts | None = None,
    before: PreparationTexts | None = None,
) -> AftercareSheet:
    """The sheet for this visit, from what was recorded, in ``form`` or as was chosen at the visit.

    ``words`` are in the language of the sheet, which is the client's (``aftercare_language``, ``client_words``), and
    ``texts`` its template where it is not the shipped one, ``before`` that of the preparation for the next visit.
    Raises ``Fault(TIME_ZONE_UNKNOWN)``.
    """
    rules = knowledge.aftercare.values()
    texts = texts or aftercare_texts(words.language, rules)
    hold_to_one_language(texts.language, words)
    skin_type = client.fitzpatrick if isinstance(client, Client) else None
    visit = needled(draft, knowledge, products, fitzpatrick=skin_type, tr=words)
    ended_at = end_of_treatment(draft)
    timeline = make_timeline(
        rules,
        ended_at=ended_at,
        time_zone=draft.time_zone,
        visit=visit,
        told=texts.rules,
        tr=words,
        clock=lambda at: clock_time(at, clinic.country, words),
    )
    numbers = (entry.number for entry in knowledge.emergency_numbers.values() if entry.country == clinic.country)
    return AftercareSheet(
        clinic=clinic,
        client_name=client.full_name,
        client_birth_date=client.birth_date,
        client_label=client_label(client.number),
        practitioner=draft.practitioner,
        zones=_treated_zones(draft, knowledge, words),
        materials=_applied(draft, words),
        timeline=timeline,
        texts=texts,
        emergency_number=_numbers(next(numbers, ""), words),
        next_visit_at=draft.aftercare.next_visit_at,
        home_products=draft.aftercare.products,
        note=draft.aftercare.note,
        zone_ids=draft.treated_zones,
        views=views_that_show(draft.treated_zones, knowledge.zones),
        preparing=_preparing(draft, ended_at, visit.areas, knowledge, words, before),
        form=form or draft.aftercare.form or SheetForm(),
    )


def _preparing(
    draft: SessionDraft,
    ended_at: datetime,
    areas: frozenset[str],
    knowledge: Knowledge,
    words: Words,
    before: PreparationTexts | None,
) -> tuple[Advice, ...]:
    if draft.aftercare.next_visit_at is None:
        return ()
    advice = advice_before(
        knowledge.preparing.values(),
        areas=areas,
        visit_on=local(draft.aftercare.next_visit_at, draft.time_zone).date(),
        today=local(ended_at, draft.time_zone).date(),
        told=(before or preparation_texts(words.language, knowledge.preparing.values())).rules,
        tr=words,
    )
    return tuple(one for one in advice if one.brief)


def _numbers(number: str, words: Words) -> str:
    """One emergency number, or two of which either will do."""
    first, either, second = number.partition(" or ")
    return words("{number} or {other}", number=first, other=second) if either else number


def _treated_zones(draft: SessionDraft, knowledge: Knowledge, words: Words) -> tuple[TreatedZone, ...]:
    treated: list[TreatedZone] = []
    for zone in draft.treated_zones:
        passes = [needling_pass for needling_pass in draft.needling.passes if needling_pass.zone == zone]
        entry = knowledge.zones.get(zone)
        treated.append(
            TreatedZone(
                words(entry.name) if entry else zone,
                min(needling_pass.depth_mm for needling_pass in passes),
                max(needling_pass.depth_mm for needling_pass in passes),
                sum(needling_pass.count for needling_pass in passes),
            )
        )
    return tuple(treated)


def _applied(draft: SessionDraft, words: Words) -> tuple[AppliedMaterial, ...]:
    cartridges = [
        AppliedMaterial(words("Needles: {name}", name=each.cartridge or each.device), each.lot)
        for each in draft.needling.passes
    ]
    numbing = [AppliedMaterial(each.name, each.lot) for each in draft.numbing if each.on_at is not None]
    used = [AppliedMaterial(use.name, use.lot) for use in (*draft.cleansing.uses,)]
    after = [AppliedMaterial(use.name, use.lot) for use in (*draft.serums, *draft.cooling)]
    return tuple(dict.fromkeys((*used, *numbing, *cartridges, *after)))
