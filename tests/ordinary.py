"""An ordinary visit to be repeated: one device, numbing, serum, a mask, three zones of the face, redness only."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from uuid import uuid4

from needlelog.domain.client import Client
from needlelog.domain.findings import Gate
from needlelog.domain.materials import MaterialUse, Product, ProductKind
from needlelog.domain.papers import HandOver
from needlelog.domain.session import (
    Cleansing,
    Consultation,
    Numbing,
    Plan,
    PreparationAnswer,
    Reactions,
    ScreeningAnswer,
)
from needlelog.domain.signed import SignedSession
from needlelog.domain.treatment import Endpoint, PlannedZone
from needlelog.knowledge.consent import text_for
from needlelog.rules.screening import asked
from needlelog.rules.time_out import said
from needlelog.services.desk import Desk
from tests import builders as b
from tests.desks import StandingClock
from tests.gui.screens.clinic_days import a_blank_sheet

ZONES = ("forehead", "cheek_left", "cheek_right")
DEVICE, CARTRIDGE = "SkinPen Precision", "SkinPen cartridge"
CLEANSER, CREAM = "Gentle fragrance-free cleanser", "LMX4 cream 4 % (UK)"
SERUM, MASK = "Hyaluronic acid serum", "Soothing mask"
GOOD_UNTIL = date(2028, 6, 30)
LOTS_THEN = {CLEANSER: "CL-1", CREAM: "LM-1", CARTRIDGE: "CT-1", SERUM: "HA-1", MASK: "SM-1"}
LOTS_NOW = {name: code.replace("-1", "-2") for name, code in LOTS_THEN.items()}


def product(desk: Desk, name: str) -> Product:
    """The entry of the clinic's list of this name."""
    return next(one for one in desk.materials.all() if one.name == name)


def stock(desk: Desk, lots: dict[str, str], until: date | None = GOOD_UNTIL) -> None:
    """Note these lots, by product; the cartridge comes on the list if it is new."""
    if all(one.name != CARTRIDGE for one in desk.materials.all()):
        new = Product(id=uuid4(), kind=ProductKind.CARTRIDGE, name=CARTRIDGE, added_at=desk.clock.now())
        desk.materials.add(new)
    for name, code in lots.items():
        desk.materials.remember_lot(product(desk, name).id, code, until)


def _use(desk: Desk, name: str, at: datetime, **facts: object) -> MaterialUse:
    made = product(desk, name)
    return MaterialUse.model_validate(
        {
            "id": uuid4(),
            "product_id": made.id,
            "kind": made.kind,
            "name": name,
            "lot": LOTS_THEN[name],
            "expires_on": GOOD_UNTIL,
            "amount_unit": made.amount_unit,
            "at": at,
            "by": desk.me.signature,
            **facts,
        }
    )


def _numbing(desk: Desk, on: datetime) -> Numbing:
    made = product(desk, CREAM)
    assert made.anaesthetic is not None
    return Numbing(
        id=uuid4(),
        product_id=made.id,
        name=CREAM,
        strength="lidocaine 4 %",
        limits=made.anaesthetic,
        applied_g=Decimal("2.5"),
        area_cm2=Decimal(120),
        zones=ZONES,
        lot=LOTS_THEN[CREAM],
        expires_on=GOOD_UNTIL,
        on_at=on + timedelta(minutes=20),
        removed_at=on + timedelta(minutes=55),
        by=desk.me.signature,
    )


def ordinary_visit(desk: Desk, clock: StandingClock, client: Client, on: datetime, *, count: int = 1) -> SignedSession:
    """The visit, signed on that day; the clock is put back after. Its lots are noted."""
    back, clock.moment = clock.moment, on
    stock(desk, LOTS_THEN)
    flow, judge = desk.sessions.resume(desk.sessions.start(client.id).id)
    device = product(desk, DEVICE)
    at = on + timedelta(minutes=5)
    zones = tuple(PlannedZone(zone=one, device_id=device.id, depth_mm=Decimal("0.75")) for one in ZONES)
    flow.edit(
        lambda x: x.with_(
            consultation=Consultation(
                concerns=("acne-scars",),
                fitzpatrick=3,
                preparation=tuple(PreparationAnswer(item=one, kept="yes", at=at) for one in desk.knowledge.preparation),
                screening=tuple(
                    ScreeningAnswer(contraindication=one.id, answer="no", at=at) for one in asked(x, judge.around)
                ),
                allergies_confirmed_at=at,
                allergy_state=client.allergy_state,
                allergies=client.allergies,
                plan=Plan(zones=zones),
            ),
            consent=b.a_consent(
                shown=text_for(desk.consent_texts, client.language),
                confirmed_name=client.full_name,
                confirmed_birth_date=client.birth_date,
                signature=b.a_signature(at=at),
                photo=None,
                photo_at=None,
            ),
            cleansing=Cleansing(
                uses=(_use(desk, CLEANSER, at),), done_at=on + timedelta(minutes=15), done_by=desk.me.signature
            ),
            numbing=(_numbing(desk, on),),
        )
    )
    clock.moment = on + timedelta(minutes=56)
    ticks = tuple(
        said(one, flow.draft, judge.around, by=desk.me.signature, at=clock.moment)
        for one in desk.knowledge.time_out.values()
    )
    flow.edit(lambda x: x.with_(needling=x.needling.with_(time_out=ticks)))
    passes = tuple(
        b.a_pass(
            id=uuid4(),
            zone=one,
            device_id=device.id,
            device=DEVICE,
            cartridge=CARTRIDGE,
            lot=LOTS_THEN[CARTRIDGE],
            expires_on=GOOD_UNTIL,
            depth_mm=Decimal("0.75"),
            output=None,
            output_unit="",
            count=count,
            endpoint=Endpoint.ERYTHEMA,
            at=on + timedelta(minutes=60),
            by=desk.me.signature,
        )
        for one in ZONES
    )
    begun, over = on + timedelta(minutes=60), on + timedelta(minutes=80)
    flow.edit(lambda x: x.with_(needling=x.needling.with_(passes=passes, started_at=begun, ended_at=over)))
    seen = b.an_observation(id=uuid4(), grade=2, zone="", moment="after-cooling", at=on + timedelta(minutes=95))
    flow.edit(
        lambda x: x.with_(
            serums=(_use(desk, SERUM, over, amount=Decimal("1.5"), amount_unit="ml", zones=ZONES),),
            cooling=(_use(desk, MASK, over, duration_s=600),),
            reactions=Reactions(observations=(seen,)),
        )
    )
    clock.moment = on + timedelta(minutes=100)
    desk.papers.give(flow, a_blank_sheet(flow.draft, clock.moment), HandOver.PRINTED)
    assert flow.open_findings(Gate.SIGNING) == (), flow.open_findings(Gate.SIGNING)
    signed = desk.sessions.sign(flow)
    clock.moment = back
    return signed
