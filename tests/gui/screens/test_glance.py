"""What was done last time and how the skin took it, on the record and on the client's page, in words and as a map."""

from __future__ import annotations

from datetime import timedelta

from PySide6.QtGui import QImage
from PySide6.QtWidgets import QLabel

from needlelog.domain.session import Reactions
from needlelog.services.desk import Desk
from tests import builders
from tests.desks import StandingClock
from tests.gui.conftest import Show
from tests.gui.screens.clinic_days import add_client, treat
from ui.screens.client.screen import ClientScreen
from ui.screens.record.glance_card import GlanceCard
from ui.screens.record.screen import RecordScreen
from ui.toolkit.kit import Kit
from ui.widgets.still_zone_map import StillZoneMap


def words(card: GlanceCard) -> list[str]:
    return [shown.text() for shown in card.findChildren(QLabel) if shown.text()]


def test_the_record_begins_with_zones_depths_and_reactions(
    kit: Kit, desk: Desk, standing: StandingClock, shown: Show
) -> None:
    signed = treat(desk, standing, add_client(desk, "Ana Nowak"), standing.now() - timedelta(days=34), depth="1.00")
    screen = RecordScreen(kit, desk, signed.id)
    shown(screen)
    said = words(screen.glance)
    assert said[said.index("Forehead") : said.index("Forehead") + 4] == [
        "Forehead",
        "0.75–1.00 mm",
        "4",
        "Redness 2 Mild",
    ]
    assert {"Test Pen", "Hyaluronic acid serum", "Lidocaine cream 4 %, 35 min"} <= set(said)
    assert screen.glance.y() < screen.since.y()
    (picture,) = screen.glance.pictures
    assert picture.accessibleDescription() == "Forehead 1.00 mm, Left cheek 1.00 mm, Right cheek 1.00 mm"


def test_nothing_seen_and_nothing_written_are_not_the_same(kit: Kit, desk: Desk, standing: StandingClock) -> None:
    client = add_client(desk, "Ana Nowak")
    none = treat(desk, standing, client, standing.now() - timedelta(days=64), redness=None)
    assert words(RecordScreen(kit, desk, none.id).glance).count("None observed") == 3
    one = treat(desk, standing, client, standing.now() - timedelta(days=34), zones=("forehead", "chin"), redness=1)
    assert words(RecordScreen(kit, desk, one.id).glance).count("Nothing noted") == 1
    silent = treat(desk, standing, client, standing.now() - timedelta(days=4), reactions=Reactions())
    assert words(RecordScreen(kit, desk, silent.id).glance).count("Not recorded") == 3


def test_a_visit_without_needling_says_so_and_shows_no_map(kit: Kit, desk: Desk, standing: StandingClock) -> None:
    signed = treat(desk, standing, add_client(desk, "Ana Nowak"), standing.now() - timedelta(days=3), zones=("chin",))
    screen = RecordScreen(kit, desk, signed.id)
    assert len(screen.glance.pictures) == 1
    card = GlanceCard(
        kit, desk.knowledge, signed.with_(draft=signed.draft.with_(needling=builders.a_needling(passes=())))
    )
    card.show_since(desk.follow_ups.after(signed).record)
    assert card.pictures == []
    assert "No needling in this visit" in words(card)


def test_zones_of_several_views_are_all_shown(kit: Kit, desk: Desk, standing: StandingClock) -> None:
    zones = ("thigh_left", "buttock_left", "scalp_crown")
    signed = treat(desk, standing, add_client(desk, "Ana Nowak"), standing.now() - timedelta(days=3), zones=zones)
    pictures = RecordScreen(kit, desk, signed.id).glance.pictures
    assert len(pictures) == 3
    said = ", ".join(picture.accessibleDescription() for picture in pictures)
    assert all(desk.knowledge.zones[zone].name in said for zone in zones)


def test_the_last_visit_stands_on_the_clients_page_as_a_map(
    kit: Kit, desk: Desk, standing: StandingClock, shown: Show
) -> None:
    client = add_client(desk, "Ana Nowak")
    treat(desk, standing, client, standing.now() - timedelta(days=64), depth="0.50")
    treat(desk, standing, client, standing.now() - timedelta(days=34), depth="1.00", zones=("cheek_left",))
    screen = ClientScreen(kit, desk, client.id)
    shown(screen)
    (picture,) = screen.findChildren(StillZoneMap)
    assert screen.cards[0].isAncestorOf(picture)
    assert picture.accessibleDescription() == "Left cheek 1.00 mm"


def test_a_deeper_zone_is_painted_darker(kit: Kit, desk: Desk, standing: StandingClock, shown: Show) -> None:
    def lightness(depth: str) -> float:
        client = add_client(desk, f"Ana {depth}")
        treat(desk, standing, client, standing.now() - timedelta(days=3), depth=depth, zones=("forehead",))
        screen = ClientScreen(kit, desk, client.id)
        shown(screen)
        (picture,) = screen.findChildren(StillZoneMap)
        image = picture.grab().toImage().convertToFormat(QImage.Format.Format_Grayscale8)
        return sum(bytes(image.constBits())) / (image.width() * image.height())

    assert lightness("0.50") > lightness("2.00")
