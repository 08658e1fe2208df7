"""What goes in comes out, and finding finds."""

from __future__ import annotations

import hashlib
from datetime import date, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from sqlalchemy.exc import IntegrityError

from needlelog.domain.client import AllergyState
from needlelog.domain.materials import AnaestheticLimits, DeviceKind, DeviceSettings, Lot, Product, ProductKind
from needlelog.domain.papers import HandOver, Paper, PaperKind
from needlelog.domain.partial_date import PartialDate, Precision
from needlelog.domain.session import Needling
from needlelog.domain.signed import Addendum
from needlelog.errors import Fault, FaultCode
from tests.integration.storage import builders
from tests.integration.storage.conftest import Store, given_so


def names(found: tuple[object, ...]) -> list[str]:
    return [getattr(one, "full_name") for one in found]  # noqa: B009


def test_clinic_and_practitioners(store: Store) -> None:
    assert store.clinic.get() is None
    clinic = builders.clinic()
    store.clinic.save(clinic)
    store.clinic.save(clinic.with_(phone="1"))
    assert store.clinic.get() == clinic.with_(phone="1")
    ana = builders.practitioner()
    store.practitioners.add(ana)
    store.practitioners.save(ana.with_(active=False))
    assert store.practitioners.get(ana.id) == ana.with_(active=False)
    assert store.practitioners.all() == ()
    assert store.practitioners.all(active_only=False) == (ana.with_(active=False),)
    with pytest.raises(Fault):
        store.practitioners.get(uuid4())


def test_a_client_comes_back_as_it_was(store: Store) -> None:
    added = store.clients.add(builders.client(number=99))
    assert added.number == 1
    assert store.clients.get(added.id) == added
    assert store.clients.add(builders.client()).number == 2


@pytest.mark.parametrize("precision", Precision)
def test_what_is_known_of_a_date_comes_back_as_that(store: Store, precision: Precision) -> None:
    known = PartialDate.around(date(2024, 2, 11), precision)
    medicine, eczema = builders.client().facts
    facts = (medicine.with_(since=known, until=None), eczema.with_(since=None, until=known))
    added = store.clients.add(builders.client(facts=facts))
    assert store.clients.get(added.id).facts == facts
    assert store.clients.save(added.with_(facts=facts[1:])).facts == store.clients.get(added.id).facts == facts[1:]


@pytest.mark.parametrize("garbage", ["since = '2025-01-02'", "since_precision = NULL", "since = NULL"])
def test_a_date_that_does_not_fit_what_is_known_of_it_is_damage(store: Store, garbage: str) -> None:
    known = PartialDate(date(2025, 1, 1), Precision.MONTH)
    medicine, _ = builders.client().facts
    added = store.clients.add(builders.client(facts=(medicine.with_(since=known),)))
    with store.database.writing() as session:
        session.connection().exec_driver_sql("PRAGMA ignore_check_constraints = ON")
        session.connection().exec_driver_sql(f"UPDATE client_fact SET {garbage}")
    with pytest.raises(Fault) as caught:
        store.clients.get(added.id)
    assert caught.value.code is FaultCode.RECORD_DAMAGED


def test_a_change_of_a_client(store: Store) -> None:
    added = store.clients.add(builders.client())
    saved = store.clients.save(
        added.with_(full_name="New Name", allergy_state=AllergyState.NONE_KNOWN, allergies=(), facts=added.facts[1:])
    )
    assert saved.version == added.version + 1
    assert store.clients.get(added.id) == saved
    assert names(store.clients.search("new na")) == ["New Name"]
    with pytest.raises(Fault) as caught:
        store.clients.save(added.with_(notes="the slower one"))
    assert caught.value.code is FaultCode.RECORD_CHANGED_ELSEWHERE
    assert store.clients.get(added.id) == saved
    with pytest.raises(Fault) as caught:
        store.clients.save(builders.client())
    assert caught.value.code is FaultCode.RECORD_NOT_FOUND


