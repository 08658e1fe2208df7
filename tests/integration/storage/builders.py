"""Whole, valid records to store."""

from __future__ import annotations

import hashlib
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

from needlelog.domain.adverse_events import EventEntry, EventEntryKind
from needlelog.domain.client import Allergy, AllergyState, Client, Fact, FactKind
from needlelog.domain.clinic import Clinic, Practitioner
from needlelog.domain.clinic_values import ClinicValue
from needlelog.domain.consent import Consent, ConsentText, Signature
from needlelog.domain.findings import Finding, Gate, Level, Override, Source, StepId
from needlelog.domain.follow_up import FlagHandled, FollowUpAnswer, Reached, RedFlag, Reply
from needlelog.domain.materials import AnaestheticLimits, Lot, MaterialUse, Product, ProductKind
from needlelog.domain.own_texts import OwnTextsDraft, OwnTextsVersion
from needlelog.domain.papers import Paper, PaperKind, Withdrawal
from needlelog.domain.partial_date import PartialDate
from needlelog.domain.reactions import AdverseEvent, Grade, Observation, Seriousness
from needlelog.domain.series import CombinedTreatment, Series, SeriesVisit
from needlelog.domain.session import (
    Aftercare,
    Cleansing,
    Consultation,
    Needling,
    Numbing,
    Reactions,
    ScreeningAnswer,
    SessionDraft,
)
from needlelog.domain.signed import ClientAsSigned
from needlelog.domain.stock import LotMovement, MovementKind, Recall
from needlelog.domain.treatment import Direction, Endpoint, NeedlingPass
from needlelog.storage.products import ProductRepository
from needlelog.storage.stock import StockRepository

NOON = datetime(2026, 11, 20, 12, 0, 0, 123456, tzinfo=UTC)
MARKER = "Zażółć-Marker"


def client(**changes: Any) -> Client:
    values: dict[str, Any] = {
        "id": uuid4(),
        "number": 1,
        "full_name": f"{MARKER} Łukasz",
        "known_as": "Luki",
        "birth_date": date(1988, 3, 12),
        "phone": "+44 7700 900123",
        "email": "marker@example.org",
        "address": "1 Marker Street\nTown",
        "fitzpatrick": 3,
        "allergy_state": AllergyState.KNOWN,
        "allergies": (Allergy(substance="lidocaine", reaction="hives"), Allergy(substance="nickel")),
        "facts": (
            Fact(
                id=uuid4(),
                kind=FactKind.MEDICINE,
                text="isotretinoin",
                since=PartialDate(date(2025, 1, 2)),
                noted_on=date(2026, 1, 1),
            ),
            Fact(id=uuid4(), kind=FactKind.CONDITION, text="eczema", noted_on=date(2026, 1, 1)),
        ),
        "notes": "line one\nline two",
        "added_at": NOON,
    }
    return Client(**(values | changes))


def clinic() -> Clinic:
    return Clinic(name="Needle & Skin", time_zone="Europe/London", logo=b"\x89PNG", phone="020 7946 0000")


def practitioner() -> Practitioner:
    return Practitioner(id=uuid4(), name="Ana Nowak", credentials="RN", added_at=NOON)


def needling_pass(zone: str, depth: str, **changes: Any) -> NeedlingPass:
    values: dict[str, Any] = {
        "id": uuid4(),
        "zone": zone,
        "device": "Pen",
        "cartridge": "Pen 16",
        "lot": "L-77",
        "expires_on": date(2027, 5, 31),
        "depth_mm": Decimal(depth),
        "output": Decimal("6.5"),
        "output_unit": "Hz",
        "direction": Direction.CROSSHATCH,
        "count": 2,
        "endpoint": Endpoint.ERYTHEMA,
        "at": NOON,
        "by": "Ana",
    }
    return NeedlingPass(**(values | changes))


def use(name: str, **changes: Any) -> MaterialUse:
    values: dict[str, Any] = {
        "id": uuid4(),
        "kind": ProductKind.SERUM,
        "name": name,
        "lot": "S-1",
        "amount": Decimal("1.5"),
        "amount_unit": "ml",
        "zones": ("cheek_left", "forehead"),
        "at": NOON,
    }
    return MaterialUse(**(values | changes))


def override(reason: str = "Agreed with the client's doctor") -> Override:
    finding = Finding(
        key="depth:cheek_left:2.5",
        code="depth-above-band",
        step=StepId.NEEDLING,
        level=Level.HOLD,
        gate=Gate.NEEDLING,
        title="Deeper than usual",
        sources=(Source(address="https://example.org/depth"),),
        overridable=True,
    )
    return Override(finding=finding, reason=reason, by="Ana", at=NOON)


