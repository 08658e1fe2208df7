"""Step 8: how the skin took it, by moment and place, on published scales; "none observed" is an answer of its own."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from uuid import uuid4

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from needlelog.domain.findings import StepId
from needlelog.domain.reactions import NothingSeen, Observation
from needlelog.domain.session import Photo, Reactions, SessionDraft
from needlelog.services.desk import Desk
from ui.screens.session.adverse_event import AdverseEventForm
from ui.screens.session.page import StepPage
from ui.screens.session.presenter import SessionPresenter
from ui.toolkit.buttons import button
from ui.toolkit.kit import Kit
from ui.toolkit.labels import label
from ui.toolkit.plain import caption
from ui.toolkit.theme import SPACE
from ui.widgets.card import Card
from ui.widgets.chips import ChipRow
from ui.widgets.photo_strip import PhotoStrip
from ui.widgets.reaction_row import ReactionRow
from ui.widgets.skin_grades import SkinGrades


class ReactionsPage(StepPage):
    """Choose when and where, then one tap per grade."""

    step = StepId.REACTIONS

    def __init__(self, kit: Kit, desk: Desk, presenter: SessionPresenter, parent: QWidget | None = None) -> None:
        super().__init__(kit, desk, presenter, parent)
        self._known = desk.knowledge.reactions
        self._moments = desk.knowledge.visit_moments
        self._moment = ""
        self._last_visit = desk.history.latest(presenter.client.id)
        self.column.setSpacing(SPACE)
        self.column.addWidget(self._build_none())
        self.column.addWidget(self._build_grades())
        self._adverse = AdverseEventForm(kit, presenter, desk.knowledge)
        self._adverse.kept.connect(lambda: self.bring_up(self._adverse))
        self.column.addWidget(self._adverse)
        self.column.addWidget(self._build_photos())
        self.column.addStretch(1)

    # building

    def _build_none(self) -> QFrame:
        tr = self.kit.tr
        card = QFrame()
        card.setProperty("surface", "card")
        row = QHBoxLayout(card)
        row.setContentsMargins(SPACE * 2, SPACE, SPACE, SPACE)
        row.setSpacing(SPACE * 2)
        named = [(moment.id, tr(moment.name)) for moment in self._moments.values()]
        self._when = ChipRow(self.kit.theme, tr("When"), named, clearable=False)
        self._when.changed.connect(self._on_when_changed)
        self._none_text = label("", "body", wrap=True)
        self._none = button(self.kit.theme, tr("None observed"), "primary", "check", chair=True)
        self._none.clicked.connect(self._on_none_clicked)
        self._take_back = button(self.kit.theme, tr("Take back"), "quiet", "undo")
        self._take_back.clicked.connect(self._on_take_back_clicked)
        said = QVBoxLayout()
        said.setSpacing(4)
        said.addWidget(self._when)
        said.addWidget(self._none_text)
        row.addLayout(said, 1)
        row.addWidget(self._take_back)
        row.addWidget(self._none)
        return card

    def _build_grades(self) -> QFrame:
        card = QFrame()
        card.setProperty("surface", "card")
        column = QVBoxLayout(card)
        column.setContentsMargins(SPACE * 2, 12, SPACE * 2, SPACE)
        self._grades = SkinGrades(self.kit, self.desk.knowledge)
        self._grades.graded.connect(self._on_graded)
        column.addWidget(self._grades)
        return card

    def _build_photos(self) -> Card:
        card = Card(self.kit.tr("Photos after"))
        self._photos = PhotoStrip(self.kit, self._take_in, self._thumbnail)
        self._photos.taken.connect(self._on_photo_taken)
        card.add(self._photos)
        return card

    def _take_in(self, data: bytes) -> Photo:
        return self.desk.pictures.take_in(data, view="after")

    def _thumbnail(self, photo: Photo, edge_px: int) -> bytes:
        return self.desk.pictures.thumbnail(photo, edge_px)

    # showing

    def show_draft(self, draft: SessionDraft) -> None:
        """Paint from the draft."""
        reactions = draft.reactions
        self._moment = self._moment or self._usual_moment(draft)
        self._when.set_value(self._moment)
        self._show_answer(reactions)
        here = [one for one in reactions.observations if self._is_here(one)]
        besides = [(self._name(one.moment), one) for one in reactions.observations if not self._is_here(one)]
        self._grades.show_grades(here, draft.treated_zones, besides)
        self._photos.show_photos(reactions.photos)
        self._adverse.show_draft(draft)

    def _usual_moment(self, draft: SessionDraft) -> str:
        """After cooling where something cooled the skin, else the end of needling."""
        after = "cooling" if draft.cooling else "needling"
        found = [moment.id for moment in self._moments.values() if moment.after == after]
        return found[-1] if found else next(iter(self._moments), "")

    def _is_here(self, one: Observation) -> bool:
        # What was graded before moments were kept stands with the last one.
        return (one.moment or self._last) == self._moment

    @property
    def _last(self) -> str:
        return list(self._moments)[-1]

    def _name(self, moment: str) -> str:
        moment = moment or self._last
        known = self._moments.get(moment)
        return self.kit.tr(known.name) if known else moment

    def _show_answer(self, reactions: Reactions) -> None:
        tr = self.kit.tr
        count = sum(self._is_here(one) for one in reactions.observations)
        none = self._nothing_seen(reactions)
        graded = tr.plural("{count} grade recorded.", "{count} grades recorded.", count)
        if none and count:
            time = self.clock_time(none)
            self._none_text.setText(tr("{graded} Nothing else observed, {time}.", graded=graded, time=time))
        elif none:
            self._none_text.setText(tr("None observed, {time}.", time=self.clock_time(none)))
        elif count:
            self._none_text.setText(graded)
        else:
            self._none_text.setText(tr("No answer yet. Grade what is seen, or say that nothing is."))
        self._name_none(count)
        self._none.setVisible(none is None)
        self._take_back.setVisible(none is not None)

    def _name_none(self, graded: int) -> None:
        tr, said = self.kit.tr, self._in_words(graded)
        on = self._leads_on()
        # In two lines, so that the moments beside it keep theirs.
        self._none.setText(caption(f"{said},\n{tr('and next')}" if on else said))
        self._none.setAccessibleName(tr("{said}, and next", said=said) if on else said)

    def _in_words(self, graded: int) -> str:
        return self.kit.tr("Nothing else observed") if graded else self.kit.tr("None observed")

    def _leads_on(self) -> bool:
        """Whether a visit that repeats another goes on by itself from here."""
        return self.presenter.again(self._last_visit) is not None

    def _nothing_seen(self, reactions: Reactions) -> datetime | None:
        """When it was said that there is nothing to grade at this moment."""
        said = next((one.at for one in reactions.nothing_seen if one.moment == self._moment), None)
        # Before moments were kept the answer was one for the whole visit.
        return said or (reactions.none_observed_at if not reactions.nothing_seen else None)

    def row(self, reaction: str) -> ReactionRow:
        """The row of this reaction, shown or not."""
        return self._grades.row(reaction)

    def focus_field(self, field: str) -> None:
        """Turn to the adverse event form or to the first grade."""
        if field == "adverse":
            self._adverse.open_form()
            self.bring_up(self._adverse)
        else:
            self._grades.where.setFocus()

    def leaving(self) -> None:
        """Nothing is kept half-typed but the adverse event, which stays in its form."""

    # changing

    def _change(self, how: Callable[[Reactions], Reactions]) -> bool:
        return self.presenter.edit(lambda draft: draft.with_(reactions=how(draft.reactions)))

    def _on_graded(self, reaction: str, zone: str, grade: int | None) -> None:
        now, scale = self.now(), self._known[reaction].scale
        seen = {"id": uuid4(), "reaction": reaction, "scale": scale, "zone": zone, "at": now, "moment": self._moment}
        new = () if grade is None else (Observation.model_validate({**seen, "grade": grade}),)

        def is_old(one: Observation) -> bool:
            return self._is_here(one) and (one.reaction, one.zone) == (reaction, zone)

        self._change(
            lambda part: part.with_(
                none_observed_at=None if new else part.none_observed_at,
                # "Nothing else" was said beside the grades as they stood: with others it is said anew.
                nothing_seen=self._without_this(part),
                observations=(*(one for one in part.observations if not is_old(one)), *new),
            )
        )

    def _without_this(self, part: Reactions) -> tuple[NothingSeen, ...]:
        return tuple(one for one in part.nothing_seen if one.moment != self._moment)

    def _on_none_clicked(self) -> None:
        said = NothingSeen(moment=self._moment, at=self.now())
        text = self._in_words(sum(self._is_here(one) for one in self.presenter.draft.reactions.observations))
        leads_on = self._leads_on()
        kept = self._change(
            lambda part: part.with_(
                none_observed_at=None if part.observations or part.adverse_events else said.at,
                nothing_seen=(*self._without_this(part), said),
            )
        )
        if kept and leads_on and not self.presenter.held_back(self.step):
            self.went_on.emit(text, self._on_take_back_clicked)

    def _on_take_back_clicked(self) -> None:
        def how(part: Reactions) -> Reactions:
            left = self._without_this(part)
            return part.with_(nothing_seen=left, none_observed_at=part.none_observed_at if left else None)

        self._change(how)

    def _on_when_changed(self, moment: object) -> None:
        self._moment = str(moment)
        self.show_draft(self.presenter.draft)

    def _on_photo_taken(self, photo: Photo) -> None:
        self._change(lambda part: part.with_(photos=(*part.photos, photo)))
