"""Ten visits that differ where an aftercare sheet should: place, depth, device, numbing, skin, reaction, clock."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from needlelog.documents.aftercare_content import AftercareSheet, sheet_for
from needlelog.domain.clinic import Clinic
from needlelog.domain.materials import DeviceKind, DeviceSettings, Product
from needlelog.domain.papers import SheetForm
from needlelog.domain.session import SessionDraft
from needlelog.i18n import Words
from needlelog.knowledge.model import Knowledge
from tests import builders

RADIO_FREQUENCY = DeviceSettings(
    kind=DeviceKind.RF, depth_max_mm=Decimal(3), depth_step_mm=Decimal("0.5"), output_unit="W", source="test"
)


def _visit(zones: tuple[str, ...], depth: str, concern: str, **changes: Any) -> SessionDraft:
    passes = tuple(
        builders.a_pass(
            id=builders.an_id(2000 + index), zone=zone, depth_mm=Decimal(depth), at=builders.a_moment(62 + index)
        )
        for index, zone in enumerate(zones)
    )
    usual = {
        "consultation": builders.a_consultation(concerns=(concern,)),
        "needling": builders.a_needling(passes=passes),
    }
    return builders.a_full_draft(**(usual | changes))


def moved(draft: SessionDraft, to: datetime, zone: str) -> SessionDraft:
    """The same visit, so that its last pass is at ``to``."""
    by = to - max(one.at for one in draft.needling.passes)
    passes = tuple(one.with_(at=one.at + by) for one in draft.needling.passes)
    needling = draft.needling.with_(passes=passes, started_at=None, ended_at=None)
    return draft.with_(needling=needling, serums=(), cooling=(), started_at=draft.started_at + by, time_zone=zone)


def _with_next(draft: SessionDraft, days: int) -> SessionDraft:
    at = draft.started_at + timedelta(days=days)
    return draft.with_(aftercare=draft.aftercare.with_(next_visit_at=at))


FACE = ("forehead", "cheek_left", "cheek_right")
SEEN = builders.an_observation(reaction="hyperpigmentation", scale="ctcae", grade=1, zone="cheek_left")


def visits() -> Mapping[str, SessionDraft]:
    """The ten, by what each is about."""
    face = _visit(FACE, "0.5", "texture-tone")
    return {
        "face, shallow": face,
        "acne scars, deep": _visit(("cheek_left", "cheek_right"), "2.00", "acne-scars"),
        "scalp": _visit(("scalp_frontal", "scalp_crown"), "0.6", "hair"),
        "stretch marks on the thighs": _visit(("thigh_left", "thigh_right"), "1.5", "stretch-marks"),
        "around the eyes": _visit(("periorbital_left", "periorbital_right"), "0.25", "fine-lines"),
        "radio frequency": _visit(FACE, "2.00", "texture-tone"),
        "a reaction beyond what is expected": face.with_(reactions=face.reactions.with_(observations=(SEEN,))),
        "no numbing": face.with_(numbing=()),
        "skin type V": face.with_(consultation=face.consultation.with_(fitzpatrick=5)),
        "clocks change tonight": _with_next(
            moved(face, datetime(2026, 10, 24, 14, 40, tzinfo=UTC), "Europe/London"), 42
        ),
    }


def crowded() -> SessionDraft:
    """Deep radio frequency on the whole face and around the eyes, on darker skin that has reacted."""
    around = ("periorbital_left", "periorbital_right", "chin")
    visit = _visit((*FACE, *around), "2.00", "acne-scars")
    return visit.with_(
        consultation=visit.consultation.with_(fitzpatrick=5),
        reactions=visit.reactions.with_(observations=(SEEN,)),
    )


def products_of(name: str) -> Mapping[UUID, Product]:
    """The clinic's list at that visit."""
    if name != "radio frequency":
        return {}
    return {builders.DEVICE_ID: builders.a_device(device=RADIO_FREQUENCY)}


def sheet_of(
    name: str,
    knowledge: Knowledge,
    words: Words,
    form: SheetForm | None = None,
    *,
    clinic: Clinic | None = None,
    change: Callable[[SessionDraft], SessionDraft] = lambda draft: draft,
) -> AftercareSheet:
    """The sheet of one of the ten, of this clinic, after a change to the visit."""
    client, draft = builders.a_client(language=words.language), change(visits()[name])
    return sheet_for(draft, client, clinic or builders.a_clinic(), knowledge, products_of(name), words, form)
