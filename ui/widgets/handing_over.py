"""Handing a sheet over that was made to be kept: on paper, as a file, or shown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from needlelog.domain.session import HandOver
from needlelog.errors import Fault
from needlelog.files import write_whole
from ui.toolkit.kit import Kit
from ui.toolkit.printing import pdf_path, print_pdf
from ui.widgets.hand_over_card import HandOverCard


class Bytes(Protocol):
    """A paper as it was made."""

    @property
    def data(self) -> bytes:
        """The whole PDF."""
        ...


S = TypeVar("S", bound=Bytes)


@dataclass(frozen=True, slots=True)
class Called:
    """What a paper is called: to the printer, above the choice of a file, and as the file that is proposed."""

    title: str
    saving: str
    file_name: str


class HandingOver(QObject, Generic[S]):
    """Does what is asked at a ``HandOverCard``, then says how it was given; a fault is told in a box.

    The sheet is bound at the tap: behind a dialog it may be made anew, and that is not the one the client takes.
    """

    def __init__(
        self,
        owner: QWidget,
        kit: Kit,
        card: HandOverCard,
        called: Called,
        sheet: Callable[[], S | None],
        give: Callable[[S, HandOver], None],
    ) -> None:
        """``sheet`` is the one in sight, None while there is none; ``give`` records it and may raise ``Fault``."""
        super().__init__(owner)
        self._owner = owner
        self._kit = kit
        self._called = called
        self._sheet = sheet
        self._give = give
        card.print_asked.connect(self._on_print)
        card.save_asked.connect(self._on_save)
        card.shown_asked.connect(self._on_shown)

    def _on_print(self) -> None:
        sheet, kit = self._sheet(), self._kit
        if sheet is None:
            return
        bound = sheet

        def printed(_printer: str) -> None:
            self._record(bound, HandOver.PRINTED)

        print_pdf(self._owner, bound.data, kit.dialogs, kit.tasks, printed, self._tell, self._called.title)

    def _on_save(self) -> None:
        sheet = self._sheet()
        if sheet is None:
            return
        files = self._kit.tr("PDF files (*.pdf)")
        chosen = self._kit.dialogs.save_path(self._owner, self._called.saving, self._called.file_name, files)
        if chosen is None:
            return
        try:
            write_whole(pdf_path(chosen), sheet.data)
        except Fault as fault:
            self._tell(fault)
            return
        self._record(sheet, HandOver.SAVED)

    def _on_shown(self) -> None:
        sheet = self._sheet()
        if sheet is not None:
            self._record(sheet, HandOver.SHOWN)

    def _record(self, sheet: S, how: HandOver) -> None:
        try:
            self._give(sheet, how)
        except Fault as fault:
            self._tell(fault)

    def _tell(self, fault: Fault) -> None:
        self._kit.dialogs.tell(self._owner, self._kit.tr.fault(fault))