def draft(client_id: UUID, *, started_at: datetime = NOON, **changes: Any) -> SessionDraft:
    """A visit with something in every part that is stored as rows."""
    values: dict[str, Any] = {
        "id": uuid4(),
        "client_id": client_id,
        "practitioner_id": uuid4(),
        "practitioner": "Ana Nowak, RN",
        "started_at": started_at,
        "time_zone": "Europe/London",
        "knowledge_version": "2026-11",
        "consultation": Consultation(
            concerns=("acne-scars",),
            screening=(
                ScreeningAnswer(contraindication="pregnancy", answer="no", at=NOON),
                ScreeningAnswer(contraindication="isotretinoin", answer="yes", ended_on=date(2026, 1, 1), at=NOON),
            ),
            baseline=(Grade(id=uuid4(), scale="erythema", value=1, at=NOON),),
        ),
        "consent": Consent(
            shown=ConsentText(id="c", version="1", language="en", title="Consent", text=f"I, {MARKER}, agree."),
            confirmed_name=MARKER,
            confirmed_birth_date=date(1988, 3, 12),
            signature=Signature(strokes=(((0.1, 0.2, 0), (0.3, 0.4, 15)),), at=NOON),
        ),
        "cleansing": Cleansing(uses=(use("Wash", kind=ProductKind.CLEANSER, amount=None),), done_at=NOON),
        "numbing": (
            Numbing(
                id=uuid4(),
                name="Lidocaine 4 %",
                strength="4 %",
                limits=AnaestheticLimits(agents=(("lidocaine", Decimal("4.0")),), max_g=Decimal("5")),
                applied_g=Decimal("2.250"),
                area_cm2=Decimal("120.5"),
                zones=("forehead",),
                lot="N-9",
                on_at=NOON,
            ),
        ),
        "needling": Needling(
            passes=(
                needling_pass("cheek_left", "1.50"),
                needling_pass("cheek_left", "0.75"),
                needling_pass("forehead", "0.50", lot="L-78", serial="SN-1"),
            )
        ),
        "serums": (use("Hyaluronic acid"),),
        "cooling": (use("Mask", kind=ProductKind.COOLING, duration_s=600, started_at=NOON, lot=""),),
        "reactions": Reactions(
            observations=(
                Observation(id=uuid4(), reaction="erythema", scale="erythema", grade=2, zone="forehead", at=NOON),
                Observation(id=uuid4(), reaction="swelling", scale="swelling", grade=1, at=NOON),
            ),
            adverse_events=(
                AdverseEvent(
                    id=uuid4(), what="Fainted", seriousness=Seriousness.NOT_SERIOUS, zones=("forehead",), at=NOON
                ),
            ),
        ),
        "aftercare": Aftercare(next_visit_at=NOON + timedelta(days=28)),
        "overrides": (override(),),
    }
    return SessionDraft(**(values | changes))


def as_signed(one: Client) -> ClientAsSigned:
    return ClientAsSigned(id=one.id, number=one.number, full_name=one.full_name, birth_date=one.birth_date)


def clinic_value(**changes: Any) -> ClinicValue:
    values: dict[str, Any] = {
        "id": uuid4(),
        "kind": "sites",
        "entry": "forehead",
        "key": "warn_above_mm",
        "value": "0.5",
        "ours": "0.75",
        "reason": "Thin skin",
        "by": "Mara Lindqvist, RN",
        "at": NOON,
    }
    return ClinicValue(**(values | changes))


def own_texts(**changes: Any) -> OwnTextsVersion:
    values: dict[str, Any] = {
        "id": uuid4(),
        "sheet": "aftercare",
        "language": "en",
        "number": 1,
        "texts": {"main": "Rest.", "rules.no-make-up.text": ""},
        "shipped": "2.0",
        "reason": "Our wording",
        "by": "Mara Lindqvist, RN",
        "at": NOON,
    }
    return OwnTextsVersion(**(values | changes))


def own_texts_draft(practitioner_id: UUID, **changes: Any) -> OwnTextsDraft:
    """Half-written: a new main message, an emptied title, and one rule left out."""
    values: dict[str, Any] = {
        "practitioner_id": practitioner_id,
        "sheet": "aftercare",
        "language": "en",
        "beside": 0,
        "shipped": "2.0",
        "texts": {"main": "Rest {until", "title": ""},
        "left_out": ("rules.no-make-up.text",),
        "saved_at": NOON,
    }
    return OwnTextsDraft(**(values | changes))