@pytest.mark.parametrize(
    "query",
    [
        "lukasz",
        "ŁUKASZ",
        "kasz",
        "lukasz zazolc",
        "luki",
        "1",
        "C-0001",
        "c1",
        "7700 900",
        "07700 900123",
        "+44 7700",
        "12 3 1988",
        "12-Mar-1988",
        "1988-03-12",
    ],
)
def test_a_client_is_found(store: Store, query: str) -> None:
    store.clients.add(builders.client())
    assert len(store.clients.search(query)) == 1


@pytest.mark.parametrize("query", ["lukaszek", "2", "C-0002", "555", "13 3 1988", "%", "_", "' OR 1=1 --", "<b>", "00"])
def test_nobody_is_found(store: Store, query: str) -> None:
    store.clients.add(builders.client())
    assert store.clients.search(query) == ()


def test_names_that_begin_with_the_query_come_first(store: Store) -> None:
    for minute, name in enumerate(("Anita Karlsson", "Karl Berg", "Oskarl Ek", "Zoe")):
        store.clients.add(
            builders.client(full_name=name, known_as="", added_at=builders.NOON + timedelta(minutes=minute))
        )
    assert names(store.clients.search("karl")) == ["Karl Berg", "Anita Karlsson", "Oskarl Ek"]
    assert names(store.clients.search("")) == ["Zoe", "Oskarl Ek", "Karl Berg", "Anita Karlsson"]
    assert names(store.clients.search("", limit=1)) == ["Zoe"]


def test_archived_clients_are_found_apart(store: Store) -> None:
    added = store.clients.add(builders.client())
    store.clients.archive(added.id, builders.NOON)
    assert store.clients.search("luki") == ()
    assert store.clients.search("luki", archived=True)[0].archived_at == builders.NOON
    store.clients.unarchive(added.id)
    assert len(store.clients.search("luki")) == 1
    with pytest.raises(Fault):
        store.clients.archive(uuid4(), builders.NOON)


def test_the_same_person_is_noticed(store: Store) -> None:
    added = store.clients.add(builders.client(full_name="Zoë Ångström"))
    assert len(store.clients.same_person("zoe angstrom", added.birth_date)) == 1
    assert store.clients.same_person("zoe angstrom", added.birth_date, except_id=added.id) == ()
    assert store.clients.same_person("zoe angstrom", date(1988, 3, 13)) == ()


def test_a_summary_counts_visits_and_open_drafts(store: Store) -> None:
    client = store.clients.add(builders.client())
    store.sign(client, builders.draft(client.id))
    store.drafts.save(builders.draft(client.id))
    found = store.clients.search("")[0]
    assert (found.visits, found.last_visit_at, found.open_drafts) == (1, builders.NOON, 1)
    assert found.fitzpatrick == 3
    assert found.allergy_state is AllergyState.KNOWN


def device() -> Product:
    settings = DeviceSettings(
        kind=DeviceKind.MOTOR_PEN,
        depth_max_mm=Decimal("2.50"),
        depth_step_mm=Decimal("0.25"),
        depth_evaluated_mm=Decimal("1.5"),
        output_unit="Hz",
        output_fixed=Decimal("7.5"),
        source="label",
    )
    return Product(id=uuid4(), kind=ProductKind.DEVICE, name="pen", device=settings, added_at=builders.NOON)


def anaesthetic() -> Product:
    limits = AnaestheticLimits(
        agents=(("lidocaine", Decimal("2.5")), ("prilocaine", Decimal("2.5"))),
        dwell_min_min=60,
        max_g=Decimal("60"),
        max_area_cm2=Decimal("400"),
    )
    return Product(
        id=uuid4(),
        kind=ProductKind.ANAESTHETIC,
        name="Cream",
        anaesthetic=limits,
        amount_unit="g",
        added_at=builders.NOON,
    )


def test_products_come_back_as_they_were(store: Store) -> None:
    pen, cream = device(), anaesthetic()
    store.products.add(pen)
    store.products.add(cream)
    assert store.products.get(pen.id) == pen
    assert store.products.all() == (cream, pen)
    assert store.products.all(ProductKind.ANAESTHETIC) == (cream,)
    changed = cream.with_(active=False, anaesthetic=AnaestheticLimits())
    store.products.save(changed)
    assert store.products.all() == (pen,)
    assert store.products.get(cream.id) == changed
    with pytest.raises(Fault):
        store.products.save(device())


