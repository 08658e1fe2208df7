"""What was heard since a visit was signed: follow-ups, tries, red flags until somebody writes what was done, events."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from needlelog.domain.adverse_events import EventHistory
from needlelog.domain.entry import parse_paragraphs
from needlelog.domain.follow_up import FollowUpAnswer, FollowUpAttempt, FollowUpRecord, is_about_recall
from needlelog.domain.reactions import Observation
from needlelog.domain.session import Photo
from needlelog.domain.value import PARAGRAPHS_LIMIT
from needlelog.knowledge.model import Knowledge
from needlelog.rules.follow_up import Due, DueState, Reading, before, is_asked, reading_of, unanswered
from needlelog.services.desk import Desk
from needlelog.services.follow_ups import AfterVisit
from ui.screens.record.section_card import Thumbnail
from ui.toolkit.buttons import button
from ui.toolkit.discard import clear
from ui.toolkit.kit import Kit
from ui.toolkit.labels import IconMark, label, set_tone
from ui.toolkit.theme import SPACE
from ui.widgets.card import Card, hairline
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.follow_up_card import due_text
from ui.widgets.paragraph_field import ParagraphField
from ui.widgets.phrases import moment_text
from ui.widgets.red_flags import RedFlags
from ui.widgets.trade_words import outcome, reached, seriousness

_TONES = {DueState.DUE: "accent", DueState.OVERDUE: "hold", DueState.ANSWERED: "ok"}
_ICONS = {
    DueState.DUE: "phone",
    DueState.OVERDUE: "timer",
    DueState.ANSWERED: "check",
    DueState.COMING: "calendar",
    DueState.MISSED: "minus",
    DueState.HANDED_ON: "next",
}


class SinceCard(Card):
    """One row for each moment, with the answer below it; then the adverse events."""

    asked = Signal(str)
    """The moment to ask for, or "" for a client who came forward."""

    handled = Signal(object, str)
    """The ``FollowUpAnswer`` and what was done about its red flags."""

    event_asked = Signal(object, object)
    """The id of an adverse event, or None for a new one; the id of the answer it comes from, or None."""

    def __init__(self, kit: Kit, desk: Desk, zone: str) -> None:
        self.open_event = button(kit.theme, kit.tr("Adverse event"), "danger", "warning")
        self.unasked = button(kit.theme, kit.tr("Client came forward"), "secondary", "plus")
        verbs = QWidget()
        row = QHBoxLayout(verbs)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE)
        row.addWidget(self.unasked)
        row.addWidget(self.open_event)
        super().__init__(kit.tr("Since the visit"), verbs)
        self._kit = kit
        self._desk = desk
        self._zone = zone
        self._readings: tuple[Reading, ...] = ()
        self._questions: Mapping[str, tuple[str, ...]] = {}
        self._whom = ("", "")
        self.done_fields: list[ParagraphField[str]] = []
        self.ask_buttons: dict[str, QWidget] = {}
        self.unasked.clicked.connect(lambda: self.asked.emit(""))
        self.open_event.clicked.connect(lambda: self.event_asked.emit(None, None))
        self.body.setSpacing(12)

    def show_since(
        self, after: AfterVisit, events: Sequence[EventHistory], readings: tuple[Reading, ...], phone: str, number: str
    ) -> None:
        """Show everything added since; ``phone`` is the client's, ``number`` that of the emergency services."""
        clear(self.body)
        self.done_fields = []
        self.ask_buttons = {}
        self._readings = readings
        self._questions = after.questions
        self._whom = (phone, number)
        knowledge, record = self._desk.knowledge, after.record
        rows: list[QWidget] = []
        for due in after.schedule:
            known = knowledge.follow_up_moments.get(due.moment)
            name = self._kit.tr(known.name) if known else due.moment
            rows.append(self._moment(due, name, record))
        scheduled = {due.moment for due in after.schedule}
        others = [one for one in record.answers if one.moment not in scheduled]
        tries = [one for one in record.attempts if one.moment not in scheduled]
        rows += [self._framed(self._answer(one, record), one.moment) for one in others]
        rows += [self._attempt(one) for one in tries]
        rows += [self._event(one) for one in events]
        for place, row in enumerate(rows):
            if place:
                self.add(hairline())
            self.add(row)
        if not rows:
            self.add(label(self._kit.tr("Nothing was heard yet."), "body", muted=True, wrap=True))

    def unsaved_text(self) -> str:
        """What was written about a red flag and not kept yet."""
        return "".join(field.raw_text().strip() for field in self.done_fields)

    # rows

    def _moment(self, due: Due, name: str, record: FollowUpRecord) -> QWidget:
        holder, column = self._column()
        head = QHBoxLayout()
        head.setSpacing(12)
        tone = _TONES.get(due.state, "muted")
        red = any(one.moment == due.moment for one in record.red)
        mark = IconMark(self._kit.theme, "warning" if red else _ICONS[due.state], "stop" if red else tone, 24)
        mark.setAlignment(Qt.AlignmentFlag.AlignCenter)
        head.addWidget(mark)
        head.addWidget(label(name, "strong"))
        said = label(due_text(self._kit.tr, due, self._zone, self._kit.clock.now()), "body", wrap=True)
        set_tone(said, tone)
        head.addWidget(said, 1)
        if due.open:
            ask = button(self._kit.theme, self._kit.tr("Ask now"), "secondary", "phone")
            ask.setAccessibleName(self._kit.tr("Ask now: {moment}", moment=name))
            ask.clicked.connect(self._asker(due.moment))
            self.ask_buttons[due.moment] = ask
            head.addWidget(ask)
        column.addLayout(head)
        for attempt in record.attempts:
            if attempt.moment == due.moment:
                column.addWidget(self._attempt(attempt))
        for answer in record.answers:
            if answer.moment == due.moment:
                column.addWidget(self._answer(answer, record))
        return holder

    def _framed(self, answer: QWidget, moment: str) -> QWidget:
        tr = self._kit.tr
        holder, column = self._column()
        name = tr("Told of the recall of a lot") if is_about_recall(moment) else tr("The client came forward")
        column.addWidget(label(name, "strong"))
        column.addWidget(answer)
        return holder

    def _attempt(self, one: FollowUpAttempt) -> QWidget:
        tr = self._kit.tr
        said = tr(
            "Nobody reached, {how}, {when}, {who}",
            how=reached(tr, one.how).lower(),
            when=moment_text(one.at, self._zone),
            who=one.by,
        )
        return label(f"{said}: {one.note}" if one.note else said, "body", muted=True, wrap=True)

    def _answer(self, answer: FollowUpAnswer, record: FollowUpRecord) -> QWidget:
        tr = self._kit.tr
        holder, column = self._column(2)
        for line, tone in self._lines(answer):
            said = label(line, "body", wrap=True)
            set_tone(said, tone)
            column.addWidget(said)
        signed = tr(
            "{how}, {when}, {who}",
            how=reached(tr, answer.reached),
            when=moment_text(answer.at, self._zone),
            who=answer.by,
        )
        column.addWidget(label(signed, "caption", muted=True, wrap=True))
        if answer.photos:
            column.addWidget(self._photos(answer.photos))
        if answer.flags:
            column.addWidget(self._flagged(answer, record))
        return holder

    def _lines(self, answer: FollowUpAnswer) -> list[tuple[str, str]]:
        tr, knowledge = self._kit.tr, self._desk.knowledge
        lines: list[tuple[str, str]] = []
        if answer.none_observed_at is not None:
            lines.append((tr("None observed"), "ok"))
        earlier = self._before(answer)
        lines += [self._graded(one, earlier) for one in answer.observations]
        yes: list[str] = []
        no: list[str] = []
        for reply in answer.replies:
            question = knowledge.follow_up_questions.get(reply.question)
            text = tr(question.text) if question else reply.question
            if reply.words:
                lines.append((f"{text} {reply.words}", ""))
            elif reply.value in ("yes", "no"):
                (yes if reply.value == "yes" else no).append(text)
            else:
                scale = knowledge.scales.get(question.scale) if question else None
                word = next((one.word for one in scale.grades if str(one.value) == reply.value), "") if scale else ""
                lines.append((f"{text} {reply.value} {tr(word)}".strip(), ""))
        if yes:
            lines.append((tr("Yes: {questions}", questions=" ".join(yes)), ""))
        if no:
            lines.append((tr("No: {questions}", questions=" ".join(no)), "muted"))
        if answer.note:
            lines.append((answer.note, ""))
        left = self._left_out(answer, knowledge)
        if left:
            lines.append((tr("Not answered: {questions}", questions=" ".join(left)), "muted"))
        return lines

    def _left_out(self, answer: FollowUpAnswer, knowledge: Knowledge) -> list[str]:
        known = knowledge.follow_up_questions
        graded = [one.id for one in known.values() if one.answer == "grade" and one.reaction]
        asked = (
            one for one in self._questions.get(answer.moment, ()) if one not in known or is_asked(known[one], answer)
        )
        left = unanswered(answer, asked, graded)
        return [self._kit.tr(known[one].text) for one in left if one in known and one != "photo"]

    def _before(self, answer: FollowUpAnswer) -> tuple[Reading, ...]:
        """The readings before this answer."""
        own = reading_of(answer)
        place = self._readings.index(own) if own in self._readings else len(self._readings)
        return self._readings[:place]

    def _graded(self, one: Observation, earlier: tuple[Reading, ...]) -> tuple[str, str]:
        tr, knowledge = self._kit.tr, self._desk.knowledge
        entry, scale = knowledge.reactions.get(one.reaction), knowledge.scales.get(one.scale)
        word = next((grade.word for grade in scale.grades if grade.value == one.grade), "") if scale else ""
        place = knowledge.zones.get(one.zone)
        said = tr(
            "{reaction} {grade} {word}, {where}",
            reaction=tr(entry.name) if entry else one.reaction,
            grade=one.grade,
            word=tr(word),
            where=tr(place.name).lower() if place else tr("whole area"),
        )
        last = before(one, earlier)
        if last is None:
            return said, ""
        return tr("{said} (before {grade})", said=said, grade=last.grade), "hold" if one.grade > last.grade else ""

    def _photos(self, photos: Sequence[Photo]) -> QWidget:
        holder = QWidget()
        flow = FlowLayout(holder)
        for photo in photos:
            flow.addWidget(Thumbnail(self._kit, self._desk.pictures, photo))
        return holder

    def _flagged(self, answer: FollowUpAnswer, record: FollowUpRecord) -> QFrame:
        tr, theme = self._kit.tr, self._kit.theme
        done = record.handled_of(answer.id)
        frame = QFrame()
        frame.setProperty("surface", "raised" if done else "stop")
        column = QVBoxLayout(frame)
        column.setContentsMargins(2 * SPACE, 12, 2 * SPACE, 2 * SPACE)
        column.setSpacing(SPACE)
        title = label(tr("Red flag, dealt with") if done else tr("Red flag"), "strong")
        set_tone(title, "" if done else "stop")
        column.addWidget(title)
        if done:
            for flag in answer.flags:
                column.addWidget(label(flag.title, "strong", wrap=True))
                if flag.detail:
                    column.addWidget(label(flag.detail, "body", wrap=True))
        else:
            flags = RedFlags(self._kit, *self._whom, self._desk.knowledge.cited)
            flags.show_flags(answer.flags)
            column.addWidget(flags)
        for one in done:
            column.addWidget(label(tr("Done: {what}", what=one.done), "strong", wrap=True))
            signed = tr("{who}, {when}", who=one.by, when=moment_text(one.at, self._zone))
            column.addWidget(label(signed, "caption", muted=True, wrap=True))
        if not done:
            column.addLayout(self._doing(answer))
        else:
            event = button(theme, tr("Open an adverse event from it"), "quiet", "warning")
            event.clicked.connect(self._event_asker(None, answer))
            column.addWidget(event, 0, Qt.AlignmentFlag.AlignLeft)
        return frame

    def _doing(self, answer: FollowUpAnswer) -> QVBoxLayout:
        tr, theme = self._kit.tr, self._kit.theme
        what = tr("What was done?")
        field = ParagraphField[str](
            theme,
            tr,
            what,
            lambda text: parse_paragraphs(text, field=what, limit=PARAGRAPHS_LIMIT, required=True),
            lines=2,
            required=True,
            hint=tr("It stays red on the first page until this is written."),
        )
        self.done_fields.append(field)
        keep = button(theme, tr("Add what was done"), "primary", "check")
        keep.clicked.connect(self._keeper(answer, field))
        event = button(theme, tr("Open an adverse event from it"), "secondary", "warning")
        event.clicked.connect(self._event_asker(None, answer))
        row = QHBoxLayout()
        row.setSpacing(SPACE)
        row.addWidget(event)
        row.addStretch(1)
        row.addWidget(keep)
        column = QVBoxLayout()
        column.setSpacing(SPACE)
        column.addWidget(field)
        column.addLayout(row)
        return column

    def _event(self, one: EventHistory) -> QWidget:
        tr = self._kit.tr
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        mark = IconMark(self._kit.theme, "warning", "stop", 24)
        mark.setAlignment(Qt.AlignmentFlag.AlignTop)
        row.addWidget(mark)
        words = QVBoxLayout()
        words.setSpacing(1)
        weight = seriousness(tr, one.gravest)
        title = label(tr("Adverse event: {weight}", weight=weight), "strong", wrap=True)
        set_tone(title, "stop")
        words.addWidget(title)
        words.addWidget(label(one.opening.text, "body", wrap=True))
        stands = outcome(tr, one.outcome) if one.outcome else tr("outcome not stated yet")
        count = len(one.entries) - 1
        added = tr.plural("{count} entry added", "{count} entries added", count) if count else ""
        said = "   ·   ".join(part for part in (stands, added, moment_text(one.opening.at, self._zone)) if part)
        words.addWidget(label(said, "caption", muted=True, wrap=True))
        row.addLayout(words, 1)
        opened = button(self._kit.theme, tr("Open"), "secondary", "next")
        opened.setAccessibleName(tr("Open the adverse event: {what}", what=one.opening.text))
        opened.clicked.connect(lambda: self.event_asked.emit(one.id, None))
        row.addWidget(opened, 0, Qt.AlignmentFlag.AlignTop)
        return holder

    def _column(self, spacing: int = SPACE) -> tuple[QWidget, QVBoxLayout]:
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(spacing)
        return holder, column

    # asking

    def _asker(self, moment: str) -> Callable[[], None]:
        return lambda: self.asked.emit(moment)

    def _event_asker(self, event: EventHistory | None, answer: FollowUpAnswer) -> Callable[[], None]:
        return lambda: self.event_asked.emit(event.id if event else None, answer.id)

    def _keeper(self, answer: FollowUpAnswer, field: ParagraphField[str]) -> Callable[[], None]:
        def keep() -> None:
            if field.check():
                self.handled.emit(answer, field.value() or "")

        return keep
