"""What is asked about a paper that was given in error: why it is withdrawn, and whether it is given all the same."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from needlelog.domain.papers import Withdrawal
from needlelog.domain.text import LEAST_IN_REASON
from ui.toolkit.kit import Kit
from ui.widgets.phrases import withdrawn_text


def ask_why_withdrawn(kit: Kit, owner: QWidget, paper: str) -> str | None:
    """The reason for withdrawing the paper of this kind; None where it was thought better of."""
    tr = kit.tr
    return kit.dialogs.ask_text(
        owner,
        tr("Withdraw: {paper}", paper=paper),
        tr("Why was it given in error? It no longer counts as given, and can still be read with this reason."),
        tr("Withdraw"),
        phrases=(tr("Given to the wrong client"), tr("Something on it is wrong"), tr("Marked as given by mistake")),
        least=LEAST_IN_REASON,
    )


def gives_all_the_same(kit: Kit, owner: QWidget, withdrawal: Withdrawal, zone: str) -> bool:
    """Whether a withdrawn paper is handed over again, knowing that it was given in error."""
    tr = kit.tr
    return kit.dialogs.ask(
        owner,
        tr("This paper was withdrawn. Hand it over all the same?"),
        withdrawn_text(tr, withdrawal, zone),
        tr("Hand it over"),
        tr("Leave it"),
        danger=True,
    )
