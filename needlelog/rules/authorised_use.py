"""Authorised use: for which skin types, concerns and zones (``devices.toml``, ``concerns.toml``).

What is not is said before the needle, as a question: whether to go on is the practitioner's to answer.
"""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from needlelog.domain.client import ROMAN
from needlelog.domain.findings import Finding, Level, Source, StepId
from needlelog.domain.session import SessionDraft
from needlelog.knowledge.model import Concern, DeviceEntry
from needlelog.rules.circumstances import Circumstances
from needlelog.rules.devices_meant import devices_meant, zones_meant


def judge_authorised_use(draft: SessionDraft, around: Circumstances) -> Iterator[Finding]:
    """A question for each device planned, used or in the hand, and for each concern, that goes beyond what is."""
    for device_id in devices_meant(draft):
        product = around.products.get(device_id)
        entry = around.knowledge.devices.get(product.knowledge_id) if product else None
        if product is not None and entry is not None:
            yield from _skin_type(device_id, product.name, entry, draft, around)
    for id_ in draft.consultation.concerns:
        concern = around.knowledge.concerns.get(id_)
        if concern is not None:
            yield from _concern(concern, draft, around)


def _skin_type(
    device_id: UUID, name: str, entry: DeviceEntry, draft: SessionDraft, around: Circumstances
) -> Iterator[Finding]:
    tr, skin_type = around.tr, draft.consultation.fitzpatrick
    if skin_type is None:
        return
    values = {"device": name, "type": ROMAN[skin_type]}
    if entry.fitzpatrick and skin_type not in entry.fitzpatrick:
        title = tr("{device}: not authorised everywhere for skin type {type}", **values)
        yield _finding(
            f"skin-type:{device_id}:{skin_type}", "device-skin-type", title, tr(entry.authorised_use), entry.sources
        )
    zones = around.knowledge.zones
    for use in entry.on_area:
        here = [zone for zone in zones_meant(draft, device_id) if zone in zones and zones[zone].area == use.area]
        if here and skin_type not in use.fitzpatrick:
            names = ", ".join(around.zone_name(zone) for zone in here)
            title = tr("{device}: not authorised for skin type {type} here: {zones}", zones=names, **values)
            key = f"skin-type:{device_id}:{skin_type}:{','.join(sorted(here))}"
            yield _finding(key, "device-skin-type", title, tr(entry.authorised_use), entry.sources)


def _concern(concern: Concern, draft: SessionDraft, around: Circumstances) -> Iterator[Finding]:
    tr, name = around.tr, around.tr(concern.name)
    if concern.flag:
        title = tr("{concern}: {flag}", concern=name, flag=tr(concern.flag))
        yield _finding(f"concern-use:{concern.id}:flag", "concern-use", title, tr(concern.note), concern.sources)
    if concern.only_devices:
        allowed = [
            around.knowledge.devices[one].name for one in concern.only_devices if one in around.knowledge.devices
        ]
        for device_id in devices_meant(draft):
            product = around.products.get(device_id)
            if product is None or product.knowledge_id in concern.only_devices:
                continue
            title = tr("{device} is not authorised for: {concern}", device=product.name, concern=name)
            detail = tr("Authorised: {devices}.", devices=", ".join(allowed))
            key = f"concern-use:{concern.id}:{device_id}"
            yield _finding(key, "concern-use", title, detail, concern.sources)
    if concern.only_sites:
        zones, sites = around.knowledge.zones, around.knowledge.sites
        beyond = [one for one in zones_meant(draft) if one in zones and zones[one].site not in concern.only_sites]
        if beyond:
            names = ", ".join(around.zone_name(zone) for zone in beyond)
            title = tr("{concern}: not authorised here: {zones}", concern=name, zones=names)
            allowed = [tr(sites[one].name) for one in concern.only_sites if one in sites]
            detail = tr("Authorised: {places}.", places=", ".join(allowed))
            key = f"concern-use:{concern.id}:{','.join(sorted(beyond))}"
            yield _finding(key, "concern-use", title, detail, concern.sources)


def _finding(key: str, code: str, title: str, detail: str, sources: tuple[Source, ...]) -> Finding:
    return Finding(
        key=key,
        code=code,
        step=StepId.CONSULTATION,
        level=Level.ASK,
        title=title,
        detail=detail,
        sources=sources,
        field="fitzpatrick" if code == "device-skin-type" else "",
    )
