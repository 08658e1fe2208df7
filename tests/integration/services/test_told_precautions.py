"""What was told and what was answered: through the signature, the file and the print, and in visits from before."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from needlelog.domain.findings import Gate
from needlelog.domain.papers import HandOver
from needlelog.domain.session import Needling, SessionDraft
from needlelog.services.desk import Desk
from needlelog.storage import records, sessions
from needlelog.storage.chain import canonical
from needlelog.workflow.flow import SessionFlow
from tests import builders
from tests.desks import PASSPHRASE, StandingClock, a_door, set_up_desk
from tests.integration.documents.papers import text_of

NEW = ("considered", "unanswered")
TOLD_OF_DEPTH = "Forehead: 1 mm is deep, guides stop at 0.75 mm"


def ready(desk: Desk, clock: StandingClock) -> SessionFlow:
    """A whole visit with a painkiller two days ago, sensitive skin, and a deep pass; only the signature is missing."""
    client = desk.clients.add(builders.a_client())
    flow, _ = desk.sessions.resume(desk.sessions.start(client.id).id)
    full = builders.a_full_draft()
    yes = {"C09": date(2026, 11, 18), "C44": None}
    answers = tuple(
        one.with_(answer="yes", ended_on=yes[one.contraindication]) if one.contraindication in yes else one
        for one in full.consultation.screening
    )

    def prepared(draft: SessionDraft) -> SessionDraft:
        same = {name: getattr(full, name) for name in ("consent", "cleansing", "numbing")}
        consultation = full.consultation.with_(screening=answers)
        return draft.with_(**same, consultation=consultation, needling=Needling(time_out=full.needling.time_out))

    flow.edit(prepared)
    first, *rest = full.needling.passes
    needling = full.needling.with_(passes=(first.with_(zone="forehead", depth_mm=Decimal("1.00")), *rest))
    late = {name: getattr(full, name) for name in ("serums", "cooling", "reactions")}
    flow.edit(lambda draft: draft.with_(**late, needling=needling))
    clock.moment = builders.ENDED
    desk.papers.give(flow, desk.papers.aftercare(flow.draft, client), HandOver.PRINTED)
    assert flow.open_findings(Gate.SIGNING) == ()
    return flow


def consider(flow: SessionFlow, code: str) -> str:
    """Consider the precaution of this code; returns its key."""
    (finding,) = (one for one in flow.findings if one.code == code)
    flow.consider(finding)
    return finding.key


def test_what_was_considered_and_what_was_not_is_sealed_read_back_and_printed(
    tmp_path: Path, clock: StandingClock
) -> None:
    door = a_door(tmp_path / "clinic", clock)
    desk = set_up_desk(door)
    flow = ready(desk, clock)
    flow.note_on(consider(flow, "C09"), "One tablet, taken on Wednesday")
    consider(flow, "depth-warn")
    signed = desk.sessions.sign(flow)
    desk.close()
    door.leave()
    again = a_door(tmp_path / "clinic", clock)
    desk = again.unlock(again.tiles()[0].practitioner_id, PASSPHRASE)
    visit = desk.history.visit(signed.id)
    assert visit.draft == signed.draft
    assert [(one.finding.code, one.by, one.at) for one in visit.draft.considered] == [
        ("C09", "Mara Lindqvist, RN", builders.ENDED),
        ("depth-warn", "Mara Lindqvist, RN", builders.ENDED),
    ]
    assert [one.code for one in visit.draft.unanswered] == ["C44"]
    printed = text_of(desk.papers.record(visit).data)
    told = printed[printed.index("Precautions") :]
    assert "Ask: Anti-inflammatory painkiller" in told
    assert "Considered by Mara Lindqvist, RN · One tablet, taken on Wednesday" in told
    assert f"Ask: {TOLD_OF_DEPTH}" in told
    assert "Told, not answered Ask: Sensitive skin or another condition" in told
    assert [flaw.says for flaw in desk.proof.whole().flaws if not flaw.says.startswith("A photo")] == []
    desk.close()
    again.leave()


def test_a_draft_keeps_its_answers_on_the_disk(desk: Desk, clock: StandingClock) -> None:
    flow = ready(desk, clock)
    key = consider(flow, "C44")
    again, _ = desk.sessions.resume(flow.draft.id)
    assert again.draft.considered_of(key) is not None
    assert key not in {one.finding.key for one in again.open_points()}


def test_a_visit_signed_before_precautions_were_kept_reads_prints_and_proves_as_it_is(
    desk: Desk, clock: StandingClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def as_before(record: records.Record) -> str:
        told = json.loads(records.record_text(record))
        for name in NEW:
            del told["draft"][name]
        return canonical(told)

    monkeypatch.setattr(sessions, "record_text", as_before)
    signed = desk.sessions.sign(ready(desk, clock))
    visit = desk.history.visit(signed.id)
    assert (visit.draft.considered, visit.draft.unanswered) == ((), ())
    assert visit.draft.needling == signed.draft.needling
    assert "Precautions Nothing recorded" in text_of(desk.papers.record(visit).data)
    assert [flaw.says for flaw in desk.proof.whole().flaws if not flaw.says.startswith("A photo")] == []
