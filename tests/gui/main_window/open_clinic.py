"""The real window over a clinic with clients, visits and papers, and the way to every screen of it."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from PySide6.QtWidgets import QApplication

from needlelog.bootstrap import door as make_door
from needlelog.domain.series import CombinedTreatment, Series
from needlelog.services.desk import Desk
from needlelog.storage.tables.papers import HandOver
from tests.desks import CHEAP, set_up_desk
from tests.gui.frames import Frame
from tests.gui.screens.clinic_days import a_busy_clinic
from tests.gui.tab_walk import check_tab, name_of
from ui.toolkit.screen import (
    EditClient,
    EditSeries,
    EndSeries,
    Route,
    Screen,
    ToClient,
    ToClients,
    ToEntry,
    ToEvent,
    ToFollowUp,
    ToKnowledge,
    ToLot,
    ToPaper,
    ToPreparation,
    ToProducts,
    ToRecord,
    ToSession,
    ToSettings,
    ToTemplates,
    ToToday,
)


class Clinic:
    """The real window over a clinic with clients, visits and papers."""

    def __init__(self, frame: Frame, folder: Path) -> None:
        door = make_door(folder, clock=frame.clock, cost=CHEAP)
        door.enter()
        desk = set_up_desk(door)
        self.known: dict[str, Any] = a_busy_clinic(desk, frame.clock)
        self.series = desk.series.keep(a_series(self.known["ana"].id, frame.clock.now()))
        flow, _ = desk.sessions.resume(self.known["left_open"].id)
        sheet = desk.papers.aftercare(flow.draft, self.known["ana"])
        self.paper = desk.papers.give(flow, sheet, HandOver.SHOWN).document_id
        desk.close()
        door.leave()
        self.frame = frame
        self.window = frame.window

    @property
    def desk(self) -> Desk:
        """The open clinic."""
        assert self.window.work is not None
        return self.window.work.desk

    def go(self, route: Route) -> Screen:
        """Show the screen of this route."""
        assert self.window.work is not None
        self.window.work.go(route)
        QApplication.processEvents()
        now = self.window.work.screen_now
        assert now is not None
        return now

    def check(self) -> list[str]:
        """Go round from the rail."""
        assert self.window.work is not None
        rail = self.window.work.rail
        first = next(one for one in (rail.button("back"), rail.button("today")) if one.isVisible())
        first.setFocus()
        return [name_of(one) for one in check_tab(self.window, first=first)]


def a_series(client_id: UUID, at: datetime) -> Series:
    """A series with another treatment on its plan that stands too near, kept against the sources for a reason."""
    return Series(
        id=uuid4(),
        client_id=client_id,
        concern="acne-scars",
        sessions=8,
        interval_days=21,
        zones=("cheek_left", "cheek_right", "chin"),
        depth_mm=Decimal("1.25"),
        started_on=at.date(),
        reason="Shallow passes only, agreed with the dermatologist who sees the client every month.",
        treatments=(
            CombinedTreatment(id=uuid4(), combination="light-peel", on=at.date() + timedelta(days=10), note="Glycolic"),
        ),
        at=at,
    )


def routes(clinic: Clinic) -> list[Route]:
    known = clinic.known
    return [
        ToToday(),
        ToClients(),
        ToClients("no such client"),
        ToClient(known["ana"].id),
        ToClient(known["others"][8].id),
        EditClient(None),
        EditClient(known["ana"].id),
        EditSeries(known["ana"].id, None),
        EditSeries(known["ana"].id, clinic.series.id),
        EndSeries(clinic.series.id),
        ToPreparation(known["ana"].id),
        ToRecord(known["signed"][0].id),
        ToRecord(known["signed"][2].id),
        ToFollowUp(known["signed"][0].id, "24h"),
        ToEvent(known["signed"][0].id),
        ToProducts(),
        ToKnowledge(),
        ToEntry("contraindications:C24"),
        ToTemplates(),
        ToTemplates("consent", "ar"),
        ToLot(),
        ToLot("CT-2291"),
        ToSettings(),
        ToSession(known["under_way"][0].id),
        ToPaper(clinic.paper),
    ]
