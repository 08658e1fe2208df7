"""A visit that cannot be read any more keeps nobody off a recall, and no visit from being opened."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import builders
from tests.desks import StandingClock
from tests.gui.screens.clinic_days import add_client
from tests.integration.services.test_proof import Clinic


def test_the_client_of_a_damaged_open_visit_is_called_too(
    tmp_path: Path, clock: StandingClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    clinic = Clinic(tmp_path / "clinic", clock, monkeypatch)
    with clinic.opened() as desk:
        client = add_client(desk, "Zoë Hart")
        draft = desk.sessions.start(client.id)
        flow, _ = desk.sessions.resume(draft.id)
        passes = (builders.a_pass(lot="CT-5555", serial="SN-1"),)
        flow._store.save(flow.draft.with_(needling=builders.a_needling(passes=passes)))
        desk.stock.recall("12-pin cartridge", "CT-5555", "Seal may leak")
        desk.stock.recall("Another cartridge", "CT-5556", "Seal may leak")
    clinic.tamper(f"UPDATE draft SET content = substr(content, 1, length(content) - 9) WHERE id = '{draft.id.hex}'")
    with clinic.opened() as desk:
        called = {use.client_name for _, use in desk.stock.treated_with_recalled()}
        assert called == {"Zoë Hart"}
        assert desk.stock.recalled_lots_of(client.id) == ("CT-5555",)
        assert [one.recall is not None for one in desk.stock.treated_with("ct-5555")] == [True]
        other = desk.sessions.start(add_client(desk, "Mia Lund").id)
        assert desk.sessions.resume(other.id)[1].around.shelf.used_needles == frozenset()
