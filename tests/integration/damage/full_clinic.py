"""A clinic on disk with rows in every table for each of two clients, so that damage to one can be held against both."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any
from uuid import uuid4

from needlelog.clock import local
from needlelog.domain.client import Allergy, AllergyState, Fact, FactKind
from needlelog.domain.follow_up import Reached
from needlelog.domain.materials import Lot, Product, ProductKind
from needlelog.domain.own_texts import SheetKind
from needlelog.domain.partial_date import PartialDate, Precision
from needlelog.domain.reactions import AdverseEvent, Grade, Observation, Seriousness
from needlelog.domain.series import CombinedTreatment, Series
from needlelog.domain.session import Reactions
from needlelog.domain.signed import SignedSession
from needlelog.services.desk import Desk
from needlelog.storage.connection import connect
from tests import builders
from tests.desks import PASSPHRASE, StandingClock, a_door, set_up_desk
from tests.gui.screens.clinic_days import add_client, treat

REASON = "House rule since the last audit."


class World:
    """What belongs to one client, and the things of the shelf that only they were treated with."""

    def __init__(self, desk: Desk, clock: StandingClock, name: str, place: str) -> None:
        self.name = name
        self._desk, self._clock = desk, clock
        self.client = add_client(
            desk,
            name,
            allergy_state=AllergyState.KNOWN,
            allergies=(Allergy(substance="lidocaine", reaction="swelling"),),
            facts=(
                Fact(
                    id=uuid4(),
                    kind=FactKind.MEDICINE,
                    text="Doxycycline",
                    since=PartialDate.around(date(2024, 1, 1), Precision.YEAR),
                    until=PartialDate.around(date(2026, 3, 1), Precision.MONTH),
                    noted_on=date(2026, 1, 5),
                ),
            ),
        )
        self.lot = f"LOT-{place}"
        self._shelf(place)
        self._series()
        self.visit = self._visit(4)
        self.void = self._visit(40)
        self._since()
        self._unsigned()

    def _shelf(self, place: str) -> None:
        desk = self._desk
        self.cartridge = desk.materials.add(
            Product(id=uuid4(), kind=ProductKind.CARTRIDGE, name=f"Cartridge {place}", added_at=self._clock.now())
        )
        self.cream = desk.materials.add(
            builders.an_anaesthetic(id=uuid4(), name=f"Cream {place}", added_at=self._clock.now())
        )
        self.noted: Lot = desk.stock.receive(self.cartridge.id, self.lot, date(2027, 5, 1), Decimal(10))
        desk.stock.take_off(self.noted.id, Decimal(1), "dropped")
        digits = {"A": "00844588003288", "B": "00614141007349"}[place]
        desk.stock.keep_pack(self.cartridge.id, digits, 10)
        desk.stock.recall(self.cartridge.name, self.lot, "maker's letter")

    def _series(self) -> None:
        desk, now = self._desk, self._clock.now()
        grade = Grade(id=uuid4(), scale="goodman-baron", value=2, zone="", at=now)
        self.series = desk.series.keep(
            Series(
                id=uuid4(),
                client_id=self.client.id,
                concern="acne-scars",
                sessions=3,
                interval_days=28,
                zones=("cheek_left",),
                depth_mm=Decimal("1.0"),
                started_on=local(now, "Europe/London").date() - timedelta(days=60),
                reason=REASON,
                treatments=(CombinedTreatment(id=uuid4(), combination="light-peel", on=date(2026, 12, 24)),),
                at_start=(grade,),
                at=now,
            )
        )

    def _visit(self, days_ago: int) -> SignedSession:
        a_pass = builders.a_pass(
            id=uuid4(), zone="cheek_left", cartridge=self.cartridge.name, lot=self.lot, serial=f"S{days_ago}"
        )
        event = AdverseEvent(
            id=uuid4(),
            what="A vasovagal reaction",
            seriousness=Seriousness.NOT_SERIOUS,
            at=self._clock.now() - timedelta(days=days_ago),
        )
        seen = builders.an_observation(id=uuid4(), grade=2, zone="cheek_left")
        return treat(
            self._desk,
            self._clock,
            self.client,
            self._clock.now() - timedelta(days=days_ago),
            needling=builders.a_needling(passes=(a_pass,)),
            reactions=Reactions(observations=(seen,), adverse_events=(event,)),
        )

    def _since(self) -> None:
        desk, visit = self._desk, self.visit
        desk.sessions.invalidate(self.void.id, "Entered in error")
        desk.sessions.add_addendum(visit.id, "The client called.")
        (sheet,) = desk.papers.of_session(self.void.id)
        desk.papers.withdraw(sheet, "Wrong client")
        scale = desk.knowledge.reactions["redness"].scale
        seen = Observation(
            id=uuid4(), reaction="redness", scale=scale, grade=4, zone="cheek_left", at=self._clock.now()
        )
        form = desk.follow_ups.begin(visit.id, "72h").with_(reached=Reached.PHONE, observations=(seen,))
        answer = desk.follow_ups.answer(form, visit)
        desk.follow_ups.not_reached(visit.id, "24h", Reached.PHONE)
        if answer.flags:
            desk.follow_ups.handle(answer, "Sent to the doctor.")
        again = desk.follow_ups.begin(visit.id, "")
        desk.follow_ups.answer(again.with_(reached=Reached.PHONE, observations=(seen.with_(id=uuid4()),)), visit)
        desk.follow_ups.keep(desk.follow_ups.begin(visit.id, "day-14").with_(note="Began to ask."))
        desk.adverse_events.open(visit.id, "A blister", Seriousness.NEEDED_TREATMENT)

    def _unsigned(self) -> None:
        desk = self._desk
        self.open = desk.sessions.start(self.client.id)
        self.given_up = desk.sessions.start(self.client.id)
        desk.sessions.discard(self.given_up.id, "Client left")


class FullClinic:
    """The clinic, closed; ``opened`` unlocks it, ``rows`` is a way past it into the file, with the key."""

    def __init__(self, folder: Path, keys: list[bytes]) -> None:
        self.folder, self.clock = folder, StandingClock()
        door = a_door(folder, self.clock)
        desk = set_up_desk(door)
        self.key = keys[0]
        desk.practice.add_practitioner("Noor Haddad", "MD", PASSPHRASE)
        desk.reference.decide(("sites", "forehead", "warn_above_mm"), "0.9", REASON)
        desk.reference.decide(("sites", "nose", "warn_above_mm"), "0.6", REASON)
        desk.templates.keep(SheetKind.AFTERCARE, "en", {"main": "Rest well. Call us."}, reason=REASON)
        desk.templates.keep(SheetKind.AFTERCARE, "es", {"title": "Su piel"})
        for language in ("en", "es"):
            desk.templates.save_draft(SheetKind.AFTERCARE, language, {"main": "Rest {"}, ("rules.no-sauna.text",), 1)
        self.worlds = (World(desk, self.clock, "Ana Nowak", "A"), World(desk, self.clock, "Berta Lind", "B"))
        desk.close()
        door.leave()

    @contextmanager
    def opened(self) -> Iterator[Desk]:
        """The clinic, unlocked by whoever set it up."""
        door = a_door(self.folder, self.clock)
        desk = door.unlock(door.tiles()[0].practitioner_id, PASSPHRASE)
        try:
            yield desk
        finally:
            desk.close()
            door.leave()

    @contextmanager
    def rows(self) -> Iterator[Any]:
        """A connection that nothing is refused to: no guards, no checks, no references."""
        with closing(connect(self.folder / "clinic.db", self.key)) as connection:
            for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
                connection.execute(f'DROP TRIGGER "{name}"')
            connection.execute("PRAGMA ignore_check_constraints = ON")
            connection.execute("PRAGMA foreign_keys = OFF")
            yield connection


Verb = Callable[[], Any]


def verbs(desk: Desk, world: World) -> Iterator[tuple[str, Verb]]:
    """Every verb that lists or reads, by a name that tells what it is about; those about a client about this one."""
    yield "open", desk.sessions.open
    yield "clients", lambda: desk.clients.find("")
    yield "archived", lambda: desk.clients.find("", archived=True)
    yield "to ask", desk.follow_ups.to_ask
    yield "materials", lambda: desk.materials.all(active_only=False)
    yield "standings", desk.stock.standings
    yield "recalls", desk.stock.recalls
    yield "recalled", desk.stock.treated_with_recalled
    yield "practitioners", desk.practice.practitioners
    yield "clinic", desk.practice.clinic
    yield "decisions", lambda: desk.reference.decisions
    for language in ("en", "es"):
        yield f"wording {language}", partial(desk.templates.history, SheetKind.AFTERCARE, language)
        yield f"written {language}", partial(desk.templates.draft, SheetKind.AFTERCARE, language)
        yield f"current {language}", partial(desk.templates.current, SheetKind.AFTERCARE, language)
    for kind in ProductKind:
        yield f"kind {kind}", partial(desk.materials.all, kind)
    yield from _of_world(desk, world)


def _of_world(desk: Desk, world: World) -> Iterator[tuple[str, Verb]]:
    client, visit, product = world.client.id, world.visit.id, world.cartridge.id
    about: dict[str, Verb] = {
        "client": lambda: desk.clients.get(client),
        "named": lambda: desk.clients.find(world.name),
        "same": lambda: desk.clients.same_person(world.name, world.client.birth_date),
        "open of": lambda: desk.sessions.open_for(client),
        "discarded of": lambda: desk.sessions.discarded_for(client),
        "resume": lambda: desk.sessions.resume(world.open.id)[1].around,
        "visits": lambda: desk.history.visits(client),
        "visit": lambda: desk.history.visit(visit),
        "readable": lambda: desk.history.readable([visit, world.void.id]),
        "latest": lambda: desk.history.latest(client),
        "lot": lambda: desk.history.treated_with_lot(world.lot),
        "treated": lambda: desk.stock.treated_with(world.lot),
        "recalled of": lambda: desk.stock.recalled_of(client),
        "series of": lambda: desk.series.of(client),
        "standing": lambda: desk.series.all_standing(client),
        "versions": lambda: desk.series.versions(world.series.id),
        "to ask of": lambda: desk.follow_ups.to_ask_of(client),
        "after": lambda: desk.follow_ups.after(world.visit),
        "form": lambda: desk.follow_ups.begin(visit, "day-14"),
        "records": lambda: desk.follow_ups.records([visit])[visit].answers,
        "entries": lambda: desk.adverse_events.entries([visit]),
        "product": lambda: desk.materials.get(product),
        "cream": lambda: desk.materials.get(world.cream.id),
        "lots": lambda: desk.materials.lots(product),
        "packs": lambda: desk.stock.packs(product),
        "movements": lambda: desk.stock.movements(world.noted.id),
        "entries of a recall": lambda: desk.stock.recall_entries(world.cartridge.name, world.lot),
        "papers": lambda: desk.papers.of_session(visit),
        "withdrawn": lambda: list(desk.papers.withdrawn(world.void.id).values()),
    }
    yield from about.items()
    for given in world.visit.draft.aftercare.given:
        paper = given.document_id
        yield "paper", partial(desk.papers.get, paper)
        yield "bytes", partial(desk.papers.data, paper)
        yield "hand-overs", partial(desk.papers.hand_overs, paper)
