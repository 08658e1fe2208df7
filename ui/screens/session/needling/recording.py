"""Changing the passes of a visit: what the rules ask comes first; saved at once, said, and undone at one tap."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from PySide6.QtWidgets import QWidget

from needlelog.domain.findings import Finding, Gate
from needlelog.domain.session import Needling, SessionDraft
from needlelog.domain.text import LEAST_IN_REASON
from needlelog.domain.treatment import Endpoint, NeedlingPass
from needlelog.errors import Fault, FaultCode
from needlelog.knowledge.model import Knowledge, TimeOutItem
from needlelog.rules.depth import above_limit_mm, speaks_of_depth
from needlelog.rules.time_out import not_told, said, stands
from needlelog.workflow.passes import undone, with_endpoint, with_passes, without_passes
from needlelog.workflow.precautions import with_considered
from needlelog.workflow.reasons import with_reason
from ui.screens.session.needling.depth_question import about_these, depth_question, open_in_words
from ui.screens.session.needling.pass_words import news_in_words, zones_in_words
from ui.screens.session.presenter import SessionPresenter
from ui.screens.session.reasons import override_phrases
from ui.toolkit.kit import Kit
from ui.widgets.toast import Toast
from ui.widgets.trade_words import endpoint

NAMED_IN_TOAST = 3
"""Up to so many zones are named where there is one line to read in passing; more are counted."""

READ_OUT = 16
"""Up to so many findings are read out at once, those farthest beyond their limits first; more are counted."""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why somebody goes on against a finding."""

    finding: Finding
    text: str


