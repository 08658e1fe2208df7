"""Handing a sheet over that was made to be kept: on paper, as a file, or shown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, Protocol, TypeVar

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from needlelog.domain.papers import HandOver, Withdrawal
from needlelog.errors import Fault, FaultCode
from needlelog.files import save_chosen
from ui.toolkit.kit import Kit
from ui.toolkit.one_tap import OneTap
from ui.toolkit.printing import print_pdf
from ui.widgets.hand_over_card import HandOverCard
from ui.widgets.toast import Toast
from ui.widgets.withdrawing import gives_all_the_same


class Bytes(Protocol):
    """A paper as it was made."""

    @property
    def data(self) -> bytes:
        """The whole PDF."""
        ...


S = TypeVar("S", bound=Bytes)
TakeBack = Callable[[], None]


@dataclass(frozen=True, slots=True)
class Called:
    """What a paper is called: to the printer, above the choice of a file, and as the file that is proposed."""

    title: str
    saving: str
    file_name: str


@dataclass(frozen=True, slots=True)
class Kept(Generic[S]):
    """Where a sheet comes from and goes to.

    ``sheet`` is the one in sight, None while there is none. ``withdrawn`` is why it was given in error, if it was;
    ``zone`` is the clock by which that is said. ``give`` records it, with whether it is given although it was
    withdrawn, and tells how a wrong tap is taken back; both may raise ``Fault``.
    """

    sheet: Callable[[], S | None]
    give: Callable[[S, HandOver, bool], TakeBack]
    withdrawn: Callable[[S], Withdrawal | None]
    zone: str


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
        kept: Kept[S],
        *,
        page: QWidget | None = None,
    ) -> None:
        """``page`` is what one has to leave before a wrong tap can be taken back no more; the owner unless told."""
        super().__init__(owner)
        self._owner = owner
        self._kit = kit
        self._card = card
        self._called = called
        self._kept = kept
        self._saved: Path | None = None
        self._page = page or owner
        self._toast: Toast | None = None
        self._one_tap = OneTap(kit.clock, kit.pause_s)
        card.print_asked.connect(self._on_print)
        card.save_asked.connect(self._on_save)
        card.shown_asked.connect(self._on_shown)
        card.open_asked.connect(self._on_open)
        card.withdraw_asked.connect(self._no_way_back)

    def _on_print(self) -> None:
        sheet, kit = self._kept.sheet(), self._kit
        if sheet is None or self._one_tap.is_same():
            return
        self._one_tap.acted()
        bound, agreed = sheet, self._agreed(sheet)
        if agreed is None:
            return
        although = agreed

        def printed(_printer: str) -> None:
            self._record(bound, HandOver.PRINTED, although)

        print_pdf(self._owner, bound.data, kit.dialogs, kit.tasks, printed, self._tell, self._called.title)

    def _on_save(self) -> None:
        sheet = self._kept.sheet()
        if sheet is None:
            return
        agreed = self._agreed(sheet)
        if agreed is None:
            return
        path = self._kit.dialogs.pdf_to_save(self._owner, self._called.saving, self._called.file_name)
        if path is None:
            return
        try:
            save_chosen(path, sheet.data)
        except Fault as fault:
            self._tell(fault)
            return
        self._saved = path
        self._card.offer_open(path.name)
        self._record(sheet, HandOver.SAVED, agreed)

    def _on_shown(self) -> None:
        if self._one_tap.is_same():
            return
        self._one_tap.acted()
        sheet = self._kept.sheet()
        agreed = None if sheet is None else self._agreed(sheet)
        if sheet is None or agreed is None:
            return
        take_back = self._record(sheet, HandOver.SHOWN, agreed)
        if take_back is not None:
            # It takes one tap and no dialog, so that it can happen to anybody.
            self._offer(self._kit.tr("Counts as shown"), take_back)

    def _on_open(self) -> None:
        """In whatever opens such files here: only when asked for, and only the file that was saved by name."""
        if self._saved is not None and not self._kit.dialogs.open_outside(self._saved):
            self._tell(Fault(FaultCode.NO_VIEWER, name=self._saved.name))

    def _agreed(self, sheet: S) -> bool | None:
        """Whether it is given although it was withdrawn; None for not at all."""
        withdrawn = self._kept.withdrawn(sheet)
        if withdrawn is None or withdrawn.slip:
            return False
        return True if gives_all_the_same(self._kit, self._owner, withdrawn, self._kept.zone) else None

    def _record(self, sheet: S, how: HandOver, although_withdrawn: bool) -> TakeBack | None:
        self._no_way_back()
        try:
            return self._kept.give(sheet, how, although_withdrawn)
        except Fault as fault:
            self._tell(fault)
            return None

    def _no_way_back(self) -> None:
        """What came after it stands on the wrong tap: that is no longer the last thing that was done."""
        if self._toast is not None:
            self._toast.hide()

    def _offer(self, text: str, take_back: TakeBack) -> None:
        if self._toast is None:
            self._toast = Toast(self._kit.theme, self._kit.tr, self._page)
        self._toast.offer(text, lambda: self._take_back(take_back))

    def _take_back(self, take_back: TakeBack) -> None:
        self._one_tap.elsewhere()
        try:
            take_back()
        except Fault as fault:
            self._tell(fault)

    def _tell(self, fault: Fault) -> None:
        self._kit.dialogs.tell(self._owner, self._kit.tr.fault(fault))
