"""The answer to a follow-up: how the skin looks, the questions of the moment, and what is red. Saved at each tap."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID, uuid4

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from needlelog.clock import today
from needlelog.domain.entry import parse_paragraphs
from needlelog.domain.follow_up import FollowUpForm, Reached
from needlelog.domain.reactions import Observation
from needlelog.domain.session import Photo
from needlelog.domain.value import PARAGRAPHS_LIMIT
from needlelog.errors import Fault
from needlelog.i18n import record_date
from needlelog.services.desk import Desk
from ui.screens.follow_up.beside import ComparedCard, RedFlagCard
from ui.screens.follow_up.questions import QuestionsCard
from ui.toolkit.buttons import button
from ui.toolkit.kit import Kit
from ui.toolkit.labels import label, set_tone
from ui.toolkit.screen import Screen, ToRecord
from ui.toolkit.theme import SPACE
from ui.widgets.card import Card
from ui.widgets.chips import ChipRow
from ui.widgets.client_banner import ClientBanner
from ui.widgets.client_facts import banner_facts
from ui.widgets.follow_up_card import due_text
from ui.widgets.notice import Notice
from ui.widgets.paragraph_field import ParagraphField
from ui.widgets.photo_strip import PhotoStrip
from ui.widgets.phrases import day_of, unbroken
from ui.widgets.saved_mark import SavedMark
from ui.widgets.scroll_column import growing
from ui.widgets.skin_grades import SkinGrades
from ui.widgets.trade_words import reached
from ui.widgets.two_columns import TwoColumns

SIDE_WIDTH = 288
TYPING_MS = 250
"""What is typed reaches the disk this long after the last key."""


class FollowUpScreen(Screen):
    """One moment of one signed visit. The visit itself is not touched."""

    def __init__(self, kit: Kit, desk: Desk, session_id: UUID, moment: str = "", parent: QWidget | None = None) -> None:
        super().__init__(kit.tr("Follow-up"), parent)
        self._kit = kit
        self._desk = desk
        self._visit = desk.history.visit(session_id)
        self._zone = self._visit.draft.time_zone
        self._moment = desk.knowledge.follow_up_moments.get(moment)
        self._form = desk.follow_ups.begin(session_id, moment)
        self._done = False
        self.client_id = self._visit.client.id
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(TYPING_MS)
        self._typing.timeout.connect(self._flush)
        self._build()
        self._put_in()
        self._show()

    @property
    def form(self) -> FollowUpForm:
        """The answer as it stands."""
        return self._form

    # building

    def _build(self) -> None:
        kit, tr = self._kit, self._kit.tr
        self._banner = ClientBanner(kit.theme, tr)
        self.columns = TwoColumns(tr("Follow-up"), SIDE_WIDTH)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(2 * SPACE)
        whole.addWidget(self._banner)
        whole.addLayout(self._build_head())
        whole.addWidget(self.columns, 1)
        for card in (self._build_reached(), self._build_skin(), self._build_questions(), self._build_note()):
            self.columns.main.add(growing(card))
        client = self._desk.clients.get(self._visit.client.id)
        clinic = self._desk.practice.clinic()
        number = self._desk.knowledge.emergency_numbers.get(clinic.country)
        self.red = RedFlagCard(kit, client.phone, number.number if number else "", self._desk.knowledge.cited)
        self.compared = ComparedCard(kit, self._desk.knowledge, self._zone)
        self.columns.side.add(growing(self.red))
        self.columns.side.add(growing(self.compared))

    def _build_head(self) -> QVBoxLayout:
        tr, theme = self._kit.tr, self._kit.theme
        words = QVBoxLayout()
        words.setSpacing(0)
        title = tr(self._moment.name) if self._moment else tr("The client came forward")
        words.addWidget(label(title, "title", wrap=True))
        self._about = label("", "body", muted=True, wrap=True)
        words.addWidget(self._about)
        # The card with what is done about it scrolls away under the questions; that it is red must not.
        self.red_line = label("", "strong", wrap=True)
        set_tone(self.red_line, "stop")
        self.red_line.hide()
        words.addWidget(self.red_line)
        self._mark = SavedMark(theme, tr, self._zone)
        words.addWidget(self._mark)
        self.nobody = button(theme, tr("Not reached"), "secondary", "phone")
        self.nobody.clicked.connect(self._on_nobody)
        self.keep_answer = button(theme, tr("Add to the record"), "primary", "check", chair=True)
        self.keep_answer.clicked.connect(self._on_keep)
        row = QHBoxLayout()
        row.setSpacing(SPACE)
        row.addLayout(words, 1)
        if self._moment is not None:
            row.addWidget(self.nobody)
        row.addWidget(self.keep_answer)
        self.failed = Notice(theme, "stop")
        column = QVBoxLayout()
        column.setContentsMargins(4 * SPACE, 0, 4 * SPACE, 0)
        column.setSpacing(SPACE)
        column.addLayout(row)
        column.addWidget(self.failed)
        return column

    def _build_reached(self) -> Card:
        tr, theme = self._kit.tr, self._kit.theme
        card = Card()
        row = QHBoxLayout()
        row.setSpacing(2 * SPACE)
        row.addWidget(label(tr("How was the client reached?"), "strong", wrap=True))
        self.reached = ChipRow(
            theme, tr("How was the client reached?"), [(how, reached(tr, how)) for how in Reached], clearable=False
        )
        self.reached.changed.connect(self._on_reached)
        row.addWidget(self.reached, 1)
        card.add(row)
        return card

    def _build_skin(self) -> Card:
        tr, theme = self._kit.tr, self._kit.theme
        self.none = button(theme, tr("None observed"), "secondary", "check")
        self.none.setCheckable(True)
        self.none.clicked.connect(self._on_none)
        card = Card(tr("The skin"), self.none)
        around = card.layout()
        if around is not None:
            # As much width as there is, so that grades stand beside the names.
            around.setContentsMargins(2 * SPACE, 2 * SPACE, 2 * SPACE, 2 * SPACE)
        self.grades = SkinGrades(self._kit, self._desk.knowledge)
        self.grades.graded.connect(self._on_graded)
        card.add(self.grades)
        return card

    def _build_questions(self) -> QuestionsCard:
        asked = self._desk.follow_ups.questions(self._visit, self._form.moment)
        self.questions = QuestionsCard(self._kit, self._desk.knowledge, asked)
        self.questions.replied.connect(self._on_replied)
        self.questions.typed.connect(self._on_typed)
        return self.questions

    def _build_note(self) -> Card:
        tr, theme = self._kit.tr, self._kit.theme
        card = Card()
        what = tr("What else did the client say?")
        self.note = ParagraphField[str](
            theme, tr, what, lambda text: parse_paragraphs(text, field=what, limit=PARAGRAPHS_LIMIT), lines=2
        )
        self.note.editor.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self.note.edited.connect(self._on_typed)
        card.add(self.note)
        pictures = self._desk.pictures
        self.photos = PhotoStrip(self._kit, lambda data: pictures.take_in(data, view="follow-up"), pictures.thumbnail)
        self.photos.taken.connect(self._on_photo)
        card.add(self.photos)
        return card

    # showing

    def activate(self) -> None:
        """The first thing to say is how the client was reached."""
        self._show()
        self.reached.setFocus()

    def _put_in(self) -> None:
        self.note.set_raw_text(self._form.note)
        self.questions.show_words(self._form)

    def _show(self) -> None:
        form = self._form
        client = self._desk.clients.get(self._visit.client.id)
        day = today(self._kit.clock, self._zone)
        self._banner.show_client(banner_facts(client, day, self._desk.knowledge.ages.values()))
        self._about.setText(self._about_text(client.phone))
        self.reached.set_value(form.reached)
        self.grades.show_grades(form.observations, self._visit.draft.treated_zones)
        self.none.setChecked(form.none_observed_at is not None)
        self.none.setEnabled(not any(one.grade for one in form.observations))
        flags = self._desk.follow_ups.flags(form, self._visit)
        self.questions.show_form(form, flags)
        self.red.show_flags(flags)
        self.red_line.setVisible(bool(flags))
        if flags:
            tr = self._kit.tr
            self.red_line.setText(tr("Red flag: {action}", action=tr(flags[0].action_title)))
        compared = self._desk.follow_ups.compared(form, self._visit)
        self.compared.show_compared(compared, self._desk.follow_ups.earlier(self._visit))
        self.photos.show_photos(form.photos)
        if form.saved_at is not None:
            self._mark.saved(form.saved_at)

    def _about_text(self, phone: str) -> str:
        tr, draft = self._kit.tr, self._visit.draft
        parts = [tr("Visit of {day}", day=record_date(day_of(draft.started_at, self._zone)))]
        deepest = max((one.depth_mm for one in draft.needling.passes), default=None)
        if deepest is not None:
            parts.append(tr("up to {depth} mm", depth=f"{deepest:.2f}"))
        due = next(
            (
                one
                for one in self._desk.follow_ups.after(self._visit).schedule
                if self._moment and one.moment == self._moment.id
            ),
            None,
        )
        if due is not None:
            parts.append(due_text(tr, due, self._zone, self._kit.clock.now()))
        if phone:
            parts.append(phone)
        return "   ·   ".join(map(unbroken, parts))

    # changing

    def _change(self, how: Callable[[FollowUpForm], FollowUpForm]) -> bool:
        """Save the changed answer, and only then show it."""
        if self._done:
            return True
        changed = how(self._with_words(self._form))
        if changed == self._form:
            return True
        try:
            self._form = self._desk.follow_ups.keep(changed)
        except Fault as fault:
            self._mark.not_saved(self._form.saved_at or self._kit.clock.now())
            self.failed.say(str(self._kit.tr.fault(fault)))
            self._show_what_holds()
            return False
        self.failed.say("")
        self._show()
        return True

    def _show_what_holds(self) -> None:
        """A tap that was not saved is not shown as if it were."""
        self.reached.set_value(self._form.reached)
        self.grades.show_grades(self._form.observations, self._visit.draft.treated_zones)
        self.questions.show_form(self._form, self._desk.follow_ups.flags(self._form, self._visit))
        self.none.setChecked(self._form.none_observed_at is not None)

    def _with_words(self, form: FollowUpForm) -> FollowUpForm:
        if self.note.fault() is None:
            form = form.with_(note=self.note.value() or "")
        return self.questions.with_words(form)

    def _on_typed(self) -> None:
        self._mark.saving()
        self._typing.start()

    def _flush(self) -> bool:
        self._typing.stop()
        saved = self._change(lambda form: form)
        if saved and self._form.saved_at is not None:
            self._mark.saved(self._form.saved_at)
        return saved and self.note.fault() is None

    def _on_reached(self, how: object) -> None:
        self._change(lambda form: form.with_(reached=how))

    def _on_replied(self, question: str, value: str) -> None:
        self._change(lambda form: form.replied(question, value=value))

    def _on_none(self) -> None:
        now = self._kit.clock.now() if self.none.isChecked() else None
        self._change(lambda form: form.with_(none_observed_at=now, observations=()))

    def _on_graded(self, reaction: str, zone: str, grade: int | None) -> None:
        now, scale = self._kit.clock.now(), self._desk.knowledge.reactions[reaction].scale
        new = (
            ()
            if grade is None
            else (Observation(id=uuid4(), reaction=reaction, scale=scale, grade=grade, zone=zone, at=now),)
        )
        self._change(
            lambda form: form.with_(
                none_observed_at=None if new else form.none_observed_at,
                observations=(
                    *(one for one in form.observations if (one.reaction, one.zone) != (reaction, zone)),
                    *new,
                ),
            )
        )

    def _on_photo(self, photo: Photo) -> None:
        self._change(lambda form: form.with_(photos=(*form.photos, photo)))

    # ending

    def _on_keep(self) -> None:
        if not self._flush():
            return
        try:
            self._desk.follow_ups.answer(self._form, self._visit)
        except Fault as fault:
            self.failed.say(str(self._kit.tr.fault(fault)))
            return
        self._done = True
        self.go.emit(ToRecord(self._visit.id))

    def _on_nobody(self) -> None:
        if not self._flush():
            return
        tr = self._kit.tr
        note = self._kit.dialogs.ask_text(
            self,
            tr("Nobody was reached"),
            tr("It is on the record as a try, and the follow-up stays due. What happened?"),
            tr("Note the try"),
            phrases=(tr("No answer"), tr("Mailbox, asked to call back"), tr("Message not read yet")),
        )
        if not note:
            return
        try:
            self._desk.follow_ups.not_reached(
                self._visit.id, self._form.moment, self._form.reached or Reached.PHONE, note
            )
        except Fault as fault:
            self.failed.say(str(tr.fault(fault)))
            return
        self.go.emit(ToRecord(self._visit.id))

    def deactivate(self) -> bool:
        """What was typed reaches the disk before anybody leaves."""
        return self._done or self._flush()
