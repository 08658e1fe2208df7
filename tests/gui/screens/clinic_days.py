"""Days in a real clinic: clients are added, treated and signed through the services, the clock set to each day."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from hashlib import sha256
from typing import Any
from uuid import UUID, uuid4

from needlelog.domain.client import Allergy, AllergyState, Client, Fact, FactKind
from needlelog.domain.findings import StepId
from needlelog.domain.papers import HandOver, Paper, PaperKind
from needlelog.domain.partial_date import PartialDate, Precision
from needlelog.domain.reactions import Observation
from needlelog.domain.session import Reactions, SessionDraft, StepSkipped
from needlelog.domain.signed import SignedSession
from needlelog.domain.treatment import NeedlingPass
from needlelog.services.desk import Desk
from needlelog.services.kept_papers import Sheet
from tests import builders
from tests.desks import StandingClock


def add_client(desk: Desk, full_name: str, birth_date: date = date(1988, 3, 12), **facts: Any) -> Client:
    """A new client of the clinic, with no known allergies unless told otherwise."""
    usual: dict[str, Any] = {"allergy_state": AllergyState.NONE_KNOWN, "phone": "07700 900142", "fitzpatrick": 3}
    return desk.clients.add(
        Client.model_validate(
            {
                "id": uuid4(),
                "number": 1,
                "full_name": full_name,
                "birth_date": birth_date,
                "added_at": desk.clock.now(),
                **usual,
                **facts,
            }
        )
    )


def _moved(value: Any, by: timedelta) -> Any:
    if isinstance(value, datetime):
        return value + by
    if isinstance(value, dict):
        # Signed parts are never written over, so every visit's parts have ids of their own.
        return {
            key: uuid4() if key == "id" and isinstance(one, UUID) else _moved(one, by) for key, one in value.items()
        }
    if isinstance(value, tuple | list):
        return tuple(_moved(one, by) for one in value)
    return value


def content_at(started_at: datetime, **changes: Any) -> SessionDraft:
    """A complete visit with every moment of it on the day of ``started_at``."""
    draft = builders.a_full_draft(**changes)
    return SessionDraft.model_validate(_moved(draft.model_dump(), started_at - builders.STARTED))


def passes(zones: tuple[str, ...], depth: Decimal, device: str = "Test Pen") -> tuple[NeedlingPass, ...]:
    """Two passes over each zone, the second at ``depth``, the first a quarter of a millimetre above."""
    return tuple(
        builders.a_pass(id=uuid4(), zone=zone, depth_mm=max(Decimal("0.25"), one), device=device, count=2)
        for zone in zones
        for one in (depth - Decimal("0.25"), depth)
    )


def treat(
    desk: Desk,
    clock: StandingClock,
    client: Client,
    on: datetime,
    *,
    zones: tuple[str, ...] = ("forehead", "cheek_left", "cheek_right"),
    depth: str = "0.75",
    redness: int | None = 2,
    draft: UUID | None = None,
    signed_on: datetime | None = None,
    **changes: Any,
) -> SignedSession:
    """A whole signed visit on that day, or the open one of this id brought to its end; the clock is put back after.

    It is signed at once, or on the day that ``signed_on`` has.
    """
    back, clock.moment = clock.moment, on
    try:
        flow, judge = desk.sessions.resume(draft or desk.sessions.start(client.id).id)
        needling = builders.a_needling(passes=passes(zones, Decimal(depth)))
        seen = Reactions(none_observed_at=builders.a_moment(94))
        if redness is not None:
            seen = Reactions(observations=(builders.an_observation(id=uuid4(), grade=redness, zone=zones[0]),))
        whole = content_at(on, **({"needling": needling, "reactions": seen} | changes))
        consent = whole.consent.with_(confirmed_name=client.full_name, confirmed_birth_date=client.birth_date)
        kept = {name: getattr(whole, name) for name in _OWNED} | {"consent": consent}
        if "consultation" not in changes:
            # The photo in it is on no disk.
            kept["consultation"] = kept["consultation"].with_(photos=())
        kept["consultation"] = kept["consultation"].with_(series=flow.draft.consultation.series)
        needled = kept.pop("needling")
        flow.edit(lambda draft: draft.with_(**kept, needling=needled.with_(passes=())))
        for finding in judge.findings(flow.draft.with_(needling=needled)):
            if finding.overridable:
                flow.override(finding, "Discussed with the client, who wishes to go on.")
        flow.edit(lambda draft: draft.with_(needling=needled))
        clock.moment = on + timedelta(minutes=100)
        if flow.draft.aftercare.given:
            flow.edit(lambda draft: draft.with_(aftercare=draft.aftercare.with_(given=())))
            desk.papers.give(flow, a_blank_sheet(flow.draft, clock.moment), HandOver.PRINTED)
        clock.moment = signed_on or clock.moment
        return desk.sessions.sign(flow)
    finally:
        clock.moment = back


def a_blank_sheet(draft: SessionDraft, made_at: datetime) -> Sheet:
    """A sheet that takes no time to make."""
    data = f"%PDF-1.7 {draft.id}".encode()
    paper = Paper(
        id=uuid4(),
        session_id=draft.id,
        client_id=draft.client_id,
        kind=PaperKind.AFTERCARE,
        language="en",
        template_version="1",
        sha256=sha256(data).hexdigest(),
        size_bytes=len(data),
        made_at=made_at,
    )
    return Sheet(paper, data)


_OWNED = (
    "consultation",
    "cleansing",
    "numbing",
    "needling",
    "serums",
    "cooling",
    "reactions",
    "aftercare",
    "skipped",
)


def begin(desk: Desk, clock: StandingClock, client: Client, on: datetime, step: StepId, **content: Any) -> SessionDraft:
    """A visit begun then and left at ``step``."""
    back, clock.moment = clock.moment, on
    try:
        draft = desk.sessions.start(client.id)
        flow, _ = desk.sessions.resume(draft.id)
        flow.edit(lambda draft: draft.with_(**content))
        flow.go_to(step)
        return flow.draft
    finally:
        clock.moment = back


NAMES: tuple[tuple[str, date, dict[str, Any]], ...] = (
    ("Łukasz O'Brien <b>& Søn", date(1979, 7, 3), {"known_as": "Luke"}),
    ("Nguyễn Thị Minh Khai", date(1994, 9, 21), {"fitzpatrick": 4}),
    ("Ελένη Παπαδοπούλου", date(1985, 1, 30), {"phone": "+30 21 0555 0199"}),
    ("נועה לוי", date(1990, 11, 2), {"allergy_state": AllergyState.NOT_RECORDED}),
    ("فاطمة الزهراء", date(1982, 4, 18), {"fitzpatrick": 5}),
    ("王小明", date(2000, 2, 29), {"allergy_state": AllergyState.UNAVAILABLE}),
    ("Ольга Соколова", date(1976, 12, 5), {}),
    ("Grace Okonkwo-Fitzgerald", date(1991, 6, 14), {"fitzpatrick": 6, "known_as": "Gracie"}),
    ("Tom Barnes", date(2009, 5, 9), {"allergy_state": AllergyState.NOT_RECORDED}),
    ("Maria João Carvalho e Albuquerque dos Santos", date(1968, 8, 23), {}),
)


def a_busy_clinic(desk: Desk, clock: StandingClock) -> dict[str, Any]:
    """Clients in many scripts, a series of visits, two visits under way and one left open; names what a test needs."""
    now = clock.now()
    ana = add_client(
        desk,
        "Ana Nowak",
        known_as="Anka",
        email="ana.nowak@example.org",
        address="14 Marine Parade\nBrighton BN2 1TL",
        emergency_contact="Piotr Nowak, 07700 900871",
        allergy_state=AllergyState.KNOWN,
        allergies=(
            Allergy(substance="Lidocaine", reaction="hives within minutes"),
            Allergy(substance="Nickel", reaction="contact rash"),
        ),
        facts=(
            Fact(
                id=uuid4(),
                kind=FactKind.CONDITION,
                text="Cold sores on the upper lip",
                contraindication="C03",
                since=PartialDate.around(date(2015, 5, 1), Precision.YEAR),
                noted_on=date(2026, 1, 5),
            ),
            Fact(
                id=uuid4(),
                kind=FactKind.MEDICINE,
                text="Tretinoin 0.05 % cream",
                since=PartialDate(date(2025, 9, 1)),
                until=PartialDate.around(date(2026, 6, 30), Precision.MONTH),
                noted_on=date(2026, 1, 5),
            ),
        ),
        notes="Prefers the morning. Anxious about needles: show the pen first.",
    )
    signed = [
        treat(desk, clock, ana, now - timedelta(days=days), depth=depth, redness=redness, zones=zones)
        for days, depth, redness, zones in (
            (174, "0.50", 3, ("forehead", "cheek_left", "cheek_right")),
            (132, "0.75", 2, ("forehead", "cheek_left", "cheek_right", "chin")),
            (90, "1.00", 2, ("forehead", "cheek_left", "cheek_right", "chin", "nose")),
            (34, "1.25", 1, ("forehead", "temple_left", "cheek_left", "cheek_right", "chin", "jawline_left")),
        )
    ]
    desk.sessions.add_addendum(signed[2].id, "Client phoned on day 2: redness gone, slight flaking on the chin.")
    others = [add_client(desk, name, born, **facts) for name, born, facts in NAMES]
    for place, other in enumerate(others[:6]):
        treat(desk, clock, other, now - timedelta(days=3 + 11 * place), redness=None if place % 2 else 2)
    numbing = (builders.a_numbing(on_at=now - timedelta(minutes=23, seconds=10), removed_at=None, area_cm2=None),)
    under_way = [
        begin(desk, clock, others[1], now - timedelta(minutes=41), StepId.NUMBING, numbing=numbing),
        begin(desk, clock, others[7], now - timedelta(minutes=12), StepId.CONSULTATION),
    ]
    left_open = begin(desk, clock, ana, now - timedelta(days=2), StepId.AFTERCARE)
    return {"ana": ana, "signed": signed, "others": others, "under_way": under_way, "left_open": left_open}


def a_skipped_step(step: StepId, at: datetime) -> StepSkipped:
    """The step did not apply."""
    return StepSkipped(step=step, reason="Client declined numbing", by="Mara Lindqvist, RN", at=at)


def observation(grade: int, zone: str) -> Observation:
    """Redness of this grade."""
    return builders.an_observation(id=uuid4(), grade=grade, zone=zone)


UTC_NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
