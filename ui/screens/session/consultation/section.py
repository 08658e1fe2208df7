"""The base of a part of the consultation: shows the draft, sends changes, says whether it is complete."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QVBoxLayout, QWidget

from needlelog.domain.session import Consultation, SessionDraft
from needlelog.services.desk import Desk
from ui.screens.session.presenter import SessionPresenter
from ui.toolkit.kit import Kit
from ui.toolkit.theme import SPACE


class Section(QWidget):
    """One part of the consultation page."""

    key = ""
    wide = False
    """Whether the part uses the full height itself and must not be put into a scroll area."""

    def __init__(self, kit: Kit, desk: Desk, presenter: SessionPresenter) -> None:
        super().__init__()
        self.kit = kit
        self.desk = desk
        self.presenter = presenter
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(SPACE // 2, SPACE, SPACE, SPACE)
        self.column.setSpacing(SPACE * 2)

    def title(self) -> str:
        """What the part is called on its tab."""
        raise NotImplementedError

    def complete(self, draft: SessionDraft) -> bool:
        """Whether everything the record needs from this part is there."""
        raise NotImplementedError

    def show_draft(self, draft: SessionDraft) -> None:
        """Paint from the draft."""
        raise NotImplementedError

    def fields(self) -> tuple[str, ...]:
        """The entries (``Item.field``) that live here."""
        return ()

    def focus_field(self, field: str) -> None:
        """Put the focus on an entry."""
        del field
        self.setFocus()

    def show_left_open(self) -> None:
        """Bring up what is not answered yet, where the part shows a piece at a time."""

    def entered(self) -> None:
        """The consultation comes up: read lists again."""

    def leaving(self) -> None:
        """Commit what is half-typed where it is right."""

    def change(self, how: Callable[[Consultation], Consultation]) -> bool:
        """Change the consultation part of the draft."""
        return self.presenter.edit(lambda draft: draft.with_(consultation=how(draft.consultation)))