def test_a_lot_is_noted_once_and_the_one_used_last_comes_first(store: Store) -> None:
    cartridge = Product(id=uuid4(), kind=ProductKind.CARTRIDGE, name="Pen 16", added_at=builders.NOON)
    store.products.add(cartridge)
    older = Lot(id=uuid4(), product_id=cartridge.id, code="L-77", added_at=builders.NOON - timedelta(days=9))
    newer = Lot(id=uuid4(), product_id=cartridge.id, code="L-90", added_at=builders.NOON - timedelta(days=1))
    assert store.products.add_lot(older) == older
    assert store.products.add_lot(newer) == newer
    assert store.products.add_lot(older.with_(id=uuid4(), expires_on=date(2027, 1, 1))) == older
    assert store.products.lots(cartridge.id) == (newer, older)
    store.products.save_lot(older.with_(expires_on=date(2027, 1, 1)))
    client = store.clients.add(builders.client())
    store.sign(client, builders.draft(client.id))
    assert store.products.lots(cartridge.id) == (older.with_(expires_on=date(2027, 1, 1)), newer)


def test_a_draft_comes_back_as_it_was(store: Store) -> None:
    client = store.clients.add(builders.client())
    draft = builders.draft(client.id)
    saved = store.drafts.save(draft)
    assert saved == draft.with_(revision=1, saved_at=builders.NOON)
    again = store.drafts.save(saved.with_(time_zone="Europe/Paris"))
    assert again.revision == 2
    assert store.drafts.get(draft.id) == again
    listed = store.drafts.open()
    assert [one.id for one in listed] == [draft.id]
    assert listed[0].client_name == client.full_name
    assert [(one.name, one.since) for one in listed[0].numbing_on] == [("Lidocaine 4 %", builders.NOON)]
    assert listed[0].running == draft.running
    assert store.drafts.open_for(client.id) == listed
    assert store.drafts.open_for(uuid4()) == ()


def test_two_windows_on_one_draft(store: Store) -> None:
    client = store.clients.add(builders.client())
    saved = store.drafts.save(builders.draft(client.id))
    newer = store.drafts.save(saved)
    for stale in (saved, saved.with_(revision=0), saved.with_(revision=9)):
        with pytest.raises(Fault) as caught:
            store.drafts.save(stale)
        assert caught.value.code is FaultCode.RECORD_CHANGED_ELSEWHERE
    assert store.drafts.get(saved.id) == newer
    with pytest.raises(Fault) as caught:
        store.drafts.save(builders.draft(uuid4()))
    assert caught.value.code is FaultCode.RECORD_NOT_FOUND


def test_a_discarded_draft_is_kept_but_not_listed_nor_saved_again(store: Store) -> None:
    client = store.clients.add(builders.client())
    saved = store.drafts.save(builders.draft(client.id))
    store.drafts.discard(saved.id, reason="Client left", by="Ana")
    assert store.drafts.open() == ()
    with pytest.raises(Fault):
        store.drafts.get(saved.id)
    with pytest.raises(Fault):
        store.drafts.save(saved)
    with store.database.reading() as session:
        kept = session.connection().exec_driver_sql("SELECT reason, content FROM discarded_draft").one()
    assert kept.reason == "Client left"
    assert str(saved.id) in kept.content


def test_signing_keeps_everything_and_closes_the_draft(store: Store) -> None:
    client = store.clients.add(builders.client())
    draft = builders.draft(client.id)
    signed = store.sign(client, draft)
    assert signed.draft == draft.with_(revision=1, saved_at=builders.NOON)
    assert store.sessions.get(draft.id) == signed
    assert store.sessions.latest(client.id) == signed
    assert store.drafts.open() == ()
    assert store.sessions.verify() == ()
    with pytest.raises(Fault) as caught:
        store.drafts.save(signed.draft)
    assert caught.value.code is FaultCode.RECORD_SIGNED
    with pytest.raises(Fault) as caught:
        store.sessions.sign(signed.draft, client=signed.client, signed_at=builders.NOON, signed_by="Eve")
    assert caught.value.code is FaultCode.RECORD_SIGNED


