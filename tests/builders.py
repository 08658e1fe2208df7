"""Valid values for every test: fixed ids and moments, any field replaced by keyword.

Nothing here is random and nothing asks the clock. ``a_full_draft`` is a visit of Friday 20 November 2026 in Dublin
(clock time equals UTC) that keeps every rule of the shipped reference data.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any, TypeVar
from uuid import UUID

from needlelog.domain.client import AllergyState, Client
from needlelog.domain.clinic import Clinic, Practitioner
from needlelog.domain.consent import Consent, ConsentText, PhotoConsent, Signature
from needlelog.domain.findings import StepId
from needlelog.domain.materials import (
    AnaestheticLimits,
    DeviceKind,
    DeviceSettings,
    Lot,
    MaterialUse,
    Product,
    ProductKind,
)
from needlelog.domain.papers import HandOver, SheetGiven
from needlelog.domain.reactions import AdverseEvent, Grade, Observation, Seriousness
from needlelog.domain.session import (
    Aftercare,
    Cleansing,
    Consultation,
    Needling,
    Numbing,
    Photo,
    Plan,
    PreparationAnswer,
    Reactions,
    ScreeningAnswer,
    SessionDraft,
    Tick,
)
from needlelog.domain.signed import ClientAsSigned, Seal, SignedSession
from needlelog.domain.treatment import Direction, Endpoint, NeedlingPass, PlannedProduct, PlannedZone
from needlelog.domain.value import Value

TODAY = date(2026, 11, 20)
STARTED = datetime(2026, 11, 20, 14, 0, tzinfo=UTC)
ENDED = datetime(2026, 11, 20, 15, 40, tzinfo=UTC)
BIRTH_DATE = date(1988, 3, 12)
TIME_ZONE = "Europe/Dublin"
KNOWLEDGE_VERSION = "2026-11-20+000000000000"

SCREENING_IDS = (
    *(f"C{number:02d}" for number in range(1, 20)),
    "C19-ahead",
    *(f"C{number:02d}" for number in range(20, 47) if number != 40),  # C40 follows from the birth date
)
PREPARATION_IDS = ("retinoids", "acids", "blood-thinners", "sun", "sun-protection", "bare-skin")
TIME_OUT_IDS = ("identity", "consent", "allergies", "anaesthetic-off", "cartridge", "zones-device-skin")
FULL_DRAFT_ZONES = ("forehead", "cheek_left", "cheek_right")

CLIENT_ID = UUID(int=0xC1)
PRACTITIONER_ID = UUID(int=0xA1)
DEVICE_ID = UUID(int=0xD1)
CARTRIDGE_ID = UUID(int=0xD2)
ANAESTHETIC_ID = UUID(int=0xD3)
CLEANSER_ID = UUID(int=0xD4)
SERUM_ID = UUID(int=0xD5)
MASK_ID = UUID(int=0xD6)
SESSION_ID = UUID(int=0x51)

V = TypeVar("V", bound=Value)


def an_id(number: int) -> UUID:
    """The same id for the same number."""
    return UUID(int=0x10_000 + number)


def a_moment(minutes: float = 0) -> datetime:
    """So many minutes after the visit began."""
    return STARTED + timedelta(minutes=minutes)


def _made(kind: type[V], changes: dict[str, Any], /, **usual: Any) -> V:
    return kind.model_validate({**usual, **changes})


def a_client(**changes: Any) -> Client:
    """Ana Nowak, 38, skin type III, no known allergies."""
    return _made(
        Client,
        changes,
        id=CLIENT_ID,
        number=42,
        full_name="Ana Nowak",
        birth_date=BIRTH_DATE,
        phone="+353 1 555 0142",
        fitzpatrick=3,
        allergy_state=AllergyState.NONE_KNOWN,
        added_at=datetime(2026, 1, 5, 9, 0, tzinfo=UTC),
    )


def a_practitioner(**changes: Any) -> Practitioner:
    """Who treats and signs."""
    return _made(
        Practitioner,
        changes,
        id=PRACTITIONER_ID,
        name="Mara Lindt",
        credentials="RN",
        added_at=datetime(2026, 1, 2, 9, 0, tzinfo=UTC),
    )


def a_clinic(**changes: Any) -> Clinic:
    """A clinic in Dublin without a logo."""
    return _made(
        Clinic,
        changes,
        name="Quay Street Skin Clinic",
        address="4 Quay Street\nDublin",
        phone="+353 1 555 0100",
        phone_hours="Mon to Fri, 9:00 to 18:00",
        emergency_text="If you cannot reach us and it cannot wait, call 112.",
        country="IE",
        time_zone=TIME_ZONE,
    )


def a_product(**changes: Any) -> Product:
    """A serum, unless told otherwise."""
    return _made(
        Product,
        changes,
        id=SERUM_ID,
        kind=ProductKind.SERUM,
        name="Hyaluronic acid serum",
        amount_unit="ml",
        added_at=datetime(2026, 1, 3, 9, 0, tzinfo=UTC),
    )


def a_device(**changes: Any) -> Product:
    """A motor pen, 0 to 2.5 mm in steps of 0.25 mm."""
    settings = DeviceSettings(
        kind=DeviceKind.MOTOR_PEN,
        depth_max_mm=Decimal("2.5"),
        depth_step_mm=Decimal("0.25"),
        depth_evaluated_mm=Decimal("1.5"),
        output_unit="rpm",
        output_fixed=Decimal(7000),
        source="test",
    )
    usual = {"id": DEVICE_ID, "kind": ProductKind.DEVICE, "name": "Test Pen", "device": settings, "amount_unit": ""}
    return a_product(**(usual | changes))


def a_cartridge(**changes: Any) -> Product:
    """A single-use cartridge for the pen."""
    usual = {"id": CARTRIDGE_ID, "kind": ProductKind.CARTRIDGE, "name": "12-pin cartridge", "amount_unit": ""}
    return a_product(**(usual | changes))


def anaesthetic_limits(**changes: Any) -> AnaestheticLimits:
    """Lidocaine 4 %, 30 to 60 minutes, at most 40 g on 900 cm2."""
    return _made(
        AnaestheticLimits,
        changes,
        agents=(("lidocaine", Decimal(4)),),
        dwell_min_min=30,
        dwell_max_min=60,
        max_g=Decimal(40),
        max_area_cm2=Decimal(900),
        source="test",
    )


def an_anaesthetic(**changes: Any) -> Product:
    """A lidocaine cream with label limits."""
    usual = {
        "id": ANAESTHETIC_ID,
        "kind": ProductKind.ANAESTHETIC,
        "name": "Lidocaine cream 4 %",
        "anaesthetic": anaesthetic_limits(),
        "amount_unit": "g",
    }
    return a_product(**(usual | changes))


def a_lot(**changes: Any) -> Lot:
    """A cartridge lot in date for another year."""
    return _made(
        Lot,
        changes,
        id=an_id(900),
        product_id=CARTRIDGE_ID,
        code="CT-2291",
        expires_on=date(2027, 11, 30),
        added_at=datetime(2026, 10, 1, 9, 0, tzinfo=UTC),
    )


def a_pass(**changes: Any) -> NeedlingPass:
    """One pass over the left cheek at 0.5 mm."""
    return _made(
        NeedlingPass,
        changes,
        id=an_id(500),
        zone="cheek_left",
        device_id=DEVICE_ID,
        device="Test Pen",
        cartridge="12-pin cartridge",
        lot="CT-2291",
        expires_on=date(2027, 11, 30),
        depth_mm=Decimal("0.50"),
        output=Decimal(7000),
        output_unit="rpm",
        direction=Direction.VERTICAL,
        count=1,
        endpoint=Endpoint.ERYTHEMA,
        at=a_moment(62),
        by="Mara Lindt",
    )


def a_use(**changes: Any) -> MaterialUse:
    """Two millilitres of serum on every treated zone."""
    return _made(
        MaterialUse,
        changes,
        id=an_id(600),
        product_id=SERUM_ID,
        kind=ProductKind.SERUM,
        name="Hyaluronic acid serum",
        lot="HA-77",
        expires_on=date(2027, 6, 30),
        amount=Decimal(2),
        amount_unit="ml",
        zones=FULL_DRAFT_ZONES,
        at=a_moment(82),
        by="Mara Lindt",
    )


def a_numbing(**changes: Any) -> Numbing:
    """Ten grams of lidocaine cream on the face, on for 35 minutes and taken off before needling."""
    return _made(
        Numbing,
        changes,
        id=an_id(700),
        product_id=ANAESTHETIC_ID,
        name="Lidocaine cream 4 %",
        strength="lidocaine 4 %",
        limits=anaesthetic_limits(),
        applied_g=Decimal(10),
        area_cm2=Decimal(200),
        zones=FULL_DRAFT_ZONES,
        lot="LX-10",
        expires_on=date(2027, 3, 31),
        on_at=a_moment(20),
        removed_at=a_moment(55),
        by="Mara Lindt",
    )


def a_signature(**changes: Any) -> Signature:
    """Two strokes of the pen."""
    strokes = (
        ((0.1, 0.6, 0), (0.2, 0.3, 40), (0.3, 0.6, 80), (0.45, 0.5, 130)),
        ((0.5, 0.6, 400), (0.7, 0.4, 460), (0.9, 0.6, 520)),
    )
    return _made(Signature, changes, strokes=strokes, at=a_moment(14))


def a_consent_text(**changes: Any) -> ConsentText:
    """A short text; the shipped one is read by the knowledge layer."""
    return _made(
        ConsentText,
        changes,
        id="en-1",
        version="1",
        language="en",
        title="Consent to microneedling",
        text="I understand what will be done.\n\nI may stop at any time.",
    )


def a_consent(**changes: Any) -> Consent:
    """Complete, with photos allowed for the record only."""
    return _made(
        Consent,
        changes,
        shown=a_consent_text(),
        confirmed_name="Ana Nowak",
        confirmed_birth_date=BIRTH_DATE,
        signature=a_signature(),
        photo=PhotoConsent.RECORD_ONLY,
        photo_at=a_moment(15),
    )


def a_photo(**changes: Any) -> Photo:
    """One sealed photo."""
    return _made(Photo, changes, id=an_id(800), sha256="ab" * 32, view="face_front", taken_at=a_moment(9))


def a_grade(**changes: Any) -> Grade:
    """No redness before the visit."""
    return _made(Grade, changes, id=an_id(810), scale="cea", value=0, at=a_moment(8))


def an_observation(**changes: Any) -> Observation:
    """Mild redness on the left cheek."""
    return _made(
        Observation,
        changes,
        id=an_id(820),
        reaction="redness",
        scale="cea",
        grade=2,
        zone="cheek_left",
        at=a_moment(94),
    )


def an_adverse_event(**changes: Any) -> AdverseEvent:
    """An event that needed no treatment."""
    return _made(
        AdverseEvent,
        changes,
        id=an_id(830),
        what="Felt faint for a minute; sat up again without help.",
        seriousness=Seriousness.NOT_SERIOUS,
        action_taken="Lay flat, water, watched for ten minutes.",
        at=a_moment(90),
    )


def a_draft(**changes: Any) -> SessionDraft:
    """A visit just begun: nothing answered."""
    return _made(
        SessionDraft,
        changes,
        id=SESSION_ID,
        client_id=CLIENT_ID,
        practitioner_id=PRACTITIONER_ID,
        practitioner="Mara Lindt, RN",
        started_at=STARTED,
        time_zone=TIME_ZONE,
        knowledge_version=KNOWLEDGE_VERSION,
    )


def a_consultation(**changes: Any) -> Consultation:
    """Every question answered with "no", every preparation rule kept, allergies confirmed, a plan for three zones."""
    return _made(
        Consultation,
        changes,
        concerns=("acne-scars",),
        fitzpatrick=3,
        preparation=tuple(PreparationAnswer(item=item, kept="yes", at=a_moment(2)) for item in PREPARATION_IDS),
        screening=tuple(
            ScreeningAnswer(contraindication=row, answer="no", at=a_moment(3 + index / 10))
            for index, row in enumerate(SCREENING_IDS)
        ),
        allergies_confirmed_at=a_moment(8),
        allergy_state=AllergyState.NONE_KNOWN,
        baseline=(a_grade(),),
        photos=(a_photo(),),
        plan=Plan(
            zones=tuple(
                PlannedZone(zone=zone, device_id=DEVICE_ID, depth_mm=Decimal("0.75")) for zone in FULL_DRAFT_ZONES
            ),
            products=(PlannedProduct(product_id=SERUM_ID),),
        ),
    )


def a_needling(**changes: Any) -> Needling:
    """Two passes on each of three zones, the first at 0.5 mm, the second at 0.75 mm, after a full time-out."""
    depths = ((Decimal("0.50"), Direction.VERTICAL), (Decimal("0.75"), Direction.HORIZONTAL))
    passes = tuple(
        a_pass(
            id=an_id(500 + 2 * index + turn),
            zone=zone,
            depth_mm=depth,
            direction=direction,
            at=a_moment(62 + 5 * index + 2 * turn),
        )
        for index, zone in enumerate(FULL_DRAFT_ZONES)
        for turn, (depth, direction) in enumerate(depths)
    )
    ticks = tuple(
        Tick(item=item, by="Mara Lindt", at=a_moment(57 + index / 10)) for index, item in enumerate(TIME_OUT_IDS)
    )
    return _made(
        Needling,
        changes,
        time_out=ticks,
        passes=passes,
        started_at=a_moment(60),
        ended_at=a_moment(80),
    )


def a_full_draft(**changes: Any) -> SessionDraft:
    """A complete visit, every step answered, ready to sign."""
    usual: dict[str, Any] = {
        "step": StepId.AFTERCARE,
        "consultation": a_consultation(),
        "consent": a_consent(),
        "cleansing": Cleansing(
            uses=(
                a_use(
                    id=an_id(601),
                    product_id=CLEANSER_ID,
                    kind=ProductKind.CLEANSER,
                    name="Gentle cleanser",
                    lot="CL-3",
                    amount=None,
                    amount_unit="",
                    at=a_moment(17),
                ),
            ),
            done_at=a_moment(18),
            done_by="Mara Lindt",
        ),
        "numbing": (a_numbing(),),
        "needling": a_needling(),
        "serums": (a_use(),),
        "cooling": (
            a_use(
                id=an_id(602),
                product_id=MASK_ID,
                kind=ProductKind.COOLING,
                name="Soothing mask",
                lot="SM-8",
                amount=Decimal(1),
                amount_unit="piece",
                duration_s=600,
                started_at=a_moment(83),
                at=a_moment(83),
            ),
        ),
        "reactions": Reactions(observations=(an_observation(),)),
        "aftercare": Aftercare(
            products=("Mineral sunscreen SPF 30",),
            next_visit_at=datetime(2027, 1, 8, 14, 0, tzinfo=UTC),
            sheet_shown_at=a_moment(98),
            given=(
                SheetGiven(
                    document_id=an_id(950),
                    sha256="cd" * 32,
                    how=HandOver.PRINTED,
                    at=ENDED,
                    by="Mara Lindt",
                ),
            ),
        ),
        "revision": 40,
        "saved_at": ENDED,
    }
    return a_draft(**(usual | changes))


def a_signed_session(**changes: Any) -> SignedSession:
    """A signed visit as the storage gives it back, under a seal that nobody checks."""
    draft = changes.pop("draft", None) or a_full_draft()
    seal = Seal(
        sequence=1,
        kind="session",
        subject_id=draft.id,
        content_sha256="0" * 64,
        previous_sha256="",
        sha256="1" * 64,
        at=a_moment(90),
    )
    client = a_client()
    values: dict[str, Any] = {
        "draft": draft,
        "client": ClientAsSigned(
            id=client.id, number=client.number, full_name=client.full_name, birth_date=client.birth_date
        ),
        "signed_at": a_moment(90),
        "signed_by": draft.practitioner,
        "seal": seal,
    }
    return SignedSession(**(values | changes))
