"""After the visit: the record and what is added to it, the history, the next visit's plan, the products, the lock."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTabBar, QWidget

from needlelog.demo import PASSPHRASE
from ui.screens.client.screen import ClientScreen
from ui.screens.knowledge.screen import KnowledgeScreen
from ui.screens.lots.screen import LotsScreen
from ui.screens.paper.made import VisitPaperScreen
from ui.screens.paper.screen import PaperScreen
from ui.screens.products.screen import ProductsScreen
from ui.screens.record.screen import RecordScreen
from ui.screens.session.screen import SessionScreen
from ui.screens.settings.screen import SettingsScreen
from ui.screens.unlock.screen import UnlockScreen
from ui.tour.between import NEW_CLIENT, open_client
from ui.tour.chair import RECALLED_CODE, to_step
from ui.tour.consultation import PARTS
from ui.tour.guide import Guide

OPEN_VISIT = "Moana Leiataua"
"""Whose visit was treated this morning and is not signed yet."""
RECALLED_LOT = "6P-0118"


def add_to_record(guide: Guide) -> None:
    """Words added to what can no longer be changed, the chain of seals checked, the whole record on paper."""
    guide.press("Add an addendum")
    guide.write("What has to be added?", "Rang at six: pink, a little tight, all fine.")
    guide.picture("record-addendum")
    guide.press("Add to the record")
    guide.press("Check for changes")
    guide.picture("record-verified")
    guide.reach(guide.find(QWidget, "Passes"))
    guide.picture("record-passes")
    guide.press("Reprint: Aftercare sheet")
    guide.stands(PaperScreen)
    guide.picture("paper-as-it-was-given")
    guide.go_to("back")
    guide.stands(RecordScreen)
    for name, picture, file in (
        ("Record of the visit", "record-as-a-paper", "record-sheet.pdf"),
        ("Signed consent", "consent-as-a-paper", "consent.pdf"),
    ):
        guide.press(name)
        guide.stands(VisitPaperScreen)
        guide.picture(picture)
        guide.dialogs.plan("", guide.camera.paper(file))
        guide.press("Save as PDF")
        guide.go_to("back")
        guide.stands(RecordScreen)


def see_history(guide: Guide) -> None:
    """The client's page with its first signed visit."""
    guide.press("All visits")
    guide.stands(ClientScreen)
    guide.picture("client-after-the-first-visit")


def repeat_visit(guide: Guide) -> None:
    """Another client comes again: what may be confirmed at once, and the plan, marked until it is confirmed."""
    open_client(guide, "adaeze")
    guide.press("Repeat last visit")
    guide.stands(SessionScreen)
    guide.picture("visit-repeated-as-before")
    guide.turn_to(PARTS, "Plan")
    guide.picture("visit-repeated-plan")
    to_step(guide, 5)
    guide.picture("visit-repeated-map")


def visit_places(guide: Guide) -> None:
    """The other places of the rail, and the dark look chosen there."""
    guide.go_to("products")
    guide.stands(ProductsScreen)
    guide.picture("products")
    guide.press("Cartridges")
    guide.picture("products-cartridges")
    guide.press_beginning("6-pin sterile cartridge")
    guide.picture("products-stock-by-lot")
    guide.scan(RECALLED_CODE.replace("6P-0118", "6P-0131"))
    guide.picture("products-counting-in-by-scan")
    guide.press("Count in", nth=0)
    guide.press_beginning(f"{RECALLED_LOT}, Recalled")
    guide.picture("products-a-recalled-lot")
    guide.go_to("lots")
    guide.stands(LotsScreen)
    guide.picture("lots-recalled")
    guide.scan(RECALLED_CODE)
    guide.picture("lots-who-was-treated")
    guide.press("Preview")
    guide.picture("lots-list-on-paper")
    guide.dialogs.plan("", guide.camera.paper("lot-list.pdf"))
    guide.press("Save as PDF")
    look_up(guide)
    guide.go_to("settings")
    guide.stands(SettingsScreen)
    guide.picture("settings")


def look_up(guide: Guide) -> None:
    """The library: a chapter, a search, a value that cannot stand, and one of the clinic's own."""
    guide.go_to("knowledge")
    guide.stands(KnowledgeScreen)
    guide.picture("library")
    guide.write("Search the reference data", "isotretinoin")
    guide.key(Qt.Key.Key_Return)
    guide.picture("library-search")
    guide.write("Search the reference data", "forehead")
    guide.key(Qt.Key.Key_Return)
    guide.press("Use our own value… Warn above")
    guide.write("Our value (mm)", "99")
    guide.write("Reason", "Our clients' skin is thin here.")
    guide.press("Use this value")
    guide.picture("library-value-refused")
    guide.write("Our value (mm)", "0,6")
    guide.press("Use this value")
    guide.picture("library-own-value")


def lock_and_return(guide: Guide) -> None:
    """Locked on a client's page, and back in the same place."""
    open_client(guide, NEW_CLIENT)
    guide.go_to("lock")
    guide.stands(UnlockScreen)
    guide.picture("locked")
    guide.write("Passphrase", PASSPHRASE)
    guide.press("Unlock")
    guide.stands(ClientScreen)


def in_the_dark(guide: Guide) -> None:
    """The main screens once more in the dark look."""
    guide.go_to("settings")
    guide.turn(guide.all_of(QTabBar)[0], "Computer")
    guide.press("Dark", guide.find(QWidget, "Colours"))
    guide.picture("settings-dark")
    guide.go_to("today")
    guide.picture("today-dark")
    guide.go_to("clients")
    guide.picture("clients-dark")
    guide.go_to("knowledge")
    guide.picture("library-dark")
    open_client(guide, "chloe")
    guide.picture("client-dark")
    guide.go_to("today")
    guide.press_beginning(OPEN_VISIT)
    guide.stands(SessionScreen)
    guide.picture("visit-aftercare-dark")
    for number, name in ((5, "needling"), (4, "numbing"), (8, "reactions")):
        to_step(guide, number)
        guide.picture(f"visit-{name}-dark")
