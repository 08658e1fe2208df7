"""How to prepare for the next visit, on paper: for which day, what it looks like, and handing it over."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from needlelog.clock import local, zone_of
from needlelog.domain.entry import parse_clock_time, parse_date
from needlelog.domain.papers import HandOver, SheetForm, Withdrawal
from needlelog.domain.session import SessionDraft
from needlelog.errors import Fault
from needlelog.i18n import record_date, record_time
from needlelog.services.desk import Desk
from needlelog.services.kept_papers import Sheet
from ui.toolkit.buttons import button
from ui.toolkit.kit import Kit
from ui.toolkit.labels import label
from ui.toolkit.printing import FirstPage
from ui.toolkit.screen import Screen, ToClient, ToSession
from ui.toolkit.tasks import Lane
from ui.toolkit.theme import SPACE
from ui.widgets.card import Card
from ui.widgets.client_banner import ClientBanner
from ui.widgets.client_facts import banner_facts
from ui.widgets.hand_over_card import HandOverCard
from ui.widgets.handing_over import Called, HandingOver, Kept
from ui.widgets.languages import sheet_language_told
from ui.widgets.line_fields import DateField, LineField
from ui.widgets.paper_pages import PaperPages, looked_at
from ui.widgets.paper_view import PaperView
from ui.widgets.phrases import withdrawn_text
from ui.widgets.scroll_column import ScrollColumn
from ui.widgets.sheet_form_row import SheetFormRow

SIDE_WIDTH = 350
SUGGESTED_NAME = "preparation.pdf"


@dataclass(frozen=True, slots=True)
class _Asked:
    """What a sheet is made from."""

    at: datetime | None
    form: SheetForm


class PreparationScreen(Screen):
    """The pages on the right; on the left the ways to hand them over, the day of the visit, and their looks."""

    def __init__(
        self, kit: Kit, desk: Desk, client_id: UUID, draft_id: UUID | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(kit.tr("Preparation sheet"), parent)
        self._kit = kit
        self._desk = desk
        self.client_id = client_id
        self._client = desk.clients.get(client_id)
        self._draft_id = draft_id
        self._before = self._visit_before()
        self._zone = desk.practice.clinic().time_zone
        self._asked: _Asked | None = None
        self._made: Sheet | None = None
        self._build()
        self._show_known()

    def _visit_before(self) -> SessionDraft | None:
        """The visit that the sheet follows: the open one it was asked for in, or the last one signed."""
        if self._draft_id is not None:
            flow, _ = self._desk.sessions.resume(self._draft_id)
            return flow.draft
        latest = self._desk.history.latest(self._client.id)
        return latest.draft if latest else None

    # building

    def _build(self) -> None:
        kit, tr = self._kit, self._kit.tr
        banner = ClientBanner(kit.theme, tr)
        banner.show_client(banner_facts(self._client, self._today(), self._desk.knowledge.ages.values()))
        self.hand_over = HandOverCard(kit)
        called = Called(tr("Preparation sheet"), tr("Save the preparation sheet"), SUGGESTED_NAME)
        HandingOver(self, kit, self.hand_over, called, Kept(self._sheet, self._give, self._withdrawn, self._zone))
        side = ScrollColumn(tr("Preparation sheet"), margins=(0, 0, SPACE, 0))
        side.column.takeAt(0)
        side.column.addWidget(self.hand_over)
        side.column.addWidget(self._build_fields())
        side.column.addStretch(1)
        back = button(kit.theme, tr("Back"), "secondary", "back")
        back.clicked.connect(self._on_back)
        side.column.addWidget(back)
        self._side = side
        self._view = PaperView(kit.theme, tr)
        self._pages = PaperPages(self._view, kit.tasks, self._on_failed)
        row = QHBoxLayout()
        row.setContentsMargins(SPACE * 3, SPACE * 2, SPACE * 3, SPACE * 2)
        row.setSpacing(SPACE * 2)
        row.addWidget(side)
        row.addWidget(self._view, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(banner)
        column.addLayout(row, 1)

    def _build_fields(self) -> Card:
        tr, theme = self._kit.tr, self._kit.theme
        self.day: DateField[date] = DateField(
            theme,
            tr,
            tr("For the visit on"),
            lambda text: parse_date(
                text, field=tr("The day"), today=self._today(), earliest=self._today(), future=True
            ),
            record_date,
            hint="",
        )
        self.time: LineField[time] = LineField(
            theme, tr, tr("at"), lambda text: parse_clock_time(text, field=tr("The time")), show=record_time
        )
        self.day.committed.connect(lambda _: self._make())
        self.time.committed.connect(lambda _: self._make())
        self.form = SheetFormRow(theme, tr, self._desk.practice.clinic().page_size)
        self.form.chosen.connect(lambda _: self._make())
        card = Card(tr("The next visit"))
        pair = QHBoxLayout()
        pair.setSpacing(SPACE)
        pair.addWidget(self.day, 3)
        pair.addWidget(self.time, 2)
        card.body.addLayout(pair)
        card.add(label(tr("On paper"), "strong"))
        card.add(self.form)
        return card

    def _show_known(self) -> None:
        before, now = self._before, self._kit.clock.now()
        at = before.aftercare.next_visit_at if before else None
        if at is not None and at > now:
            there = local(at, self._zone)
            self.day.set_value(there.date())
            self.time.set_value(there.time())
        chosen = before.aftercare.form if before else None
        self.form.show_form(chosen or self._desk.history.paper_form(self._client.id))

    def _today(self) -> date:
        return local(self._kit.clock.now(), self._desk.practice.clinic().time_zone).date()

    # making

    def activate(self) -> None:
        """Make the sheet afresh."""
        self._side.setFixedWidth(max(SIDE_WIDTH, self._side.minimumSizeHint().width()))
        self._asked = None
        self._make()

    def _wanted(self) -> _Asked | None:
        """What the entries ask for; None while one of them holds a mistake."""
        day, at = self.day.value(), self.time.value()
        if (day is None and self.day.raw_text().strip()) or (at is None and self.time.raw_text().strip()):
            return None
        moment = None
        if day is not None:
            moment = datetime.combine(day, at or time(12), zone_of(self._zone))
        return _Asked(moment, self.form.form())

    def _make(self) -> None:
        asked = self._wanted()
        day_only = self.day.value() is not None and self.time.value() is None and not self.time.raw_text().strip()
        tr = self._kit.tr
        self.time.show_finding(tr("Add the time as well, so that it appears on the sheet.") if day_only else "")
        if asked is None or day_only:
            self._asked = None
            self.hand_over.enable(False)
            return
        if asked == self._asked:
            return
        self._asked = asked
        self.hand_over.enable(False)
        before = self._before
        zones = before.treated_zones if before else ()
        if before and not zones:
            zones = tuple(dict.fromkeys(one.zone for one in before.consultation.plan.zones))

        def work() -> tuple[Sheet, FirstPage, _Asked]:
            sheet = self._desk.papers.preparation(
                self._client,
                at=asked.at,
                concerns=before.consultation.concerns if before else (),
                zones=zones,
                form=asked.form,
                after=before.id if before else None,
            )
            return sheet, looked_at(sheet.data), asked

        self._kit.tasks.run(work, self._on_made, self._on_failed, owner=self, lane=Lane.PAPERS)

    def _on_made(self, made: tuple[Sheet, FirstPage, _Asked]) -> None:
        sheet, first, asked = made
        if asked != self._asked:
            return
        self._made = sheet
        self._pages.show(sheet.data, first)
        self.hand_over.enable(True)
        wanted, tr = self._client.language, self._kit.tr
        self.hand_over.say_language(*sheet_language_told(sheet.paper.language, wanted, reviewed=sheet.reviewed, tr=tr))
        self._say_given()

    def _on_failed(self, fault: Fault) -> None:
        self._made = None
        self.hand_over.say_language("", "muted")
        self._pages.clear()
        self.hand_over.enable(False)
        self.hand_over.say(str(self._kit.tr.fault(fault)), "stop")

    def _say_given(self) -> None:
        tr, made = self._kit.tr, self._made
        if made is None:
            return
        same = self._desk.papers.kept_as(made)
        noted = self._desk.papers.hand_overs(same.id) if same else ()
        given = [one for one in noted if one.withdrawn is None or not one.withdrawn.slip]
        if given and given[-1].withdrawn is not None:
            self.hand_over.say(withdrawn_text(tr, given[-1].withdrawn, self._zone), "hold")
            return
        if not given:
            self.hand_over.say(tr("Not given yet."), "muted")
            return
        words = {HandOver.PRINTED: tr("Printed"), HandOver.SAVED: tr("Saved as PDF"), HandOver.SHOWN: tr("Shown")}
        at = record_time(local(given[-1].at, self._zone))
        said = tr("{how} at {time} by {name}.", how=words[given[-1].how], time=at, name=given[-1].by)
        self.hand_over.say(said, "ok")

    def _sheet(self) -> Sheet | None:
        return self._made

    def _give(self, sheet: Sheet, how: HandOver, although_withdrawn: bool) -> Callable[[], None]:
        papers = self._desk.papers
        paper = papers.give_made(sheet, how, although_withdrawn=although_withdrawn)
        given = papers.hand_overs(paper.id)[-1]
        self._say_given()

        def take_back() -> None:
            papers.take_back(paper, given)
            self._say_given()

        return take_back

    def _withdrawn(self, sheet: Sheet) -> Withdrawal | None:
        kept = self._desk.papers.kept_as(sheet)
        return self._desk.papers.withdrawn(kept.session_id).get(kept.id) if kept else None

    def _on_back(self) -> None:
        self.go.emit(ToSession(self._draft_id) if self._draft_id else ToClient(self._client.id))