def test_only_the_newest_revision_is_signed(store: Store) -> None:
    client = store.clients.add(builders.client())
    saved = store.drafts.save(builders.draft(client.id))
    store.drafts.save(saved)
    with pytest.raises(Fault) as caught:
        store.sessions.sign(saved, client=builders.as_signed(client), signed_at=builders.NOON, signed_by="Ana")
    assert caught.value.code is FaultCode.RECORD_CHANGED_ELSEWHERE
    assert len(store.drafts.open()) == 1
    assert store.sessions.for_client(client.id) == ()


def test_history_at_a_glance(store: Store) -> None:
    client = store.clients.add(builders.client())
    first = store.sign(client, builders.draft(client.id, started_at=builders.NOON - timedelta(days=28)))
    second = store.sign(client, builders.draft(client.id))
    store.sessions.add_addendum(
        Addendum(id=uuid4(), session_id=second.id, text="Called next day, well.", by="Ana", at=builders.NOON)
    )
    newest, oldest = store.sessions.for_client(client.id)
    assert (newest.id, oldest.id) == (second.id, first.id)
    assert newest.days_since_previous == 28
    assert oldest.days_since_previous is None
    assert newest.zones == ("cheek_left", "forehead")
    assert (newest.deepest_mm, newest.deepest_zone) == (Decimal("1.50"), "cheek_left")
    assert newest.devices == ("Pen",)
    assert newest.concerns == ("acne-scars",)
    assert ("erythema", 2) in [(one.reaction, one.grade) for one in newest.reactions]
    assert (newest.overrides, newest.adverse_events, newest.addenda, oldest.addenda) == (1, 1, 1, 0)
    assert not newest.invalidated
    assert [one.text for one in store.sessions.get(second.id).addenda] == ["Called next day, well."]


def test_an_invalidated_visit_stays_but_does_not_count(store: Store) -> None:
    client = store.clients.add(builders.client())
    first = store.sign(client, builders.draft(client.id, started_at=builders.NOON - timedelta(days=28)))
    second = store.sign(client, builders.draft(client.id))
    store.sessions.invalidate(second.id, reason="Wrong client", by="Ana", at=builders.NOON)
    read = store.sessions.get(second.id)
    assert (read.invalidated_by, read.invalidated_at, read.invalidated_reason) == ("Ana", builders.NOON, "Wrong client")
    assert store.sessions.latest(client.id) == store.sessions.get(first.id)
    assert [one.invalidated for one in store.sessions.for_client(client.id)] == [True, False]
    assert store.clients.search("")[0].visits == 1
    assert store.sessions.verify() == ()
    with pytest.raises(Fault):
        store.sessions.invalidate(second.id, reason="Again", by="Ana", at=builders.NOON)
    with pytest.raises(Fault):
        store.sessions.invalidate(uuid4(), reason="Who", by="Ana", at=builders.NOON)


def test_who_was_treated_with_a_lot(store: Store) -> None:
    client = store.clients.add(builders.client())
    signed = store.sign(client, builders.draft(client.id))
    (found,) = store.lots.treated_with("L-77")
    assert (found.session_id, found.client_id, found.client_name) == (signed.id, client.id, client.full_name)
    assert (found.product, found.lot, found.zones, found.signed) == ("Pen 16", "L-77", ("cheek_left",), True)
    (numbed,) = store.lots.treated_with("N-9")
    assert (numbed.product, numbed.zones) == ("Lidocaine 4 %", ("forehead",))
    assert store.lots.treated_with("L-7") == ()


@pytest.mark.parametrize("typed", ["l-77", " L -77\u00a0", "L-77", "\uff2c-77"])
def test_a_lot_is_found_however_it_is_typed(store: Store, typed: str) -> None:
    client = store.clients.add(builders.client())
    store.sign(client, builders.draft(client.id))
    other = builders.needling_pass("nose", "0.50", lot="l - 77")
    store.sign(client, builders.draft(client.id, needling=Needling(passes=(other,))))
    assert {one.lot for one in store.lots.treated_with(typed)} == {"L-77", "l - 77"}
    assert store.lots.treated_with(" ") == ()