def answer(session_id: UUID, **changes: Any) -> FollowUpAnswer:
    """A red answer with two grades."""
    values: dict[str, Any] = {
        "id": uuid4(),
        "session_id": session_id,
        "moment": "24h",
        "reached": Reached.PHONE,
        "observations": tuple(
            Observation(id=uuid4(), reaction="redness", scale="cea", grade=grade, zone=zone, at=NOON)
            for grade, zone in ((3, "forehead"), (1, ""))
        ),
        "replies": (Reply(question="fever", value="yes"), Reply(question="applied", words=f"{MARKER} cream")),
        "flags": (RedFlag(key="question:fever", title="Fever", action="same-day"),),
        "knowledge_version": "2026-11",
        "by": "Ana",
        "at": NOON,
    }
    return FollowUpAnswer(**(values | changes))


def handled(of: FollowUpAnswer) -> FlagHandled:
    """What was done about it."""
    return FlagHandled(
        id=uuid4(), session_id=of.session_id, answer_id=of.id, done="Sent to the doctor", by="Ana", at=NOON
    )


def event_entry(session_id: UUID, **changes: Any) -> EventEntry:
    """An adverse event opened after signing."""
    own = uuid4()
    values: dict[str, Any] = {
        "id": own,
        "event_id": own,
        "session_id": session_id,
        "kind": EventEntryKind.OPENED,
        "text": "Blister on the cheek",
        "seriousness": Seriousness.NEEDED_TREATMENT,
        "by": "Ana",
        "at": NOON,
    }
    return EventEntry(**(values | changes))


def something_on_the_shelf(products: ProductRepository, stock: StockRepository) -> None:
    """A lot that was counted in and recalled."""
    product = Product(id=uuid4(), kind=ProductKind.CARTRIDGE, name="12-pin", added_at=NOON)
    products.add(product)
    lot = products.add_lot(Lot(id=uuid4(), product_id=product.id, code="L-77", added_at=NOON))
    stock.move(
        LotMovement(
            id=uuid4(), lot_id=lot.id, kind=MovementKind.RECEIVED, quantity=Decimal(10), reason="-", by="Ana", at=NOON
        )
    )
    stock.recall(
        Recall(id=uuid4(), product_id=product.id, product="12-pin", lot="L-77", reason="Leaks", by="Ana", at=NOON)
    )


def series(client_id: UUID, **changes: Any) -> Series:
    values: dict[str, Any] = {
        "id": uuid4(),
        "client_id": client_id,
        "concern": "acne-scars",
        "sessions": 6,
        "interval_days": 28,
        "zones": ("cheek_left", "cheek_right"),
        "depth_mm": Decimal("1.25"),
        "started_on": date(2026, 6, 1),
        "treatments": (
            CombinedTreatment(id=uuid4(), combination="light-peel", on=date(2026, 12, 24), note="Glycolic"),
        ),
        "at_start": (Grade(id=uuid4(), scale="goodman-baron", value=3, at=NOON),),
        "by": "Mara Lindqvist, RN",
        "at": NOON,
    }
    return Series(**(values | changes))


def of_series(one: SessionDraft, planned: Series, number: int = 1) -> SessionDraft:
    said = SeriesVisit(series_id=planned.id, concern=planned.concern, number=number, sessions=planned.sessions)
    return one.with_(consultation=one.consultation.with_(series=said))


def paper(data: bytes, *, client_id: UUID, session_id: UUID, kind: PaperKind = PaperKind.AFTERCARE) -> Paper:
    """A paper of these bytes, made at noon."""
    return Paper(
        id=uuid4(),
        session_id=session_id,
        client_id=client_id,
        kind=kind,
        language="en",
        template_version="1",
        sha256=hashlib.sha256(data).hexdigest(),
        size_bytes=len(data),
        made_at=NOON,
    )


def withdrawal(document_id: UUID, *, handovers: int, **changes: Any) -> Withdrawal:
    """That a paper was given to the wrong client."""
    values: dict[str, Any] = {
        "id": uuid4(),
        "document_id": document_id,
        "handovers": handovers,
        "reason": "Wrong client",
        "by": "Ana Nowak, RN",
        "at": NOON,
    }
    return Withdrawal(**(values | changes))


def without_label_limits(connection: Any) -> None:
    """Make the list of products what it was before it kept what a label says of the layer and of a second time."""
    for column in ("layer_mg_per_10cm2", "not_again_h"):
        connection.execute(f"ALTER TABLE product DROP COLUMN {column}")


def without_drafts_of_wording(connection: Any) -> None:
    """Make the clinic's own wording what it was before its base and what is half-written were kept."""
    connection.execute("DROP TABLE own_texts_draft")
    connection.execute("ALTER TABLE own_texts DROP COLUMN base")
