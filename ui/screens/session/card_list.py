"""Cards that follow a list of records: one each, in their order, kept as long as its record is there."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Generic, Protocol, TypeVar
from uuid import UUID

from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.toolkit.discard import discard


class Record(Protocol):
    """What a card shows is known by its id."""

    @property
    def id(self) -> UUID:
        """The record's own id."""
        ...


R = TypeVar("R", bound=Record)
C = TypeVar("C", bound=QWidget)


class CardList(Generic[R, C]):
    """Makes a card with ``make`` for each new record, and discards those whose record is gone."""

    def __init__(self, column: QVBoxLayout, make: Callable[[R], C]) -> None:
        self._column = column
        self._make = make
        self.cards: dict[UUID, C] = {}

    def match(self, records: Iterable[R]) -> None:
        """Let there be exactly one card for each of ``records``."""
        wanted = {record.id: record for record in records}
        for gone in [one for one in self.cards if one not in wanted]:
            discard(self.cards.pop(gone))
        for index, (record_id, record) in enumerate(wanted.items()):
            if record_id not in self.cards:
                self.cards[record_id] = self._make(record)
                self._column.insertWidget(index, self.cards[record_id])
                self.cards[record_id].show()
