"""A treatment room for tests: a real clinic on disk, its clients, and visits opened in the real screen."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any, TypeVar
from uuid import UUID, uuid4

from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from needlelog.bootstrap import door, words
from needlelog.domain.client import Client
from needlelog.domain.findings import Gate, StepId
from needlelog.domain.session import SessionDraft
from needlelog.domain.signed import SignedSession
from needlelog.domain.value import Value
from needlelog.vault.recovery import RecoveryKey
from tests import builders as b
from tests.clocks import FixedClock
from tests.desks import CHEAP, PASSPHRASE, a_test_clinic
from tests.gui.answers import ScriptedDialogs
from ui.screens.session.screen import SessionScreen
from ui.toolkit.kit import Kit

Change = Callable[[SessionDraft], SessionDraft]
W = TypeVar("W", bound=QWidget)
BEFORE_NEEDLING = ("consultation", "consent", "cleansing", "numbing")
EVERYTHING_ELSE = ("serums", "cooling", "reactions")


class Room:
    """``start`` begins a visit, ``open`` shows it, ``stored`` reads what the disk holds."""

    def __init__(
        self, kit: Kit, dialogs: ScriptedDialogs, clock: FixedClock, show: Callable[[QWidget], None], folder: Path
    ) -> None:
        self.kit = kit
        self.dialogs = dialogs
        self.clock = clock
        self._show = show
        self._door = door(folder, clock=clock, tr=words(), cost=CHEAP)
        self._door.enter()
        self.desk = self._door.set_up(
            a_test_clinic(),
            practitioner="Mara Lindt",
            credentials="RN",
            passphrase=PASSPHRASE,
            recovery=RecoveryKey.new(),
        )
        self.desk.materials.add(b.a_device())
        cartridge = self.desk.materials.add(b.a_cartridge())
        self.desk.materials.remember_lot(cartridge.id, "CT-2291", b.a_lot().expires_on)
        self.client = self.desk.clients.add(b.a_client())

    def close(self) -> None:
        """Leave the clinic."""
        self._door.leave()

    def another_client(self, **changes: Any) -> Client:
        """One more client."""
        usual = {"id": b.an_id(77), "full_name": "Zoe Hart", "number": 77}
        return self.desk.clients.add(b.a_client(**(usual | changes)))

    def start(self, client: Client | None = None, *, change: Change | None = None, repeat: bool = False) -> UUID:
        """A new visit, changed like this before it is opened."""
        draft = self.desk.sessions.start((client or self.client).id, repeat=repeat)
        if change:
            flow, _ = self.desk.sessions.resume(draft.id)
            flow.edit(change)
        return draft.id

    def open(
        self, draft_id: UUID, width: int = 1192, height: int = 800, seconds: Callable[[], float] = lambda: 0.0
    ) -> SessionScreen:
        """The visit's screen, in front.

        Its stopwatch stands still: a busy machine must not make the disk look slow, or saves would be gathered.
        """
        screen = SessionScreen(self.kit, self.desk, draft_id, seconds=seconds)
        screen.resize(width, height)
        self._show(screen)
        screen.activate()
        QApplication.processEvents()
        return screen

    def at(self, step: StepId, *, change: Change | None = None) -> SessionScreen:
        """A new visit at this step."""
        return self.open(self.start(change=lambda x: (change or _same)(x).with_(step=step)))

    def stored(self, draft_id: UUID) -> SessionDraft:
        """What the disk holds of this visit."""
        flow, _ = self.desk.sessions.resume(draft_id)
        return flow.draft

    def signed_visit(self, days_ago: int = 34) -> SignedSession:
        """A whole visit of this client, signed so many days ago."""
        self.clock.moment -= timedelta(days=days_ago)
        flow, _ = self.desk.sessions.resume(self.start(change=ready_for_needling))
        full = b.a_full_draft()
        flow.edit(lambda x: x.with_(**{part: renewed(getattr(x, part)) for part in BEFORE_NEEDLING}))
        flow.edit(lambda x: x.with_(needling=renewed(full.needling)))
        flow.edit(lambda x: x.with_(**{part: renewed(getattr(full, part)) for part in EVERYTHING_ELSE}))
        for finding in flow.open_findings(Gate.SIGNING):
            flow.override(finding, "written down on paper")
        signed = self.desk.sessions.sign(flow)
        self.clock.moment += timedelta(days=days_ago)
        return signed


def renewed(part: Any) -> Any:
    """The same entries under ids of their own, so that one client can have several such visits."""
    if isinstance(part, tuple):
        return tuple(renewed(one) for one in part)
    if not isinstance(part, Value):
        return part
    inside = {name: renewed(getattr(part, name)) for name in type(part).model_fields}
    if isinstance(inside.get("id"), UUID):
        inside["id"] = uuid4()
    return part.with_(**inside)


def _same(draft: SessionDraft) -> SessionDraft:
    return draft


def ready_for_needling(draft: SessionDraft) -> SessionDraft:
    """Everything before needling is done, the time-out as well; no pass yet."""
    full = b.a_full_draft()
    parts = {part: getattr(full, part) for part in BEFORE_NEEDLING}
    return draft.with_(**parts, needling=full.needling.with_(passes=(), started_at=None, ended_at=None))


def whole(draft: SessionDraft) -> SessionDraft:
    """Everything but passes and the sheet; the passes come in an edit of their own, behind the gate."""
    full = b.a_full_draft()
    return ready_for_needling(draft).with_(**{part: getattr(full, part) for part in EVERYTHING_ELSE})


def named(parent: QWidget, kind: type[W], name: str) -> W:
    """The one widget of this kind with this accessible name that can be seen."""
    found = [one for one in parent.findChildren(kind) if one.accessibleName() == name and one.isVisible()]
    assert len(found) == 1, (
        f"{len(found)} of {name!r} among {[one.accessibleName() for one in parent.findChildren(kind)]}"
    )
    return found[0]


def tap(parent: QWidget, name: str) -> None:
    """Tap the button of this name."""
    wanted = named(parent, QAbstractButton, name)
    assert wanted.isEnabled(), f"{name} cannot be tapped"
    wanted.click()
    QApplication.processEvents()


def to_the_passes(parent: QWidget) -> None:
    """Leave device and cartridge as they are; where no lot is chosen, knowingly without one."""
    tap(parent, "To the passes")
    left_out = "Go on without a lot"
    if any(one.isVisible() for one in parent.findChildren(QAbstractButton) if one.accessibleName() == left_out):
        tap(parent, left_out)


def texts(parent: QWidget) -> str:
    """All the words on labels that can be seen."""
    from PySide6.QtWidgets import QLabel

    return "\n".join(one.text() for one in parent.findChildren(QLabel) if one.isVisible())
