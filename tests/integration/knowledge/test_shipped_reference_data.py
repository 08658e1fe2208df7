"""The shipped set loads, is complete, and every statement can be followed to its source."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from needlelog.domain.findings import Level
from needlelog.domain.materials import DeviceKind, ProductKind
from needlelog.knowledge.bands import bands_of
from needlelog.knowledge.checks import AREAS
from needlelog.knowledge.model import Entry, Knowledge
from needlelog.knowledge.reading import check_drawn_zones, load_knowledge
from needlelog.paths import resources
from tests import builders

RESOURCES = Path(__file__).parents[3] / "resources"

AGREED_ZONES = """
forehead glabella temple_left temple_right periorbital_left periorbital_right eyelid_left eyelid_right nose
malar_left malar_right cheek_left cheek_right upper_lip perioral lip_vermilion chin jawline_left jawline_right submentum
neck_front neck_left neck_right neck_back decolletage
scalp_frontal scalp_mid scalp_crown scalp_side_left scalp_side_right scalp_occipital
shoulder_left shoulder_right upper_arm_left upper_arm_right forearm_left forearm_right hand_left hand_right
breast_left breast_right abdomen flank_left flank_right thigh_left thigh_right knee_left knee_right
lower_leg_left lower_leg_right foot_left foot_right
upper_back lower_back upper_arm_back_left upper_arm_back_right elbow_left elbow_right buttock_left buttock_right
thigh_back_left thigh_back_right calf_left calf_right
"""

# zone: default from, default to, warn above, confirm above (clinical tables, section 3)
BANDS = {
    "forehead": ("0.25", "0.5", "0.75", "1.5"),
    "glabella": ("0.25", "0.5", "1", "1.5"),
    "temple_left": ("0.25", "0.5", "0.5", "1"),
    "periorbital_left": ("0.25", "0.25", "0.3", "0.5"),
    "nose": ("0.25", "0.5", "0.5", "0.75"),
    "malar_left": ("0.5", "0.5", "1", "1.5"),
    "cheek_left": ("0.5", "1", "1", "1.5"),
    "upper_lip": ("0.25", "0.5", "0.5", "0.75"),
    "perioral": ("0.25", "0.5", "0.5", "0.75"),
    "chin": ("0.5", "1", "1", "1.5"),
    "jawline_left": ("0.5", "1", "1", "1.5"),
    "submentum": ("0.5", "0.5", "1", "1.5"),
    "neck_front": ("0.25", "0.5", "1", "1.5"),
    "decolletage": ("0.25", "0.5", "1", "1.5"),
    "breast_left": ("0.5", "1", "1", "1.5"),
    "scalp_mid": ("0.5", "0.6", "1.2", "1.5"),
    "hand_left": ("0.25", "0.5", "0.5", "1"),
    "forearm_left": ("0.5", "1", "1.5", "2"),
    "upper_back": ("0.5", "1", "1.5", "2"),
    "abdomen": ("1", "1.5", "2", "2.5"),
    "thigh_left": ("1", "1.5", "2", "2.5"),
    "buttock_left": ("1", "1.5", "2", "2.5"),
    "knee_left": ("0.5", "0.5", "1", "1.5"),
    "foot_left": ("0.5", "0.5", "0.5", "1"),
}

STOPS = {1, 2, 4, 5, 6, 7, 8, 10, 12, 14, 15, 17, 18, 19, 22, 23, 39, 41}
ASKS = {9, 32, 37, 38, 42, 43, 44, 45}
# longest wait any source gives, in days
WAITS = {
    9: 7, 13: 366, 19: 92, 24: 184, 25: 366, 26: 31, 27: 84, 28: 92, 29: 366, 30: 366, 31: 14, 32: 14, 33: 7, 34: 7,
    35: 7, 36: 2, 42: 14, 43: 2,
}  # fmt: skip

# what the founding articles ask for after the visit: rule, hours or days
FOUNDING_AFTERCARE = {
    "no washing or cleansing for 24 hours": ("no-washing", 24, None),
    "no sweating, gym or strenuous exercise": ("no-exercise", 72, None),
    "no heat": ("no-heat", 72, None),
    "no sauna in the first days": ("no-sauna", None, 5),
    "no swimming in the first days": ("no-swimming", None, 5),
    "make-up only after 48 hours": ("no-make-up", 48, None),
    "out of the sun for two weeks": ("no-sun", None, 14),
    "sunscreen outdoors": ("sunscreen", None, 14),
    "gentle products without fragrance": ("gentle-products", None, 14),
    "moisturiser or soothing serum": ("moisturise", None, None),
    "leave the area alone": ("leave-alone", None, None),
    "keep it from germs": ("keep-clean", None, None),
    "no acids or retinoids": ("no-actives", None, 7),
    "redness is normal": ("normal-redness", 72, None),
    "swelling is normal": ("normal-swelling", 48, None),
    "tightness and sensitivity are normal": ("normal-tightness", 72, None),
    "dryness and peeling are normal": ("normal-dryness", None, 7),
}

# the figures of the founding articles: where each stands, and the words or number
FOUNDING_FIGURES = {
    "S09 numbing about an hour": ("numbing", "About an hour"),
    "S10 needling 10 minutes to 1 hour": ("how-long", "10 minutes to 1 hour"),
    "S10 a couple of hours": ("how-long", "a couple of hours"),
    "S12 24 to 72 hours": ("after", "24 to 72 hours"),
    "S15 treatments": ("how-many", "4 to 6 sessions"),
    "S15 interval": ("how-many", "4 to 6 weeks"),
    "S16 within a day": ("results", "within 24 hours"),
    "S16 2 to 4 weeks": ("results", "2 to 4 weeks"),
    "S19 cost": ("cost", "100 to 800 dollars"),
}


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return load_knowledge(RESOURCES / "knowledge")


def _entries(knowledge: Knowledge) -> list[Entry]:
    found: list[Entry] = [knowledge.ceiling, knowledge.interval]
    for name in type(knowledge).model_fields:
        table = getattr(knowledge, name)
        if isinstance(table, dict):
            found += [entry for entry in table.values() if isinstance(entry, Entry)]
    return found


def test_every_entry_names_a_source_and_the_day_it_was_collected(knowledge: Knowledge) -> None:
    entries = _entries(knowledge)
    assert len(entries) > 200
    for entry in entries:
        assert entry.collected_on == date(2026, 11, 20)
        assert all(source.address and source.kind and source.seen for source in entry.sources), entry.id
    assert all(number.sources for number in knowledge.emergency_numbers.values())


def test_no_source_is_kept_that_nobody_names(knowledge: Knowledge) -> None:
    listed = set(re.findall(r'^address = "(.*)"$', (RESOURCES / "knowledge" / "sources.toml").read_text(), re.M))
    named = {source.address for entry in _entries(knowledge) for source in entry.sources}
    named |= {source.address for number in knowledge.emergency_numbers.values() for source in number.sources}
    assert listed == named


def test_the_zones_are_exactly_the_agreed_ones(knowledge: Knowledge) -> None:
    assert sorted(knowledge.zones) == sorted(AGREED_ZONES.split())
    assert knowledge.zones["cheek_left"].name == "Left cheek"
    names = [zone.name for zone in knowledge.zones.values()]
    assert len(set(names)) == len(names)
    for zone in knowledge.zones.values():
        assert ("left" in zone.id.split("_")) == ("left" in zone.name.lower()), zone.id
        assert ("right" in zone.id.split("_")) == ("right" in zone.name.lower()), zone.id


def test_the_maps_draw_each_zone_in_its_views(knowledge: Knowledge) -> None:
    drawn = {
        path.stem: re.findall(r'<path id="([a-z_]+)"', path.read_text(encoding="utf-8"))
        for path in sorted((RESOURCES / "maps").glob("*.svg"))
    }
    assert len(drawn) == 7
    check_drawn_zones(knowledge, drawn)


@pytest.mark.parametrize(("zone", "bands"), BANDS.items())
def test_the_depth_bands_are_those_of_the_tables(
    knowledge: Knowledge, zone: str, bands: tuple[str, str, str, str]
) -> None:
    site = knowledge.site_of(zone)
    stated = (site.default_from_mm, site.default_to_mm, site.warn_above_mm, site.confirm_above_mm)
    assert stated == tuple(Decimal(band) for band in bands)


def test_some_places_are_never_needled_and_some_have_no_figure(knowledge: Knowledge) -> None:
    assert {zone for zone in knowledge.zones if knowledge.site_of(zone).never} == {
        "eyelid_left",
        "eyelid_right",
        "lip_vermilion",
    }
    for zone in ("shoulder_left", "elbow_right", "flank_left", "lower_leg_right", "calf_left"):
        site = knowledge.site_of(zone)
        assert site.placeholder
        assert site.default_from_mm is None
        assert site.confirm_above_mm == knowledge.ceiling.depth_mm == Decimal("2.5")
        assert "No figure was found" in site.guidance


def test_every_contraindication_of_the_tables_is_there(knowledge: Knowledge) -> None:
    to_come = knowledge.contraindications["C19-ahead"]
    assert (to_come.level, to_come.ahead, to_come.wait and to_come.wait.days) == (Level.STOP, True, 28)
    rows = [row for row in knowledge.contraindications.values() if row is not to_come]
    assert tuple(row.id for row in rows) == tuple(f"C{number:02d}" for number in range(1, 47))
    asked = tuple(row.id for row in knowledge.contraindications.values() if row.derived_from is None)
    assert asked == builders.SCREENING_IDS
    for number, row in enumerate(rows, start=1):
        level = Level.STOP if number in STOPS else Level.ASK if number in ASKS else Level.HOLD
        assert row.level is level, row.id
        assert row.question.endswith("?"), row.id
        assert (row.wait.days if row.wait else None) == WAITS.get(number), row.id
        assert row.wait is None or row.wait.all_values, row.id
    assert knowledge.contraindications["C39"].only_for == (DeviceKind.RF,)
    assert knowledge.contraindications["C41"].anaesthetic_only


def test_no_question_tells_anyone_to_stop_a_medicine(knowledge: Knowledge) -> None:
    for row in (*knowledge.contraindications.values(), *knowledge.preparation.values()):
        assert not re.search(r"\b(stop|have you stopped)\b.*\b(warfarin|heparin|aspirin)\b", row.question.lower())
    assert "Only the prescriber decides" in knowledge.contraindications["C08"].detail
    for one in (knowledge.preparation["blood-thinners"], knowledge.preparing["ask-blood-thinners"]):
        assert knowledge.detail_of(one) == knowledge.contraindications["C08"].detail


def test_what_a_preparation_and_the_screening_both_ask_about_is_said_in_one_place() -> None:
    said = [
        path.read_text(encoding="utf-8").count("a prescribed medicine")
        for path in sorted((resources() / "knowledge").glob("*.toml"))
    ]
    assert sum(said) == 1


def test_the_builders_answer_exactly_what_is_asked(knowledge: Knowledge) -> None:
    assert tuple(knowledge.preparation) == builders.PREPARATION_IDS
    assert tuple(knowledge.time_out) == builders.TIME_OUT_IDS
    draft = builders.a_full_draft()
    assert set(draft.consultation.concerns) <= set(knowledge.concerns)
    assert {seen.reaction for seen in draft.reactions.observations} <= set(knowledge.reactions)
    assert set(builders.FULL_DRAFT_ZONES) <= set(knowledge.zones)


def test_the_time_out_is_short(knowledge: Knowledge) -> None:
    assert len(knowledge.time_out) <= 7


@pytest.mark.parametrize(
    ("scale", "values"),
    [
        ("cea", range(5)),
        ("draize-erythema", range(5)),
        ("draize-oedema", range(5)),
        ("pain-nrs", range(11)),
        ("bleeding", range(4)),
        ("fitzpatrick", range(1, 7)),
        ("goodman-baron", range(1, 5)),
        ("glogau", range(1, 5)),
        ("gais", range(1, 6)),
        ("ctcae", range(1, 6)),
    ],
)
def test_the_scales_have_their_published_grades(knowledge: Knowledge, scale: str, values: range) -> None:
    assert [grade.value for grade in knowledge.scales[scale].grades] == list(values)


def test_only_our_own_scale_is_marked_as_unpublished(knowledge: Knowledge) -> None:
    assert [scale.id for scale in knowledge.scales.values() if scale.placeholder] == ["bleeding"]
    words = [grade.word for grade in knowledge.scales["pain-nrs"].grades]
    assert words == ["None", *["Mild"] * 3, *["Moderate"] * 3, *["Severe"] * 4]


@pytest.mark.parametrize(
    ("product", "least", "most", "grams", "area"),
    [
        ("lmx4-uk", 30, 300, None, 900),
        ("lmx4-us", 30, 60, None, None),
        ("emla-eu", 60, 300, 60, 600),
        ("blt-compounded", 15, 60, None, None),
        ("blt-packet", None, None, None, None),
    ],
)
def test_the_anaesthetics_carry_the_limits_of_their_label(
    knowledge: Knowledge, product: str, least: int | None, most: int | None, grams: int | None, area: int | None
) -> None:
    limits = knowledge.products[product].anaesthetic
    assert limits is not None
    assert (limits.dwell_min_min, limits.dwell_max_min, limits.max_g, limits.max_area_cm2) == (least, most, grams, area)


def test_every_step_of_the_visit_finds_a_product(knowledge: Knowledge) -> None:
    kinds = {product.kind for product in knowledge.products.values()}
    assert kinds == {
        ProductKind.CLEANSER,
        ProductKind.ANAESTHETIC,
        ProductKind.SERUM,
        ProductKind.COOLING,
        ProductKind.ADDON,
        ProductKind.AFTERCARE,
    }


def test_a_step_that_was_not_seen_is_said_to_be_assumed(knowledge: Knowledge) -> None:
    for device in knowledge.devices.values():
        assumed = device.settings.depth_step_mm == Decimal("0.1")
        assert assumed == ("step of the dial was not seen" in device.note), device.id
    assert knowledge.devices["skinpen-precision"].settings.depth_evaluated_mm == Decimal("1.5")


@pytest.mark.parametrize(("wish", "rule"), FOUNDING_AFTERCARE.items())
def test_no_aftercare_rule_of_the_founding_articles_is_missing(
    knowledge: Knowledge, wish: str, rule: tuple[str, int | None, int | None]
) -> None:
    id_, hours, days = rule
    assert (knowledge.aftercare[id_].until_h, knowledge.aftercare[id_].until_days) == (hours, days), wish


def test_make_up_waits_longer_after_radio_frequency(knowledge: Knowledge) -> None:
    assert knowledge.aftercare["no-make-up"].rf_until_h == 72


def test_the_sheet_says_when_to_call(knowledge: Knowledge) -> None:
    calls = " ".join(rule.text for rule in knowledge.aftercare.values() if rule.kind == "call").lower()
    for sign in ("pus", "fever", "blisters", "redness", "swelling", "breathe", "lumps", "dark marks", "scars", "pain"):
        assert sign in calls, sign


def test_the_sheet_speaks_in_short_plain_sentences(knowledge: Knowledge) -> None:
    for rule in knowledge.aftercare.values():
        for sentence in re.split(r"(?<=[.!?])\s+", rule.text):
            assert len(sentence.split()) <= 15, rule.id
        assert rule.text.endswith("."), rule.id
        assert all(len(word.strip(".,")) <= 13 for word in rule.text.replace("-", " ").split()), rule.id


def test_an_end_is_named_wherever_something_is_forbidden_for_a_time(knowledge: Knowledge) -> None:
    for rule in knowledge.aftercare.values():
        ends = rule.until_h is not None or rule.until_days is not None
        assert ends or "{until}" not in rule.text, rule.id
        if ends and rule.kind in {"avoid", "normal"}:
            assert "{until}" in rule.text, rule.id


def test_the_rules_stand_in_a_fixed_order(knowledge: Knowledge) -> None:
    orders = [rule.order for rule in knowledge.aftercare.values()]
    assert orders == sorted(set(orders))


@pytest.mark.parametrize(("fact", "place"), FOUNDING_FIGURES.items())
def test_the_figures_of_the_founding_articles_are_served(
    knowledge: Knowledge, fact: str, place: tuple[str, str]
) -> None:
    question, words = place
    assert words in knowledge.questions[question].answer, fact


def test_the_founding_articles_are_sources_of_every_part_they_feed(knowledge: Knowledge) -> None:
    for table in ("products", "concerns", "contraindications", "preparation", "reactions", "aftercare", "questions"):
        addresses = [source.kind for entry in getattr(knowledge, table).values() for source in entry.sources]
        assert "SEED" in addresses, table


def test_the_interval_is_that_of_the_founding_articles(knowledge: Knowledge) -> None:
    rule = knowledge.interval
    assert (rule.shortest_days, rule.usual_from_days, rule.usual_to_days) == (28, 28, 42)
    assert (rule.shallow_to_mm, rule.shallow_shortest_days) == (Decimal("0.5"), 14)
    assert (rule.deep_above_mm, rule.deep_usual_from_days, rule.exempt_areas) == (Decimal(1), 42, ("scalp",))


@pytest.mark.parametrize(
    ("country", "number"),
    [("US", "911"), ("GB", "999"), ("IE", "112 or 999"), ("DE", "112"), ("PL", "112"), ("AU", "000"), ("NZ", "111")],
)
def test_the_well_known_emergency_numbers(knowledge: Knowledge, country: str, number: str) -> None:
    assert knowledge.emergency_numbers[country].number == number
    assert all(source.seen == "no" for source in knowledge.emergency_numbers[country].sources)


def test_no_rule_of_the_founding_articles_is_left_out_for_any_area(knowledge: Knowledge) -> None:
    """What is said differently for the scalp or the body is said for every area all the same."""
    for rule in knowledge.aftercare.values():
        if any(source.kind == "SEED" for source in rule.sources) and rule.areas:
            alike = [one for one in knowledge.aftercare.values() if (one.kind, one.topic) == (rule.kind, rule.topic)]
            told = [set(one.areas or AREAS) for one in alike if not one.only_after and one.fitzpatrick_from is None]
            assert set().union(*told) == set(AREAS), rule.id


def test_a_wait_in_months_says_why_it_is_so_many_days(knowledge: Knowledge) -> None:
    waits = [one.wait for one in knowledge.contraindications.values() if one.wait is not None]
    long = [one for one in waits if "month" in one.said or "year" in one.said]
    assert len(long) == 8
    assert all("differ in length; to be safe the longest" in one.counted for one in long)


def test_no_depth_begins_above_what_the_program_itself_calls_deep(knowledge: Knowledge) -> None:
    """For every zone with every concern, as the stepper takes it: 21 pairs began above their own limit."""
    for zone in knowledge.zones:
        for concern in ("", *knowledge.concerns):
            bands = bands_of(knowledge, zone, [concern] if concern else [])
            steps = (bands.default_from_mm, bands.default_to_mm, bands.warn_above_mm, bands.confirm_above_mm)
            given = [step for step in steps if step is not None]
            assert given == sorted(given), (zone, concern)
