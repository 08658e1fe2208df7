"""Large text in a small window: every screen and every page of a visit, nothing cut and nothing out of reach."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

import pytest
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QApplication, QTabWidget

from needlelog.domain.findings import Gate, StepId
from needlelog.domain.materials import ProductKind
from needlelog.domain.session import Plan, SessionDraft
from needlelog.domain.treatment import PlannedZone
from tests.builders import a_cartridge, a_full_draft
from tests.gui.legible import faults
from tests.gui.main_window.open_clinic import Clinic, routes
from tests.gui.screens.session.room import EVERYTHING_ELSE, ready_for_needling
from ui.screens.products.screen import ProductsScreen
from ui.screens.session.consultation.plan import PlanSection
from ui.screens.session.screen import SessionScreen
from ui.screens.session.signing.sheet import AftercareSheetPart
from ui.toolkit.screen import ToProducts, ToSession, ToSettings
from ui.toolkit.theme import LIGHT, Theme
from ui.widgets.section_tabs import SectionTabs


@dataclass(frozen=True)
class Look:
    """A window of a size, in px, with text of a scale."""

    width: int
    height: int
    scale: float

    def wear(self, clinic: Clinic, theme: Theme) -> None:
        """Make the window so."""
        theme.use(LIGHT, self.scale)
        clinic.window.resize(self.width, self.height)
        QApplication.processEvents()

    def check(self, clinic: Clinic, where: object) -> list[str]:
        """What is wrong there; a window that grew to make room is wrong as well."""
        # As it stands once Qt has laid it out: chips that were just offered find their lines at the next turn.
        QApplication.processEvents()
        size = (clinic.window.width(), clinic.window.height())
        found = [f"{where}: {one}" for one in faults(clinic.window)]
        if size != (self.width, self.height):
            found.append(f"{where}: the window is {size}")
        return found


LOOKS = (Look(1024, 768, 1.0), Look(1024, 768, 1.5), Look(1280, 800, 2.0))
every_look = pytest.mark.parametrize("look", LOOKS, ids=str)


@every_look
def test_every_screen_of_the_open_clinic(clinic: Clinic, theme: Theme, look: Look) -> None:
    look.wear(clinic, theme)
    found = []
    for route in routes(clinic):
        clinic.go(route)
        found += look.check(clinic, route)
    assert not found, "\n".join(found)


@every_look
def test_every_tab_of_the_settings_and_every_kind_of_product(clinic: Clinic, theme: Theme, look: Look) -> None:
    look.wear(clinic, theme)
    tabs = clinic.go(ToSettings()).findChildren(QTabWidget)[0]
    found = []
    for place in range(tabs.count()):
        tabs.setCurrentIndex(place)
        found += look.check(clinic, tabs.tabText(place))
    products = clinic.go(ToProducts())
    assert isinstance(products, ProductsScreen)
    for kind, chip in products.kinds._buttons.items():
        chip.click()
        found += look.check(clinic, kind)
        products.new_product.click()
        found += look.check(clinic, f"new {kind}")
    cartridge = clinic.window.work.desk.materials.add(
        a_cartridge(name="A cartridge with a name of some length, 12 pins")
    )
    lot = clinic.window.work.desk.stock.receive(cartridge.id, "CT-2291-OF-SOME-LENGTH", None, Decimal(20))
    clinic.window.work.desk.stock.recall(cartridge.name, lot.code, "Maker's letter: the seal of the blister may leak")
    products.kinds.button(ProductKind.CARTRIDGE).click()
    next(card for card in products.cards if card.product.id == cartridge.id).chosen.emit()
    products.lots.lots[0].opened.emit()
    opened = products.lots.lots[0]
    if opened.take is not None:
        opened.take.show()
    found += look.check(clinic, "a recalled lot")
    assert not found, "\n".join(found)


@every_look
@pytest.mark.parametrize("filled", [False, True], ids=["blank", "filled"])
def test_every_step_of_a_visit(clinic: Clinic, theme: Theme, look: Look, filled: bool) -> None:
    look.wear(clinic, theme)
    draft = clinic.window.work.desk.sessions.start(clinic.known["others"][8].id)
    if filled:
        flow, _ = clinic.window.work.desk.sessions.resume(draft.id)
        flow.edit(ready_for_needling)
        for finding in flow.open_findings(Gate.NEEDLING):
            flow.override(finding, "Discussed with the client")
        flow.edit(_everything)
    screen = clinic.go(ToSession(draft.id))
    assert isinstance(screen, SessionScreen)
    found = []
    for step in StepId:
        screen.go_to_field(step, "zone:cheek_left" if step is StepId.NEEDLING else "")
        if step is StepId.AFTERCARE:
            screen.page.findChildren(AftercareSheetPart)[0]._make()
        found += look.check(clinic, step)
        for tabs in screen.page.findChildren(SectionTabs)[:1]:
            for place in range(tabs.count()):
                tabs.setCurrentIndex(place)
                found += look.check(clinic, f"{step}, {tabs.tabText(place)}")
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    "look",
    [Look(width, height, scale) for width, height in ((1280, 800), (1024, 768)) for scale in (1.0, 1.25, 1.5)],
    ids=str,
)
def test_a_plan_of_zones_of_different_depths(clinic: Clinic, theme: Theme, look: Look) -> None:
    look.wear(clinic, theme)
    draft = clinic.window.work.desk.sessions.start(clinic.known["others"][8].id)
    flow, _ = clinic.window.work.desk.sessions.resume(draft.id)
    zones = (
        PlannedZone(zone="forehead", depth_mm=Decimal("0.50")),
        PlannedZone(zone="perioral", depth_mm=Decimal("1.25")),
    )
    flow.edit(lambda x: x.with_(consultation=x.consultation.with_(plan=Plan(zones=zones))))
    screen = clinic.go(ToSession(draft.id))
    assert isinstance(screen, SessionScreen)
    tabs = screen.page.findChildren(SectionTabs)[0]
    tabs.setCurrentIndex(tabs.count() - 1)
    plan = screen.page.findChildren(PlanSection)[0]
    before = plan._panel.width()
    plan._map.set_selected(("forehead", "perioral"))
    plan.show_draft(flow.draft)
    found = look.check(clinic, "plan")
    line = plan._depth.line
    assert line.placeholderText() == "0.50–1.25"
    room = line.contentsRect().width() - 4
    needed = QFontMetrics(line.font()).horizontalAdvance(line.placeholderText())
    if needed > room:
        found.append(f"the depths need {needed} px, have {room}")
    if plan._panel.width() != before:
        found.append(f"the panel went from {before} to {plan._panel.width()} px")
    assert not found, "\n".join(found)


def _everything(draft: SessionDraft) -> SessionDraft:
    full = a_full_draft()
    return draft.with_(needling=full.needling, **{part: getattr(full, part) for part in EVERYTHING_ELSE})
