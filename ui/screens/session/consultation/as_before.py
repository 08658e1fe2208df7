"""A visit that repeats another: still so; prepared, none applies; as on that day. Each act is read out first."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QTimer, Signal

from needlelog.clock import local
from needlelog.domain.session import Consultation, SessionDraft
from needlelog.i18n import record_date, record_time
from needlelog.services.desk import Desk
from needlelog.workflow.again import Again
from ui.screens.session.consultation.act_card import ActCard
from ui.screens.session.consultation.again_bodies import AfreshBody, PlanBody, StillSoBody
from ui.screens.session.consultation.section import Section
from ui.screens.session.frames import frame_around
from ui.screens.session.presenter import SessionPresenter
from ui.toolkit.kit import Kit
from ui.toolkit.one_tap import OneTap
from ui.toolkit.theme import SPACE

STILL_SO, AFRESH, PLAN = "still-so", "afresh", "plan"


class AsBeforeSection(Section):
    """The cards stand one below the other; the first that is not done is open."""

    key = "as-before"
    wanted = Signal(str)
    """The part or the entry (``Item.field``) where something is said by itself."""
    acted = Signal(str, object)
    """What was just said, and how it is taken back."""

    def __init__(self, kit: Kit, desk: Desk, presenter: SessionPresenter) -> None:
        super().__init__(kit, desk, presenter)
        tr = kit.tr
        self._last = desk.history.latest(presenter.client.id)
        self._before: dict[str, tuple[Consultation, Consultation]] = {}
        """By act the consultation as it was and as it became, while it can be taken back in one tap."""
        # The next act comes up where the one before stood.
        self._one_tap = OneTap(kit.clock, kit.pause_s)
        self._still_so = StillSoBody(kit)
        self._afresh = AfreshBody(kit)
        self._plan = PlanBody(kit, desk.knowledge)
        self.cards = {
            STILL_SO: ActCard(kit, tr("Known before anybody asks"), self._still_so, tr("Read out: still so")),
            AFRESH: ActCard(
                kit, tr("Asked afresh at every visit"), self._afresh, tr("Prepared as asked; none of these applies")
            ),
            PLAN: ActCard(kit, tr("Concern and plan"), self._plan, ""),
        }
        for body in (self._still_so, self._afresh, self._plan):
            body.wanted.connect(self.wanted)
        for key, card in self.cards.items():
            card.acted.connect(lambda key=key: self._act(key))
            card.taken_back.connect(lambda key=key: self._take_back(key))
            self.column.addWidget(card)
        self.column.setSpacing(SPACE)
        self.column.addStretch(1)

    def again(self) -> Again | None:
        """The visit that is repeated; None where this one repeats none, or another was signed since."""
        return self.presenter.again(self._last)

    def title(self) -> str:
        """As before."""
        return self.kit.tr("As before")

    def complete(self, draft: SessionDraft) -> bool:
        """All three said."""
        again = self.again()
        return again is None or all(self._done(key, again, draft) for key in self.cards)

    def _done(self, key: str, again: Again, draft: SessionDraft) -> bool:
        said = {STILL_SO: again.still_so_said, AFRESH: again.none_applies_said, PLAN: again.planned}
        return said[key](draft)

    def entered(self) -> None:
        """Read the last visit afresh."""
        self._last = self.desk.history.latest(self.presenter.client.id)

    def show_draft(self, draft: SessionDraft) -> None:
        """Open the first card that is not done; the ones below wait."""
        again = self.again()
        if again is None:
            return
        is_open = False
        for key, card in self.cards.items():
            if self._done(key, again, draft):
                card.show_done(self._said(key, again, draft), back=self._can_take_back(key, draft))
            elif is_open:
                card.show_waiting("")
            else:
                is_open = True
                card.show_open(self._fill(key, again, draft))

    def _fill(self, key: str, again: Again, draft: SessionDraft) -> str:
        """Say everything that the act says; returns the line below its title."""
        tr, day = self.kit.tr, record_date(again.day)
        if key == STILL_SO:
            self._still_so.show_known(again, draft, self.presenter.findings)
            return tr("Read it out: one tap confirms it with the client.")
        if key == AFRESH:
            self._afresh.show_questions(again, draft, self.desk.knowledge.preparation)
            return tr("Read them out: one tap at the end says that none applies.")
        self._plan.show_plan(again, draft, self._device_names())
        self.cards[PLAN].name_act(tr("As on {day}, and next", day=day))
        self.cards[PLAN].act.setEnabled(bool(draft.consultation.plan.zones))
        return self._plan.taken_then(self.desk.follow_ups.looked_back(again.last))

    def _device_names(self) -> dict[object, str]:
        return {product.id: product.name for product in self.desk.materials.all(active_only=False)}

    def _said(self, key: str, again: Again, draft: SessionDraft) -> str:
        """What was said, in a line; each of it stands in its own part too."""
        tr, part = self.kit.tr, draft.consultation
        if key == STILL_SO:
            known = [one for one in part.screening if one.contraindication in again.known]
            if not again.allergies_stand and part.allergies_confirmed_at is None:
                return tr("Still so. The allergies are confirmed by themselves.")
            time = self._time(max((one.at for one in known), default=part.allergies_confirmed_at))
            return tr("Still so with the client, {time}: allergies, and what was known before.", time=time)
        if key == AFRESH:
            said = tr("Answered for today; each answer can be changed in its part.")
            others = "; ".join(tr(one.title) for one in again.not_denied(draft))
            return tr("Not denied: {questions}. {said}", questions=others, said=said) if others else said
        names = [self.kit.tr(self.desk.knowledge.zones[one.zone].name) for one in part.plan.zones]
        return ", ".join(names)

    def _time(self, moment: datetime | None) -> str:
        return record_time(local(moment, self.presenter.draft.time_zone)) if moment else ""

    # acting

    def _act(self, key: str) -> None:
        again, draft, now = self.again(), self.presenter.draft, self.kit.clock.now()
        if again is None or self._one_tap.is_same():
            return
        self._one_tap.acted()
        before = draft.consultation
        after = {
            STILL_SO: lambda: again.with_still_so(before, now),
            AFRESH: lambda: again.with_none_applies(draft, now),
            PLAN: lambda: again.with_plan(before),
        }[key]()
        self._before[key] = (before, after)
        if self.change(lambda _part: after):
            self._scroll_up()
            self.acted.emit(self._in_words(key, again), lambda: self._take_back(key))

    def _in_words(self, key: str, again: Again) -> str:
        tr = self.kit.tr
        return {
            STILL_SO: tr("Still so"),
            AFRESH: tr("Prepared, and none applies"),
            PLAN: tr("Planned as on {day}", day=record_date(again.day)),
        }[key]

    def _can_take_back(self, key: str, draft: SessionDraft) -> bool:
        return key in self._before and _undone(draft.consultation, *self._before[key]) != draft.consultation

    def _take_back(self, key: str) -> None:
        if key in self._before:
            before, after = self._before.pop(key)
            self.change(lambda part: _undone(part, before, after))

    def _scroll_up(self) -> None:
        frame = frame_around(self)
        if frame is not None:
            QTimer.singleShot(0, frame, lambda: frame.verticalScrollBar().setValue(0))


def _undone(now: Consultation, before: Consultation, after: Consultation) -> Consultation:
    """``now`` without what the act said; what was answered otherwise since stays."""
    screening = tuple(one for one in now.screening if one in before.screening or one not in after.screening)
    preparation = tuple(one for one in now.preparation if one in before.preparation or one not in after.preparation)
    changes: dict[str, object] = {"screening": screening, "preparation": preparation}
    for name in ("concerns", "plan"):
        if getattr(now, name) == getattr(after, name):
            changes[name] = getattr(before, name)
    if now.allergies_confirmed_at == after.allergies_confirmed_at:
        for name in ("allergies_confirmed_at", "allergy_state", "allergies"):
            changes[name] = getattr(before, name)
    return now.with_(**changes)
