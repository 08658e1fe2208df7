"""The clinic's own papers of a visit that has everything and too much of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from uuid import uuid5

from needlelog.documents.client_file import ClientFile, FiledVisit, Making, make_client_file
from needlelog.documents.consent_paper import ConsentPaper, make_consent_paper
from needlelog.documents.event_report import make_event_report
from needlelog.documents.lot_list import LotList, make_lot_list
from needlelog.documents.record_sheet import make_record_sheet
from needlelog.domain.adverse_events import EventEntry, EventEntryKind, EventHistory, Involved
from needlelog.domain.findings import Finding, Level, Override, StepId
from needlelog.domain.history import LotUse, VisitSummary
from needlelog.domain.reactions import Outcome, Seriousness
from needlelog.domain.session import SessionDraft
from needlelog.domain.signed import Addendum, ClientAsSigned, SignedSession
from needlelog.domain.stock import Treated
from needlelog.domain.value import LINE_LIMIT
from needlelog.i18n import Words
from needlelog.knowledge.consent import load_consent_texts, text_for
from needlelog.knowledge.model import Knowledge
from needlelog.paths import resources
from tests.builders import (
    BIRTH_DATE,
    ENDED,
    STARTED,
    a_client,
    a_clinic,
    a_consent,
    a_full_draft,
    a_moment,
    a_needling,
    a_pass,
    a_use,
    an_id,
)
from tests.integration.documents.test_record_sheet import a_signed_session

WORDS = Words()
LONG_NAME = ("Wolfeschlegelsteinhausenbergerdorff " * 9)[:LINE_LIMIT].strip()
CODE = "X236-000B-DKN6-PT7F-XN4D"
ZONES = (
    "forehead",
    "glabella",
    "temple_left",
    "temple_right",
    "nose",
    "malar_left",
    "malar_right",
    "cheek_left",
    "cheek_right",
    "chin",
    "neck_front",
    "decolletage",
)
LOTS = ("TW-4866", "TW-5012")


def a_long_draft(knowledge: Knowledge, passes: int = 60, language: str = "en") -> SessionDraft:
    """So many passes over twelve zones with two cartridges, four serums, and a reason against three findings."""
    shown = text_for(load_consent_texts(resources() / "consent"), language)
    needled = tuple(
        a_pass(
            id=an_id(5000 + number),
            zone=ZONES[number * len(ZONES) // passes],
            lot=LOTS[number * len(LOTS) // passes],
            depth_mm=Decimal("0.50") + Decimal("0.25") * (number % 4),
            at=a_moment(62 + number / 4),
        )
        for number in range(passes)
    )
    sourced = [one for one in knowledge.contraindications.values() if len(one.sources) > 3][:3]
    overrides = tuple(
        Override(
            finding=Finding(
                key=f"screening-{number}",
                code="screening",
                step=StepId.CONSULTATION,
                level=Level.HOLD,
                title=one.title,
                detail="Ended 18-Jul-2026: 18 weeks (126 days) ago; the rule asks 12 months.",
                sources=one.sources,
            ),
            reason="Agreed in writing by the dermatologist.",
            by="Mara Lindt, RN",
            at=a_moment(number),
        )
        for number, one in enumerate(sourced)
    )
    return a_full_draft(
        consent=a_consent(shown=shown),
        needling=a_needling(passes=needled),
        serums=tuple(a_use(id=an_id(6000 + number), name=f"Serum number {number}") for number in range(4)),
        overrides=overrides,
    )


def a_long_visit(draft: SessionDraft, name: str = "Ana Nowak") -> SignedSession:
    """Signed, with three addenda."""
    addenda = tuple(
        Addendum(
            id=an_id(90 + number),
            session_id=draft.id,
            text=f"Telephoned on day {number}: redness is going down, a little dry, nothing that worries her.",
            by="Mara Lindt, RN",
            at=a_moment(3000 * (number + 1)),
        )
        for number in range(3)
    )
    client = ClientAsSigned(id=draft.client_id, number=42, full_name=name, birth_date=BIRTH_DATE)
    return a_signed_session(draft, addenda=addenda, client=client)


def an_event_of(signed: SignedSession, entries: int = 5) -> EventHistory:
    """An event on two zones that went on for so many entries."""
    first = EventEntry(
        id=an_id(700),
        event_id=an_id(700),
        session_id=signed.id,
        kind=EventEntryKind.OPENED,
        text="Three small blisters beside the mouth since this morning.",
        seriousness=Seriousness.NEEDED_TREATMENT,
        action_taken="Seen by a doctor the same day, swab taken.",
        onset_at=a_moment(2000),
        zones=("cheek_left", "chin"),
        by="Mara Lindt, RN",
        at=a_moment(2100),
    )
    more = tuple(
        first.with_(
            id=an_id(700 + number),
            kind=EventEntryKind.COURSE,
            text=f"Day {number}: two blisters are dry, the third is smaller. The client has no fever and sleeps well.",
            seriousness=None,
            outcome=Outcome.RESOLVING,
            action_taken="",
            at=a_moment(2100 + 1440 * number),
        )
        for number in range(1, entries)
    )
    return EventHistory(entries=(first, *more))


def the_involved(count: int = 4) -> tuple[Involved, ...]:
    """A device, a cartridge and so many products."""
    products = (
        Involved(what="Product", name=f"Product number {number}", lot=f"PR-{number}", expires_on=date(2028, 1, 15))
        for number in range(count)
    )
    return (
        Involved(what="Device", name="Test Pen", serial="SN-0042"),
        Involved(what="Cartridge", name="12-pin cartridge", lot="TW-4866", gtins=("09520100446610",)),
        *products,
    )


def a_record(knowledge: Knowledge, signed: SignedSession) -> bytes:
    return make_record_sheet(signed, a_clinic(), knowledge, WORDS, code=CODE)


def a_consent_on_paper(signed: SignedSession) -> bytes:
    return make_consent_paper(ConsentPaper.of(signed, a_clinic(), CODE), WORDS)


def a_report(knowledge: Knowledge, signed: SignedSession, entries: int = 5, products: int = 4) -> bytes:
    event = an_event_of(signed, entries)
    return make_event_report(signed, event, the_involved(products), a_clinic(), knowledge, WORDS, code=CODE)


def a_list(knowledge: Knowledge, clients: int = 40, name: str = "Ana Nowak") -> bytes:
    found = []
    for number in range(clients):
        client = uuid5(an_id(1), str(number))
        use = LotUse(
            session_id=uuid5(client, "visit"),
            client_id=client,
            client_number=number + 1,
            client_name=f"{name} {number}"[:LINE_LIMIT],
            started_at=STARTED - timedelta(days=number),
            time_zone="Europe/London",
            product="12-pin cartridge",
            lot="CT-2291",
            zones=ZONES[: 1 + number % 9],
        )
        found.append(Treated(use=use, birth_date=BIRTH_DATE, phone="07700 900142", concerns=("acne-scars",)))
    return make_lot_list(LotList(a_clinic(), "CT-2291", tuple(found), ENDED, "Mara Lindt, RN"), knowledge, WORDS)


def a_file(knowledge: Knowledge, signed: SignedSession, visits: int = 3, name: str = "Ana Nowak") -> bytes:
    """The client file of so many visits that are all alike."""
    summaries = tuple(
        VisitSummary(
            id=uuid5(signed.id, str(number)),
            client_id=signed.draft.client_id,
            started_at=STARTED - timedelta(days=30 * number),
            signed_at=ENDED - timedelta(days=30 * number),
            time_zone=signed.draft.time_zone,
            practitioner="Mara Lindt, RN",
        )
        for number in range(visits)
    )
    read: Callable[[VisitSummary], FiledVisit] = lambda summary: FiledVisit(summary, signed, code=CODE)  # noqa: E731
    client = a_client(full_name=name)
    file = ClientFile(client, a_clinic(), summaries, ENDED, "Mara Lindt, RN")
    return make_client_file(file, Making(read, lambda _done, _of: None, lambda: None), knowledge, WORDS)
