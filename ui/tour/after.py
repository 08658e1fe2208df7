"""After the visit: the record and what is added to it, the history, the next visit's plan, the products, the lock."""

from __future__ import annotations

from PySide6.QtCore import Qt

from needlelog.demo import PASSPHRASE
from ui.screens.client.screen import ClientScreen
from ui.screens.record.screen import RecordScreen
from ui.screens.session.screen import SessionScreen
from ui.screens.unlock.screen import UnlockScreen
from ui.tour.consultation import PARTS
from ui.tour.guide import Guide


def add_to_record(guide: Guide) -> None:
    """Words added to what can no longer be changed; the chain of seals is checked."""
    guide.dialogs.plan("record-addendum", "Rang at six: pink, a little tight, all fine.")
    guide.press("Add an addendum")
    guide.press("Verify")
    guide.picture("record-verified")


def see_history(guide: Guide) -> None:
    """The client's page with its first signed visit."""
    guide.press("All visits")
    guide.stands(ClientScreen)
    guide.picture("client-after-the-first-visit")


def repeat_visit(guide: Guide) -> None:
    """Another client comes again: the plan of last time, each value marked until it is confirmed."""
    guide.go_to("clients")
    guide.write("Find a client", "C-0008")
    guide.key(Qt.Key.Key_Return)
    guide.stands(ClientScreen)
    guide.press("Repeat last visit")
    guide.stands(SessionScreen)
    guide.turn_to(PARTS, "Plan")
    guide.picture("visit-repeated-plan")


def visit_places(guide: Guide) -> None:
    """The other places of the rail."""
    guide.go_to("products")
    guide.picture("products")
    guide.go_to("settings")
    guide.picture("settings")


def lock_and_return(guide: Guide) -> None:
    """Locked in the middle of a record, and back in the same place."""
    guide.go_to("clients")
    guide.write("Find a client", "Ewa")
    guide.key(Qt.Key.Key_Return)
    guide.go_to("lock")
    guide.stands(UnlockScreen)
    guide.picture("locked")
    guide.write("Passphrase", PASSPHRASE)
    guide.press("Unlock")
    guide.stands(ClientScreen)