class Recording:
    """Passes and the answers for them are saved together or not at all; an answer never stands without its pass."""

    def __init__(
        self, kit: Kit, knowledge: Knowledge, presenter: SessionPresenter, by: str, page: QWidget, toast: Toast
    ) -> None:
        self._kit = kit
        self._knowledge = knowledge
        self._presenter = presenter
        self._by = by
        self._page = page
        self._toast = toast

    def record(self, new: tuple[NeedlingPass, ...]) -> bool:
        """Record these passes, once everything the rules ask about them is answered; False: nothing was recorded."""
        if not self._cleared():
            return False
        asked = self._presenter.depths_asked(new)
        reasons = self._reasons(self._presenter.findings_of_passes(new), asked, new)
        if reasons is None:
            return False
        # Whoever wrote why a depth is meant is not asked whether it is.
        written = {one.finding.field for one in reasons}
        left = tuple(one for one in asked if one.field not in written)
        if left and not self._meant(left, new):
            return False
        now = self._kit.clock.now()

        def with_new(draft: SessionDraft) -> SessionDraft:
            for one in reasons:
                draft = with_reason(draft, one.finding, one.text, by=self._by, at=now)
            draft = with_considered(draft, asked, by=self._by, at=now)
            return draft.with_(needling=with_passes(draft.needling, new, now))

        then = with_new(self._presenter.draft)
        again = self._to_be_said_again(then)
        if again and not self._said_again(again, then, new):
            return False

        def change(draft: SessionDraft) -> SessionDraft:
            return self._with_said(with_new(draft), again, now)

        tr = self._kit.tr
        return self._change(change, lambda: tr("Recorded: {zones}", zones=self._zones(new)))

    def _cleared(self) -> bool:
        """Whether nothing but the passes themselves may stand against them: else no reason is asked for in vain."""
        self._presenter.flush()
        open_now = self._presenter.open_findings(Gate.NEEDLING)
        shut = [one for one in open_now if one.code != "missing-time-out"]  # that is said again, and not refused
        if shut:
            self._presenter.refused.emit(Fault(FaultCode.NEEDLING_NOT_CLEARED, count=len(shut)))
        return not shut

    def _to_be_said_again(self, then: SessionDraft) -> tuple[TimeOutItem, ...]:
        """The items of the time-out that stand now, and not any more in the draft as it would be."""
        draft, around = self._presenter.draft, self._presenter.around
        items = self._knowledge.time_out.values()
        return tuple(one for one in items if stands(one, draft, around) and not stands(one, then, around))

    def _said_again(self, items: tuple[TimeOutItem, ...], then: SessionDraft, new: tuple[NeedlingPass, ...]) -> bool:
        tr, around = self._kit.tr, self._presenter.around
        facts = {matter: found for one in items for matter, found in not_told(one, then, around).items()}
        news = news_in_words(tr, self._knowledge, facts, new)
        said = "\n".join(f"\u2022 {tr(one.text)}" for one in items)
        return self._kit.dialogs.ask(
            self._page,
            tr("New since the time-out: say it again"),
            tr("New: {what}.\n{said}", what=news, said=said) if news else said,
            tr("Said: record the pass"),
            tr("Not yet"),
        )

    def _with_said(self, draft: SessionDraft, items: Iterable[TimeOutItem], now: datetime) -> SessionDraft:
        # What was said before the first needle stays on record beside what is said again.
        new = tuple(said(one, draft, self._presenter.around, by=self._by, at=now) for one in items)
        return draft.with_(needling=draft.needling.with_(time_out=(*draft.needling.time_out, *new)))

    def say(self, item: str, on: bool) -> None:
        """Tick an item of the time-out as said now, or take that back."""
        now, wanted = self._kit.clock.now(), self._knowledge.time_out[item]

        def change(draft: SessionDraft) -> SessionDraft:
            if on:
                return self._with_said(draft, (wanted,), now)
            left = list(draft.needling.time_out)
            left.remove(next(one for one in reversed(left) if one.item == item))
            return draft.with_(needling=draft.needling.with_(time_out=tuple(left)))

        self._presenter.edit(change)

    def _meant(self, asked: tuple[Finding, ...], new: tuple[NeedlingPass, ...]) -> bool:
        """Whether these depths are meant; Enter and Esc change nothing, and a depth that was meant is asked once."""
        beside = self._presenter.open_precautions_of(about_these(asked, new))
        question = depth_question(self._kit.tr, self._knowledge, asked, new, beside)
        return self._kit.dialogs.ask(self._page, question.title, question.text, question.verb, self._kit.tr("Not yet"))

    def _reasons(
        self, against: tuple[Finding, ...], asked: tuple[Finding, ...], new: tuple[NeedlingPass, ...]
    ) -> list[Reason] | None:
        """A reason for each finding that wants one; None where one was not given or may not be.

        What is ``asked`` about the same zone is read out with it; with a depth, what else is open there.
        """
        # The time-out is said again, not reasoned away.
        wanted = [one for one in against if one.gate is Gate.NEEDLING and one.code != "missing-time-out"]
        for finding in wanted:
            if not finding.overridable:
                self._kit.dialogs.tell(self._page, f"{finding.title}. {finding.detail}".strip())
                return None
        wanted.sort(key=lambda one: above_limit_mm(one) or 0, reverse=True)
        found: list[Reason] = []
        while wanted:
            finding = wanted.pop(0)
            text = self._reason(finding, asked, new)
            if not text:
                return None
            found.append(Reason(finding, text))
            alike = [one for one in wanted if speaks_of_depth(one)]
            elsewhere = any(one.field != finding.field for one in alike)
            if len(found) == 1 and elsewhere and speaks_of_depth(finding):
                same = self._same_for_all(finding, alike, asked, new)
                if same is None:
                    return None
                if same:
                    found += [Reason(one, text) for one in alike]
                    wanted = [one for one in wanted if not speaks_of_depth(one)]
        return found

    def _reason(self, finding: Finding, asked: tuple[Finding, ...], new: tuple[NeedlingPass, ...]) -> str | None:
        """Why somebody goes on against this finding; None where it is not said."""
        tr = self._kit.tr
        also = (f"{one.title}. {one.detail}".strip() for one in asked if one.field == finding.field)
        beside = open_in_words(tr, self._open_beside(finding, new))
        detail = " ".join(filter(None, (finding.detail, *also, beside)))
        why = tr("{detail} Why are you going ahead? Your reason is kept in the record.", detail=detail)
        go = tr("Go ahead with this reason")
        phrases, least = override_phrases(finding, tr), LEAST_IN_REASON
        return self._kit.dialogs.ask_text(self._page, finding.title, why.strip(), go, True, phrases, least=least)

    def _same_for_all(
        self, first: Finding, alike: list[Finding], asked: tuple[Finding, ...], new: tuple[NeedlingPass, ...]
    ) -> bool | None:
        """Whether the reason for the first depth is that for these of other zones too, which are read out.

        False: each is asked by itself. None: nothing is to be recorded.
        """
        tr, fields = self._kit.tr, {one.field for one in alike}
        also = [one for one in asked if one.field in fields]
        titles = list(dict.fromkeys(one.title for one in (*alike, *also)))
        told, more = titles[:READ_OUT], len(titles) - READ_OUT
        if more > 0:
            told.append(tr.plural("and {count} more", "and {count} more", more))
        beside = dict.fromkeys(one for finding in alike for one in self._open_beside(finding, new))
        lines = [*(f"\u2022 {title}" for title in told), open_in_words(tr, tuple(beside))]
        same = tr("The same reason for all {count} zones", count=len(fields | {first.field}))
        title, text = tr("The same reason for the other zones?"), "\n".join(filter(None, lines))
        # Enter, and the second tap of a double tap, must not answer for depths that nobody has read.
        apart = self._kit.dialogs.ask_either(self._page, title, text, tr("A reason for each"), same)
        return None if apart is None else not apart

    def _open_beside(self, finding: Finding, new: tuple[NeedlingPass, ...]) -> tuple[Finding, ...]:
        """The open precautions of the zone whose depth ``finding`` speaks against."""
        if not speaks_of_depth(finding):
            return ()
        return self._presenter.open_precautions_of(about_these((finding,), new))

    def remove(self, ids: Collection[UUID]) -> None:
        """Take these passes off."""
        removed = self._kit.tr("Pass removed")
        self._change(lambda draft: draft.with_(needling=without_passes(draft.needling, ids)), lambda: removed)

    def state(self, about: Iterable[NeedlingPass], seen: Endpoint) -> bool:
        """State what was seen when these passes ended."""
        passes = tuple(about)
        ids = {one.id for one in passes}
        tr = self._kit.tr

        def what() -> str:
            return tr("{endpoint}: {zones}", endpoint=endpoint(tr, seen), zones=self._zones(passes))

        return self._change(lambda draft: draft.with_(needling=with_endpoint(draft.needling, ids, seen)), what)

    def needle(self, how: Callable[[Needling], Needling]) -> bool:
        """Any other change of the needling; nothing is said."""
        return self._presenter.edit(lambda draft: draft.with_(needling=how(draft.needling)))

    def _change(self, change: Callable[[SessionDraft], SessionDraft], what: Callable[[], str]) -> bool:
        before = self._presenter.draft
        if not self._presenter.edit(change):
            return False
        # On a slow disk a change waits to be saved and may still be refused: nothing is called recorded before.
        self._presenter.flush()
        after = self._presenter.draft
        if after.needling == before.needling:
            return False
        tr = self._kit.tr
        words = what() if not self._presenter.unsaved else tr("Not saved yet: {what}", what=what())
        self._toast.offer(words, lambda: self._undo(before, after))
        return True

    def _undo(self, before: SessionDraft, after: SessionDraft) -> None:
        self._presenter.edit(lambda draft: undone(draft, before, after))

    def _zones(self, passes: Iterable[NeedlingPass]) -> str:
        zones = list(dict.fromkeys(one.zone for one in passes))
        return zones_in_words(self._kit.tr, self._knowledge, zones, NAMED_IN_TOAST)