def test_a_recall_reaches_open_visits_and_those_entered_in_error(store: Store) -> None:
    client = store.clients.add(builders.client())
    wrong = store.sign(client, builders.draft(client.id, started_at=builders.NOON - timedelta(days=1)))
    store.sessions.invalidate(wrong.id, reason="Wrong client", by="Ana", at=builders.NOON)
    still_open = store.drafts.save(builders.draft(client.id))
    found = store.lots.treated_with("L-77")
    assert [(one.session_id, one.signed, one.invalidated) for one in found] == [
        (wrong.id, True, True),
        (still_open.id, False, False),
    ]
    assert found[1].zones == ("cheek_left",)


def test_a_recall_reaches_visits_that_were_given_up_once_each(store: Store) -> None:
    client = store.clients.add(builders.client())
    treated = store.drafts.save(builders.draft(client.id))
    for reason in ("Client left", "Client left again"):
        store.drafts.discard(treated.id, reason=reason, by="Ana")
        (found,) = store.lots.treated_with("L-77")
        assert (found.session_id, found.client_name, found.zones) == (treated.id, client.full_name, ("cheek_left",))
        assert (found.signed, found.discarded, found.invalidated) == (False, True, False)
        store.drafts.take_up_again(treated.id)
        assert [(one.session_id, one.discarded) for one in store.lots.treated_with("L-77")] == [(treated.id, False)]
    store.sessions.sign(
        store.drafts.get(treated.id), client=builders.as_signed(client), signed_at=store.clock.now(), signed_by="Ana"
    )
    assert [(one.signed, one.discarded) for one in store.lots.treated_with("L-77")] == [(True, False)]


def paper_of(data: bytes, client_id: object, session_id: object) -> Paper:
    return Paper(
        id=uuid4(),
        session_id=session_id,
        client_id=client_id,
        kind=PaperKind.AFTERCARE,
        language="en",
        template_version="1",
        sha256=hashlib.sha256(data).hexdigest(),
        size_bytes=len(data),
        made_at=builders.NOON,
    )


def test_a_paper_is_the_same_bytes_later_and_may_precede_the_signature(store: Store) -> None:
    client = store.clients.add(builders.client())
    draft = store.drafts.save(builders.draft(client.id))
    paper = paper_of(b"%PDF-1.7 \x00 bytes", client.id, draft.id)
    store.keep(paper, b"%PDF-1.7 \x00 bytes", HandOver.PRINTED)
    store.papers.record_handover(given_so(paper, HandOver.SHOWN))
    assert store.papers.data(paper.id) == b"%PDF-1.7 \x00 bytes"
    assert store.papers.get(paper.id) == paper
    assert store.papers.for_session(draft.id) == (paper,)
    assert [one.how for one in store.papers.handovers(paper.id)] == [HandOver.PRINTED, HandOver.SHOWN]
    assert store.sessions.verify() == ()
    for unknown in (store.papers.get, store.papers.data, store.papers.handovers):
        with pytest.raises(Fault) as caught:
            unknown(uuid4())
        assert caught.value.code is FaultCode.RECORD_NOT_FOUND
    with pytest.raises(ValueError, match="bytes"):
        store.keep(paper_of(b"one", client.id, draft.id), b"another")


def test_a_paper_is_kept_with_its_first_hand_over_or_not_at_all(store: Store) -> None:
    client = store.clients.add(builders.client())
    draft = store.drafts.save(builders.draft(client.id))
    paper = paper_of(b"%PDF", client.id, draft.id)
    nobody = given_so(paper, HandOver.PRINTED).model_copy(update={"by": None})
    with pytest.raises(IntegrityError):
        store.drafts.save_with_sheet(draft, paper, b"%PDF", nobody)
    assert store.drafts.get(draft.id) == draft
    assert store.papers.for_session(draft.id) == ()
    assert store.sessions.verify() == ()
    store.keep(paper, b"%PDF", HandOver.PRINTED)
    assert [(one.how, one.at, one.by) for one in store.papers.handovers(paper.id)] == [
        (HandOver.PRINTED, builders.NOON, "Ana")
    ]
