"""What a tap in the findings drawer means: a written reason, a precaution considered, words beside it, taken back."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from needlelog.domain.findings import Finding
from needlelog.domain.text import LEAST_IN_REASON
from needlelog.services.desk import Desk
from ui.screens.session.drawer import FindingsDrawer
from ui.screens.session.presenter import SessionPresenter
from ui.screens.session.reasons import override_phrases
from ui.toolkit.kit import Kit


class Answering(QObject):
    """Answers the findings of one visit from its drawer."""

    def __init__(
        self, kit: Kit, desk: Desk, presenter: SessionPresenter, drawer: FindingsDrawer, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._kit = kit
        self._desk = desk
        self._presenter = presenter
        self._parent = parent
        drawer.override_requested.connect(self._on_override)
        drawer.considered.connect(self._on_considered)
        drawer.note_requested.connect(self._on_note)
        drawer.taken_back.connect(presenter.take_back_considered)

    def _finding(self, key: str) -> Finding | None:
        return next((one for one in self._presenter.findings if one.key == key), None)

    def _on_override(self, key: str) -> None:
        finding = self._finding(key)
        if finding is None:
            return
        tr = self._kit.tr
        reason = self._kit.dialogs.ask_text(
            self._parent,
            finding.title,
            tr("Why are you going ahead? Your reason is kept in the record."),
            tr("Go ahead with this reason"),
            True,
            override_phrases(finding, tr, area_bound=self._area_bound(finding)),
            least=LEAST_IN_REASON,
        )
        if reason:
            self._presenter.override(finding, reason)

    def _area_bound(self, finding: Finding) -> bool:
        entry = self._desk.knowledge.contraindications.get(finding.code)
        return entry is not None and entry.area_bound

    def _on_considered(self, key: str) -> None:
        finding = self._finding(key)
        if finding is not None:
            self._presenter.consider(finding)

    def _on_note(self, key: str) -> None:
        said = self._presenter.draft.considered_of(key)
        if said is None:
            return
        tr = self._kit.tr
        note = self._kit.dialogs.ask_text(
            self._parent,
            said.finding.title,
            tr("A note, if you want one. It is kept in the record."),
            tr("Keep the note"),
            False,
            initial=said.note,
        )
        if note is not None:
            self._presenter.note_on(key, note)
