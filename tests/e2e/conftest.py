"""A prepared clinic: nine clients, each with a visit that stands at another step, and one ready to sign."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from needlelog.domain.findings import Gate, StepId
from needlelog.domain.materials import ProductKind
from needlelog.domain.papers import HandOver
from needlelog.domain.session import Numbing, SessionDraft
from needlelog.knowledge.consent import text_for
from needlelog.services.desk import Desk
from needlelog.workflow.flow import SessionFlow
from tests import builders
from tests.desks import START, StandingClock, a_door, set_up_desk
from tests.e2e.visit_scenarios import READY, client_at
from tests.gui.screens.clinic_days import add_client, content_at

ORDER = tuple(StepId)
OWNED = {
    StepId.CONSULTATION: "consultation",
    StepId.CONSENT: "consent",
    StepId.CLEANSING: "cleansing",
    StepId.NUMBING: "numbing",
    StepId.NEEDLING: "needling",
    StepId.SERUM: "serums",
    StepId.COOLING: "cooling",
    StepId.REACTIONS: "reactions",
    StepId.AFTERCARE: "aftercare",
}
Copy = Callable[[str], Path]


def _with_own_devices(draft: SessionDraft, desk: Desk) -> SessionDraft:
    """The same visit with a device and products that are on this clinic's list."""
    device = next(one for one in desk.materials.all(ProductKind.DEVICE) if one.name == "SkinPen Precision")
    plan = draft.consultation.plan
    zones = tuple(zone.with_(device_id=device.id) for zone in plan.zones)
    passes = tuple(one.with_(device_id=device.id, device=device.name) for one in draft.needling.passes)
    return draft.with_(
        consultation=draft.consultation.with_(plan=plan.with_(zones=zones, products=()), photos=()),
        needling=draft.needling.with_(passes=passes),
    )


def _numbing(draft: SessionDraft) -> tuple[Numbing, ...]:
    on = draft.started_at + timedelta(minutes=20)
    return (
        builders.a_numbing(id=draft.numbing[0].id, on_at=on, removed_at=on + timedelta(minutes=30), product_id=None),
    )


def _begin_at(desk: Desk, step: StepId, name: str) -> SessionFlow:
    on = START - timedelta(minutes=100)
    client = add_client(desk, name)
    whole = _with_own_devices(content_at(on), desk)
    whole = whole.with_(
        numbing=_numbing(whole),
        consent=whole.consent.with_(
            confirmed_name=client.full_name,
            confirmed_birth_date=client.birth_date,
            shown=text_for(desk.consent_texts, client.language),
        ),
    )
    before = ORDER[: ORDER.index(step)]
    done: dict[str, Any] = {OWNED[one]: getattr(whole, OWNED[one]) for one in before}
    needling = done.pop("needling", None)
    flow, judge = desk.sessions.resume(desk.sessions.start(client.id).id)
    flow.edit(lambda draft: draft.with_(**done))
    if needling is not None:
        flow.edit(lambda draft: draft.with_(needling=needling.with_(passes=())))
        for finding in judge.findings(flow.draft.with_(needling=needling)):
            if finding.overridable:
                flow.override(finding, "Discussed with the client, who wishes to go on.")
        flow.edit(lambda draft: draft.with_(needling=needling))
    flow.go_to(step)
    return flow


def _ready_to_sign(desk: Desk) -> None:
    flow = _begin_at(desk, StepId.AFTERCARE, READY)
    sheet = desk.papers.aftercare(flow.draft, desk.clients.get(flow.draft.client_id))
    desk.papers.give(flow, sheet, HandOver.PRINTED)
    assert flow.open_findings(Gate.SIGNING) == ()


@pytest.fixture(scope="session")
def _ten_visits(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("prepared") / "clinic"
    clock = StandingClock(START - timedelta(minutes=100))
    door = a_door(folder, clock)
    desk = set_up_desk(door)
    for step in ORDER:
        _begin_at(desk, step, client_at(step))
    _ready_to_sign(desk)
    desk.close()
    door.leave()
    return folder


@pytest.fixture
def clinic(_ten_visits: Path, tmp_path: Path) -> Path:
    """A copy of the prepared clinic, for this test alone."""
    return Path(shutil.copytree(_ten_visits, tmp_path / "clinic"))
