"""What was done last time and how the skin took it, on the record and on the client's page, in words and as a map."""

from __future__ import annotations

from datetime import timedelta

from PySide6.QtGui import QImage
from PySide6.QtWidgets import QLabel

from needlelog.domain.findings import StepId
from needlelog.domain.session import Reactions
from needlelog.services.desk import Desk
from tests import builders
from tests.desks import StandingClock
from tests.gui.conftest import Show
from tests.gui.screens.clinic_days import add_client, content_at, treat
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
    assert said[said.index("1  Forehead") : said.index("1  Forehead") + 4] == [
        "1  Forehead",
        "0.75–1.00 mm",
        "4",
        "Redness 2 Mild",
    ]
    assert {"Test Pen", "Hyaluronic acid serum", "Lidocaine cream 4 %, 35 min"} <= set(said)
    assert screen.glance.y() < screen.since.y()
    (picture,) = screen.glance.pictures
    assert picture.accessibleDescription() == "1  Forehead 1.00 mm, 2  Left cheek 1.00 mm, 3  Right cheek 1.00 mm"


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


TWELVE = (
    "forehead",
    "glabella",
    "temple_left",
    "temple_right",
    "nose",
    "malar_left",
    "malar_right",
    "cheek_left",
    "cheek_right",
    "upper_lip",
    "perioral",
    "chin",
)


def test_every_zone_has_a_number_in_the_picture_and_in_the_list(
    kit: Kit, desk: Desk, standing: StandingClock, shown: Show
) -> None:
    signed = treat(desk, standing, add_client(desk, "Ana Nowak"), standing.now() - timedelta(days=3), zones=TWELVE)
    screen = RecordScreen(kit, desk, signed.id)
    shown(screen)
    names = [f"{place}  {desk.knowledge.zones[zone].name}" for place, zone in enumerate(TWELVE, start=1)]
    assert [text for text in words(screen.glance) if text in names] == names
    (picture,) = screen.glance.pictures
    said = picture.accessibleDescription().split(", ")
    assert said == [f"{place}  {desk.knowledge.zones[zone].name} 0.75 mm" for place, zone in enumerate(TWELVE, start=1)]


def test_a_tattoo_and_the_reason_for_going_deep_stand_there(
    kit: Kit, desk: Desk, standing: StandingClock, shown: Show
) -> None:
    on = standing.now() - timedelta(days=3)
    content = content_at(on)
    said = next(one for one in content.consultation.screening if one.contraindication == "C38")
    told = said.with_(answer="yes", zones=("cheek_left", "thigh_left"))
    answers = tuple(told if one is said else one for one in content.consultation.screening)
    consultation = content.consultation.with_(screening=answers, photos=())
    signed = treat(
        desk,
        standing,
        add_client(desk, "Ana Nowak"),
        on,
        zones=("cheek_left", "cheek_right"),
        depth="2.25",
        consultation=consultation,
    )
    screen = RecordScreen(kit, desk, signed.id)
    shown(screen)
    texts = words(screen.glance)
    title = desk.knowledge.contraindications["C38"].title
    # Where nothing was needled it matters to nobody.
    assert texts[texts.index(title) + 1] == "Left cheek"
    deep = [one for one in signed.draft.overrides if one.finding.step is StepId.NEEDLING]
    assert len(deep) > 1
    reason = "Gone ahead: Discussed with the client, who wishes to go on."
    assert texts.count(reason) == 1
    despite = texts[texts.index(reason) - 1].split("\n")
    assert sorted(despite) == sorted(one.finding.title for one in signed.draft.overrides)
