"""Beside a signed visit: who signed it, its seal and whether it still holds, its papers."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout

from needlelog.domain.papers import Paper, PaperKind, Withdrawal
from needlelog.domain.signed import SignedSession
from needlelog.errors import Fault
from needlelog.services.proof import Findings, Proof
from ui.toolkit.buttons import button
from ui.toolkit.kit import Kit
from ui.toolkit.labels import label, set_tone
from ui.toolkit.screen import Route, ToPaper, ToVisitPaper
from ui.widgets.busy import Busy
from ui.widgets.card import Card
from ui.widgets.notice import Notice
from ui.widgets.phrases import moment_text, withdrawn_text
from ui.widgets.trade_words import paper_kind

HASH_SHOWN = 16
_LONG_WORD = re.compile(r"[0-9a-f]{8}")
MOST_SAID = 3
"""So many sentences about one record stand in its notice."""


class SealCard(Card):
    """The seal of this visit; "Verify" checks the whole chain and this visit's photos off the UI thread."""

    verified = Signal(bool)

    def __init__(self, kit: Kit, proof: Proof, visit: SignedSession) -> None:
        super().__init__(kit.tr("Signature and seal"))
        tr = kit.tr
        self._kit = kit
        self._proof = proof
        self._visit_id = visit.id
        self.body.setSpacing(12)
        zone = visit.draft.time_zone
        # Groups of four are compared by eye more surely than one long word.
        short = " ".join(visit.seal.sha256[place : place + 4] for place in range(0, HASH_SHOWN, 4))
        column = (
            (tr("Signed by"), visit.signed_by),
            (tr("Signed at"), moment_text(visit.signed_at, zone)),
            (tr("Times"), zone),
            (tr("Record"), tr("Signed record no. {number}", number=visit.seal.sequence)),
        )
        for name, value in column:
            self.add(_line(name, value))
        self.add(label(tr("Seal {seal}", seal=short), "caption", muted=True, wrap=True))
        self._busy = Busy(kit.theme, tr("Checking every seal"))
        self.result = Notice(kit.theme, "ok")
        self.verify = button(kit.theme, tr("Check for changes"), "secondary", "lock")
        self.verify.clicked.connect(self._on_verify)
        for part in (self._busy, self.result, self.verify):
            self.add(part)

    def _on_verify(self) -> None:
        self.verify.setEnabled(False)
        self.result.say("")
        self._busy.start()
        self._kit.tasks.run(lambda: self._proof.of_visit(self._visit_id), self._on_verified, self._on_failed)

    def _on_verified(self, found: Findings) -> None:
        tr, faults = self._kit.tr, found.flaws
        self._rest()
        here = [fault.says for fault in faults if fault.session_id == self._visit_id]
        if here:
            way_out = tr("Keep the data folder as it is and restore a backup beside it.")
            self.result.say(" ".join((*map(_breakable, here[:MOST_SAID]), way_out)), "stop")
        elif faults:
            said = tr.plural(
                "This record is unchanged since it was signed, but {count} other record is not.",
                "This record is unchanged since it was signed, but {count} other records are not.",
                len(faults),
            )
            self.result.say(said, "hold")
        else:
            said = tr("Unchanged since it was signed, like every other record.")
            if found.photos:
                whole = tr.plural("Its photo is whole.", "Its {count} photos are whole.", found.photos)
                said = f"{said} {whole}"
            self.result.say(said, "ok")
        self.verified.emit(not faults)

    def _on_failed(self, fault: Fault) -> None:
        self._rest()
        self.result.say(str(self._kit.tr.fault(fault)), "stop")

    def _rest(self) -> None:
        self._busy.stop()
        self.verify.setEnabled(True)


class PapersCard(Card):
    """The papers of this visit as they were given, a reprint being the same sheet byte for byte.

    Below them what is made from the visit as it stands now: its consent, and the whole record with addenda and seal.
    """

    def __init__(
        self,
        kit: Kit,
        papers: Sequence[Paper],
        zone: str,
        withdrawn: Mapping[UUID, Withdrawal],
        goer: Callable[[Route], Callable[[], None]],
        visit: SignedSession,
    ) -> None:
        super().__init__(kit.tr("Papers"))
        tr = kit.tr
        self.body.setSpacing(12)
        for paper in papers:
            self.add(_line(moment_text(paper.made_at, zone), paper_kind(tr, paper)))
            if paper.id in withdrawn:
                told = label(withdrawn_text(tr, withdrawn[paper.id], zone), "body", wrap=True)
                set_tone(told, "hold")
                self.add(told)
            reprint = button(kit.theme, tr("Reprint"), "secondary", "printer")
            reprint.setAccessibleName(tr("Reprint: {kind}", kind=paper_kind(tr, paper)))
            reprint.clicked.connect(goer(ToPaper(paper.id)))
            self.add(reprint)
        if not papers:
            self.add(label(tr("No paper was made in this visit."), "body", muted=True, wrap=True))
        self.add(label(tr("Made from this visit"), "strong"))
        self.consent = button(kit.theme, tr("Signed consent"), "secondary", "pen")
        self.consent.clicked.connect(goer(ToVisitPaper(visit.id, PaperKind.CONSENT)))
        self.record = button(kit.theme, tr("Record of the visit"), "secondary", "sheet")
        self.record.clicked.connect(goer(ToVisitPaper(visit.id, PaperKind.RECORD)))
        for part in (self.consent, self.record):
            self.add(part)
        # Only now: a button without a place would be a window of its own.
        self.consent.setVisible(visit.draft.consent.signature is not None)


def _breakable(text: str) -> str:
    """The sentence with places at which the long name of a photo's file may be broken."""
    return _LONG_WORD.sub("\\g<0>\u200b", text)


def _line(name: str, value: str) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(0)
    column.addWidget(label(name, "caption", muted=True))
    shown = label(value, "body", wrap=True)
    shown.setAccessibleName(f"{name}: {value}")
    shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    column.addWidget(shown)
    return column
