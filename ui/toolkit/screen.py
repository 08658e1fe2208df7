"""What a screen is, and the routes by which one screen asks for another."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ui.toolkit.tab_order import step_focus

if TYPE_CHECKING:
    from uuid import UUID

    from needlelog.domain.papers import PaperKind


@dataclass(frozen=True, slots=True)
class _Place:
    """A page about which there is nothing more to say: two of one class are the same."""


class ToSetup(_Place):
    """The first run."""


class ToUnlock(_Place):
    """The unlock screen."""


class ToToday(_Place):
    """The start screen: what now."""


@dataclass(frozen=True, slots=True)
class ToClients:
    """The client list, searching for ``query``."""

    query: str = ""


@dataclass(frozen=True, slots=True)
class ToClient:
    """One client between visits."""

    client_id: UUID


@dataclass(frozen=True, slots=True)
class EditClient:
    """The client form; None for a new client."""

    client_id: UUID | None


@dataclass(frozen=True, slots=True)
class EditSeries:
    """The form of a client's series; None for a new one."""

    client_id: UUID
    series_id: UUID | None


@dataclass(frozen=True, slots=True)
class EndSeries:
    """Ending a series."""

    series_id: UUID


@dataclass(frozen=True, slots=True)
class StartVisit:
    """A new visit; ``repeat`` takes the plan of the last one."""

    client_id: UUID
    repeat: bool = False


@dataclass(frozen=True, slots=True)
class ToSession:
    """An open visit."""

    draft_id: UUID


@dataclass(frozen=True, slots=True)
class ToRecord:
    """A signed visit, read-only."""

    session_id: UUID


@dataclass(frozen=True, slots=True)
class ToFollowUp:
    """The answer to a follow-up of a signed visit; ``moment`` is empty for a client who came forward unasked."""

    session_id: UUID
    moment: str = ""


@dataclass(frozen=True, slots=True)
class ToEvent:
    """An adverse event of a signed visit; None opens a new one, from a follow-up where one is named."""

    session_id: UUID
    event_id: UUID | None = None
    follow_up_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class ToPaper:
    """A stored paper, to look at, print or save."""

    document_id: UUID


@dataclass(frozen=True, slots=True)
class ToVisitPaper:
    """A paper made from a visit as it stands, its record or its consent, which is kept once it is handed over."""

    session_id: UUID
    kind: PaperKind


@dataclass(frozen=True, slots=True)
class ToPreparation:
    """The sheet that tells a client how to prepare for the visit after an open one, or after the last one signed."""

    client_id: UUID
    draft_id: UUID | None = None


class ToProducts(_Place):
    """The clinic's devices, cartridges and products."""


class ToKnowledge(_Place):
    """The reference data, at its beginning."""


@dataclass(frozen=True, slots=True)
class ToEntry:
    """One entry of the reference data, ``table:entry``."""

    place: str


@dataclass(frozen=True, slots=True)
class ToLot:
    """Who was treated with this lot; without one, the search for it."""

    lot: str = ""


@dataclass(frozen=True, slots=True)
class ToTemplates:
    """The clinic's own wording of a paper (``aftercare``, ``preparation``, ``consent``) in one language.

    ``unsaved`` are texts by key that were being written on top of version ``beside``, without the lines ``left_out``,
    and that the disk refused when the clinic was locked: words for every client's paper, never a client's.
    """

    sheet: str = "aftercare"
    language: str = "en"
    unsaved: tuple[tuple[str, str], ...] | None = None
    left_out: tuple[str, ...] = ()
    beside: int = 0


class ToSettings(_Place):
    """The clinic's settings."""


class Lock(_Place):
    """Lock the program now."""


Route = (
    ToSetup
    | ToUnlock
    | ToToday
    | ToClients
    | ToClient
    | EditClient
    | EditSeries
    | EndSeries
    | StartVisit
    | ToSession
    | ToRecord
    | ToFollowUp
    | ToEvent
    | ToPaper
    | ToVisitPaper
    | ToPreparation
    | ToProducts
    | ToKnowledge
    | ToEntry
    | ToLot
    | ToTemplates
    | ToSettings
    | Lock
)


class Screen(QWidget):
    """One full page of the window. It asks for another page by ``go`` and knows no other screen."""

    asks_before_leaving = False
    """Whether ``deactivate`` lets the person choose: its False was then somebody's own wish."""
    go = Signal(object)
    title_changed = Signal(str)
    needs_room = False
    """Whether the window's own frame makes itself small while this screen shows."""

    def __init__(self, title: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = title
        self._client_id: UUID | None = None

    @property
    def title(self) -> str:
        """What the window is called while this screen shows."""
        return self._title

    @title.setter
    def title(self, title: str) -> None:
        self._title = title
        self.title_changed.emit(title)

    @property
    def client_id(self) -> UUID | None:
        """The client whose data this screen shows, or None."""
        return self._client_id

    @client_id.setter
    def client_id(self, client_id: UUID | None) -> None:
        self._client_id = client_id

    def focusNextPrevChild(self, forward: bool) -> bool:
        return step_focus(self.window(), forward) or super().focusNextPrevChild(forward)

    def activate(self) -> None:
        """The screen comes to the front: read again what may have changed, put the focus in place."""

    def show_entry(self, entry: str) -> None:
        """Put the focus on this entry, where the screen has one of that name."""
        del entry

    def deactivate(self) -> bool:
        """The screen is about to leave: False means stay, something could not be saved."""
        return True

    def keep(self) -> bool:
        """Save what is open without asking, because nobody is there to answer; False while it cannot be."""
        return self.deactivate()

    def way_back(self, route: Route) -> Route:
        """The route by which one comes back to what stands here now; ``route`` is the one by which one came."""
        return route
