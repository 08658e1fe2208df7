"""The sheet the client takes home: this visit's real values and the days to come, on at most two pages.

The rules it keeps (plain words, one boxed main message, computed days, 14 pt) come from PEMAT, the CDC Clear
Communication Index and the RNIB clear print guide.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING
from uuid import UUID

from needlelog.documents.aftercare_texts import AftercareTexts, aftercare_texts
from needlelog.domain.client import Client
from needlelog.domain.clinic import Clinic
from needlelog.domain.materials import Product
from needlelog.domain.session import ClientAsSigned, SessionDraft
from needlelog.errors import Fault, FaultCode
from needlelog.i18n import Words
from needlelog.knowledge.model import Knowledge
from needlelog.rules.aftercare import Timeline, end_of_treatment, make_timeline, radio_frequency_used

if TYPE_CHECKING:
    from needlelog.documents.aftercare_blocks import Density
    from needlelog.documents.layout import Block, Page

PAGE_LIMIT = 2


@dataclass(frozen=True, slots=True)
class TreatedZone:
    """One zone by the name people call it, with its deepest depth and all its passes."""

    name: str
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


def sheet_for(
    draft: SessionDraft,
    client: Client | ClientAsSigned,
    clinic: Clinic,
    knowledge: Knowledge,
    products: Mapping[UUID, Product],
    words: Words,
) -> AftercareSheet:
    """The sheet for this visit, from what was recorded. Raises ``Fault(TIME_ZONE_UNKNOWN)``."""
    areas = frozenset(knowledge.zones[zone].area for zone in draft.treated_zones if zone in knowledge.zones)
    timeline = make_timeline(
        knowledge.aftercare.values(),
        ended_at=end_of_treatment(draft),
        time_zone=draft.time_zone,
        areas=areas,
        radio_frequency=radio_frequency_used(draft, products),
        tr=words,
    )
    emergency = next(
        (entry.number for entry in knowledge.emergency_numbers.values() if entry.country == clinic.country), ""
    )
    language = client.language if isinstance(client, Client) else clinic.language
    return AftercareSheet(
        clinic=clinic,
        client_name=client.full_name,
        client_birth_date=client.birth_date,
        client_label=f"C-{client.number:04d}",
        practitioner=draft.practitioner,
        zones=_treated_zones(draft, knowledge, words),
        materials=_applied(draft, words),
        timeline=timeline,
        texts=aftercare_texts(language),
        emergency_number=emergency,
        next_visit_at=draft.aftercare.next_visit_at,
        home_products=draft.aftercare.products,
        note=draft.aftercare.note,
    )


def _treated_zones(draft: SessionDraft, knowledge: Knowledge, words: Words) -> tuple[TreatedZone, ...]:
    treated: list[TreatedZone] = []
    for zone in draft.treated_zones:
        passes = [needling_pass for needling_pass in draft.needling.passes if needling_pass.zone == zone]
        entry = knowledge.zones.get(zone)
        treated.append(
            TreatedZone(
                words(entry.name) if entry else zone,
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


def make_aftercare_sheet(sheet: AftercareSheet, words: Words) -> bytes:
    """The sheet as PDF, at least 14 pt, on at most two pages; equal input gives equal bytes.

    Raises ``Fault(CHARACTER_NOT_PRINTABLE)`` before anything is drawn, and ``Fault(PAPER_TOO_LONG)``.
    """
    from needlelog.documents.aftercare_blocks import BAREST, DENSITIES, SheetBlocks, SheetFooter
    from needlelog.documents.layout import flow
    from needlelog.documents.lines import lines_remembered
    from needlelog.documents.pen import CONTENT_HEIGHT, PaperInfo, paint

    footer = SheetFooter(sheet, words)
    room = CONTENT_HEIGHT - footer.height - 8

    with lines_remembered():
        pages = _one_page(lambda density: SheetBlocks(sheet, words, density).days(), room)
        pages += _one_page(lambda density: SheetBlocks(sheet, words, density).rest(), room) if pages else []
        if len(pages) != PAGE_LIMIT:
            for density in (DENSITIES[-1], BAREST):
                tightest = SheetBlocks(sheet, words, density)
                pages = flow([*tightest.days(), *tightest.rest()], room)
                if len(pages) <= PAGE_LIMIT:
                    break
    if len(pages) > PAGE_LIMIT:
        raise Fault(FaultCode.PAPER_TOO_LONG, pages=PAGE_LIMIT)
    info = PaperInfo(
        size=sheet.clinic.page_size,
        title=words("Aftercare"),
        author=sheet.clinic.name,
        language=sheet.texts.language,
        made_at=sheet.timeline.ended_at,
        subject=sheet.texts.template_version,
    )
    return paint(info, pages, footer.draw)


def _one_page(blocks: Callable[[Density], list[Block]], room: float) -> list[Page]:
    """The blocks on a page of their own with the most white space that fits, or no page where none does."""
    from needlelog.documents.aftercare_blocks import DENSITIES
    from needlelog.documents.layout import flow

    tried: dict[Density, list[Page]] = {}

    def fits(density: Density) -> bool:
        tried[density] = flow(blocks(density), room)
        return len(tried[density]) == 1

    first = bisect_left(DENSITIES, True, key=fits)
    return tried[DENSITIES[first]] if first < len(DENSITIES) else []
