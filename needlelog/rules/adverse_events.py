"""What an adverse event hangs on: the devices and products of the sealed visit that touched its zones."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from uuid import UUID

from needlelog.domain.adverse_events import EventEntry, EventEntryKind, EventHistory, Involved
from needlelog.domain.materials import Product, ProductKind
from needlelog.domain.session import SessionDraft
from needlelog.i18n import Words

GtinsOf = Callable[[UUID], tuple[str, ...]]
"""The pack numbers that are known of a product of the clinic's list."""


def involved(
    draft: SessionDraft, zones: tuple[str, ...], products: Mapping[UUID, Product], gtins_of: GtinsOf, tr: Words
) -> tuple[Involved, ...]:
    """Every device, cartridge and product used on ``zones``, or in the whole visit where none are named, each once."""
    return tuple(dict.fromkeys(_involved(draft, set(zones), products, gtins_of, tr)))


def _involved(
    draft: SessionDraft, zones: set[str], products: Mapping[UUID, Product], gtins_of: GtinsOf, tr: Words
) -> Iterator[Involved]:
    # A pass names its cartridge in words.
    cartridges = {one.name: one for one in products.values() if one.kind is ProductKind.CARTRIDGE}

    def gtins(product_id: UUID | None) -> tuple[str, ...]:
        return gtins_of(product_id) if product_id else ()

    def maker(product_id: UUID | None) -> str:
        product = products.get(product_id) if product_id else None
        return product.maker if product else ""

    passes = [one for one in draft.needling.passes if not zones or one.zone in zones]
    for one in passes:
        yield Involved(what=tr("Device"), name=one.device, maker=maker(one.device_id), gtins=gtins(one.device_id))
    for one in passes:
        if one.cartridge or one.lot:
            listed = cartridges.get(one.cartridge)
            yield Involved(
                what=tr("Cartridge"),
                name=one.cartridge or one.device,
                maker=listed.maker if listed else "",
                lot=one.lot,
                serial=one.serial,
                expires_on=one.expires_on,
                gtins=gtins(listed.id if listed else None),
            )
    for use in draft.uses:
        if not zones or not use.zones or zones.intersection(use.zones):
            yield Involved(
                what=tr("Product"),
                name=use.name,
                maker=maker(use.product_id),
                lot=use.lot,
                expires_on=use.expires_on,
                gtins=gtins(use.product_id),
            )


def histories(draft: SessionDraft, added: tuple[EventEntry, ...]) -> tuple[EventHistory, ...]:
    """The adverse events of one signed visit: those recorded in it, then those opened since, each with its entries."""
    by_event: dict[UUID, list[EventEntry]] = {}
    for event in draft.reactions.adverse_events:
        by_event[event.id] = [
            EventEntry(
                id=event.id,
                event_id=event.id,
                session_id=draft.id,
                kind=EventEntryKind.OPENED,
                text=event.what,
                seriousness=event.seriousness,
                outcome=event.outcome,
                action_taken=event.action_taken,
                reported_to=event.reported_to,
                onset_at=event.onset_at,
                zones=event.zones,
                in_visit=True,
                by=draft.practitioner,
                at=event.at,
            )
        ]
    for entry in added:
        if entry.session_id == draft.id:
            by_event.setdefault(entry.event_id, []).append(entry)
    return tuple(EventHistory(entries=tuple(entries)) for entries in by_event.values())
