"""A visit at the chair without a disk: real rules, real reference data, a list of products in memory."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any, TypeVar
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from needlelog.domain.client import Client
from needlelog.domain.clinic import Practitioner
from needlelog.domain.materials import Lot, Product, ProductKind
from needlelog.domain.series import Series, SeriesVisit
from needlelog.domain.session import ScreeningAnswer, SessionDraft
from needlelog.domain.signed import SignedSession
from needlelog.domain.stock import Recall, Shelf
from needlelog.errors import Fault, FaultCode
from needlelog.i18n import Words
from needlelog.knowledge.model import Knowledge
from needlelog.rules.no_anaesthetic import not_asked_yet
from needlelog.rules.series import Standing
from needlelog.services.desk import Desk
from needlelog.services.judging import DraftJudge
from needlelog.services.materials import Materials
from needlelog.workflow.flow import SessionFlow
from needlelog.workflow.steps import SESSION_STEPS
from tests.builders import a_client, a_practitioner, a_product, an_anaesthetic, an_id
from tests.clocks import FixedClock
from ui.screens.session.materials_page import MaterialsPage
from ui.screens.session.page import StepPage
from ui.screens.session.presenter import SessionPresenter
from ui.toolkit.kit import Kit

P = TypeVar("P", bound=StepPage)

CLEANSER = a_product(id=an_id(1), kind=ProductKind.CLEANSER, name="Gentle cleanser")
MICELLAR = a_product(id=an_id(2), kind=ProductKind.CLEANSER, name="Micellar <b>water</b> & more")
SERUM = a_product(id=an_id(3))
GEL = a_product(id=an_id(4), name="Glide gel")
CREAM = an_anaesthetic(id=an_id(5))
OTHER_CREAM = an_anaesthetic(id=an_id(6), name="Second cream")
MASK = a_product(id=an_id(7), kind=ProductKind.COOLING, name="Soothing mask", amount_unit="piece")
LIGHT = a_product(id=an_id(8), kind=ProductKind.ADDON, name="Red light", amount_unit="")
ME = a_practitioner()
COLLEAGUE = a_practitioner(id=an_id(50), name="Tom Reed", credentials="")
GOOD_UNTIL = date(2027, 6, 30)
EXPIRED_ON = date(2026, 9, 30)


class ListInMemory:
    """Products and lots as the repository keeps them."""

    def __init__(self, *products: Product) -> None:
        self.products = {product.id: product for product in products}
        self.held: list[Lot] = []

    def all(self, kind: ProductKind | None = None, *, active_only: bool = True) -> tuple[Product, ...]:
        found = [one for one in self.products.values() if (kind is None or one.kind is kind) and one.active]
        return tuple(sorted(found, key=lambda product: product.name.casefold()))

    def add(self, product: Product) -> None:
        self.products[product.id] = product

    def lots(self, product_id: UUID) -> tuple[Lot, ...]:
        return tuple(reversed([lot for lot in self.held if lot.product_id == product_id]))

    def add_lot(self, lot: Lot) -> Lot:
        self.held.append(lot)
        return lot

    def save_lot(self, lot: Lot) -> None:
        self.held = [lot if one.id == lot.id else one for one in self.held]


class StoreInMemory:
    """Takes drafts as the disk would: as text, so that nothing is shared with what the page holds."""

    def __init__(self, clock: FixedClock) -> None:
        self._clock = clock
        self.text = ""
        self.full = False

    def save(self, draft: SessionDraft) -> SessionDraft:
        if self.full:
            raise Fault(FaultCode.DISK_FULL)
        saved = draft.with_(revision=draft.revision + 1, saved_at=self._clock.now())
        self.text = saved.model_dump_json()
        return saved

    @property
    def draft(self) -> SessionDraft:
        """What a restart would find."""
        return SessionDraft.model_validate_json(self.text)


class _Practice:
    def __init__(self, *people: Practitioner) -> None:
        self.me = people[0]
        self._people = people

    def practitioners(self) -> tuple[Practitioner, ...]:
        return self._people


class _History:
    def __init__(self, last: SignedSession | None) -> None:
        self._last = last

    def latest(self, _client_id: UUID) -> SignedSession | None:
        return self._last


class SeriesInMemory:
    """The plans over several visits; none, unless a test puts one here."""

    def __init__(self) -> None:
        self.standings: list[Standing] = []

    def all_standing(self, _client_id: UUID) -> tuple[Standing, ...]:
        return tuple(self.standings)

    def visit_of(self, series: Series) -> SeriesVisit:
        number = next(one.number for one in self.standings if one.series.id == series.id)
        return SeriesVisit(series_id=series.id, concern=series.concern, number=number, sessions=series.sessions)


class _Reference:
    def __init__(self, knowledge: Knowledge) -> None:
        self.knowledge = knowledge


class _Wordings:
    consent_texts = ()


class Chair:
    """One visit: make pages with ``page``, look at ``stored`` for what a restart would find."""

    def __init__(self, kit: Kit, knowledge: Knowledge, clock: FixedClock, draft: SessionDraft) -> None:
        self.kit = kit
        self.clock = clock
        self.list = ListInMemory(CLEANSER, MICELLAR, SERUM, GEL, CREAM, OTHER_CREAM, MASK, LIGHT)
        self.materials = Materials(self.list, clock)  # type: ignore[arg-type]
        self.store = StoreInMemory(clock)
        self.knowledge = knowledge
        self.people: tuple[Practitioner, ...] = (ME,)
        self.series = SeriesInMemory()
        self.last_visit: SignedSession | None = None
        self.recalls: tuple[Recall, ...] = ()
        self._client: Client = a_client()
        self.presenter = self._open(self.store.save(draft))

    @property
    def desk(self) -> Desk:
        """The unlocked clinic, as far as these pages ask it."""
        nothing: Any = None
        practice: Any = _Practice(*self.people)
        history: Any = _History(self.last_visit)
        reference: Any = _Reference(self.knowledge)
        series: Any = self.series
        wordings: Any = _Wordings()
        return Desk(
            tr=Words(),
            clock=self.clock,
            reference=reference,
            templates=nothing,
            wordings=wordings,
            practice=practice,
            clients=nothing,
            sessions=nothing,
            series=series,
            history=history,
            follow_ups=nothing,
            adverse_events=nothing,
            materials=self.materials,
            stock=nothing,
            papers=nothing,
            pictures=nothing,
            prints=nothing,
            proof=nothing,
            close=lambda: None,
        )

    def answer_before_numbing(self) -> None:
        """Say no to all that a numbing cream rests on, and confirm the allergies on file."""

        def said(draft: SessionDraft) -> SessionDraft:
            no = (
                ScreeningAnswer(contraindication=one.id, answer="no", at=self.clock.now())
                for one in not_asked_yet(draft, self.knowledge)
            )
            part = draft.consultation.with_(screening=(*draft.consultation.screening, *no))
            return draft.with_(consultation=part.with_(allergies_confirmed_at=self.clock.now()))

        self.presenter.edit(said)

    @property
    def stored(self) -> SessionDraft:
        """What a restart would find."""
        return self.store.draft

    def restart(self) -> None:
        """The program was killed: a new machine around what was stored."""
        self.presenter = self._open(self.stored)

    def page(self, kind: Callable[..., P]) -> P:
        """The page as the shell makes it: painted from the draft, painted again at each change."""
        made = kind(self.kit, self.desk, self.presenter)
        made.resize(900, 900)
        self.presenter.draft_changed.connect(lambda: made.show_draft(self.presenter.draft))
        made.show_draft(self.presenter.draft)
        made.entered()
        return made

    def _open(self, draft: SessionDraft) -> SessionPresenter:
        judge = DraftJudge(
            client=lambda: self._client,
            products=lambda: dict(self.list.products),
            last_visit_on=None,
            knowledge=lambda: self.knowledge,
            clock=self.clock,
            tr=Words(),
            shelf=lambda: Shelf(recalls=self.recalls),
            series=lambda: self.series.standings,
        )
        flow = SessionFlow(draft, steps=SESSION_STEPS, store=self.store, judge=judge, clock=self.clock, by=ME.signature)
        # A stopwatch that stands still: a busy machine must not make the disk look slow, or saves would be gathered.
        return SessionPresenter(flow, judge, self.clock.now, seconds=lambda: 0.0)


def undo(qtbot: QtBot, page: MaterialsPage) -> None:
    """Tap Undo on the offer that the page shows."""
    assert page.toast is not None
    assert page.toast.isVisible()
    (button,) = page.toast.findChildren(QPushButton)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def typed(qtbot: QtBot, line: QLineEdit, text: str) -> None:
    """Put ``text`` in place of what stands in the line, then Enter."""
    line.selectAll()
    if text.isascii():
        qtbot.keyClicks(line, text)
    else:
        # QTest has keys for ASCII only; an input method inserts the rest in the same way.
        line.insert(text)
    qtbot.keyClick(line, Qt.Key.Key_Return)


def emptied(qtbot: QtBot, line: QLineEdit) -> None:
    """Take away what stands in the line, then Enter."""
    line.selectAll()
    qtbot.keyClick(line, Qt.Key.Key_Backspace)
    qtbot.keyClick(line, Qt.Key.Key_Return)


def at(hour: int, minute: int) -> datetime:
    """A clock time of the visit's day; Dublin's clock in November is UTC."""
    return datetime(2026, 11, 20, hour, minute, tzinfo=UTC)
