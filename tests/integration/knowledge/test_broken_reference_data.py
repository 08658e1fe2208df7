"""Every way to break a reference file is refused, and the fault names the file, the entry and the key."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from needlelog.errors import Fault, FaultCode
from needlelog.i18n import Words
from needlelog.knowledge.reading import TABLES, check_drawn_zones, load_knowledge

SHIPPED = Path(__file__).parents[3] / "resources" / "knowledge"

FOREHEAD = 'id = "forehead"\nname = "Forehead"\ndefault_from_mm = "0.25"\ndefault_to_mm = "0.5"\n'
CONFIRM = 'confirm_above_mm = "1.5"\n'
FOREHEAD_ENDS = 'warn_above_mm = "0.75"\nconfirm_above_mm = "1.5"\nguidance = "Guides for pens'
ZONE = 'id = "nose"\nname = "Nose"\nsite = "nose"\narea = "face"\n'
PEN = 'depth_max_mm = "2.5", depth_step_mm = "0.25", depth_evaluated_mm = "1.5", output_unit = "rpm"'
EMLA = 'dwell_min_min = 60, dwell_max_min = 300, max_g = "60", max_area_cm2 = "600", source = "EMLA, EU'
REDNESS = 'scale = "cea"\nexpected = "A few hours to a few days'
WASHING = 'text = "Do not wash or cleanse the treated skin until {until}."\nuntil_h = 24\n'
HAIR = 'warn_above_mm = "1.2", confirm_above_mm = "1.5"'
C08 = 'contraindication = "C08"\n'
MAKE_UP = 'until_h = 48\nrf_until_h = 72\nareas = ["face", "eye", "neck", "chest", "scalp"]'

# file, what stands there, what is put in its place, entry, key
CHANGES = (
    # keys: missing, unknown, twice, empty
    ("sites.toml", 'id = "forehead"\n', "", "site 1", "id"),
    ("sites.toml", 'name = "Forehead"\n', "", "forehead", "name"),
    ("sites.toml", 'name = "Forehead"\n', 'name = ""\n', "forehead", "name"),
    ("sites.toml", 'name = "Forehead"\n', 'name = "Fore\\u0007head"\n', "forehead", "-"),
    ("sites.toml", FOREHEAD, FOREHEAD + 'colour = "pink"\n', "forehead", "colour"),
    ("sites.toml", 'id = "glabella"', 'id = "forehead"', "forehead", "id"),
    ("sites.toml", '[ceiling]\ndepth_mm = "2.5"\n', "[ceiling]\n", "ceiling", "depth_mm"),
    ("scales.toml", "collected_on = 2026-11-20\n", "", "-", "collected_on"),
    ("scales.toml", "collected_on = 2026-11-20\n", 'collected_on = "2026-11-20"\n', "-", "collected_on"),
    ("scales.toml", "collected_on = 2026-11-20\n", "collected_on = 2026-11-20\nnew = 1\n", "-", "new"),
    ("emergency.toml", 'country = "IE"', 'country = "GB"', "GB", "country"),
    ("emergency.toml", 'country = "IE"\nnumber = "112 or 999"\n', 'country = "IE"\n', "IE", "number"),
    # kinds of value
    ("sites.toml", FOREHEAD, FOREHEAD.replace('"0.25"', "0.25"), "forehead", "default_from_mm"),
    ("sites.toml", FOREHEAD, FOREHEAD.replace('"0.25"', '"a bit"'), "forehead", "default_from_mm"),
    ("sites.toml", FOREHEAD, FOREHEAD.replace('"0.25"', '"0.25 mm"'), "forehead", "default_from_mm"),
    ("sites.toml", FOREHEAD, FOREHEAD.replace('"0.25"', '"0.255"'), "forehead", "default_from_mm"),
    ("sites.toml", FOREHEAD, FOREHEAD.replace("default_from_mm", "default_from_cm"), "forehead", "default_from_cm"),
    ("aftercare.toml", WASHING, WASHING.replace("24", '"24"'), "no-washing", "until_h"),
    ("aftercare.toml", WASHING, WASHING.replace("24", "24.5"), "no-washing", "until_h"),
    ("aftercare.toml", WASHING, WASHING.replace("24", "true"), "no-washing", "until_h"),
    ("contraindications.toml", 'level = "stop"', 'level = "halt"', "C01", "level"),
    ("contraindications.toml", 'group = "skin-today"', 'group = "skin"', "C01", "group"),
    ("contraindications.toml", 'only_for = ["rf"]', 'only_for = ["laser"]', "C39", "only_for.0"),
    ("contraindications.toml", "wait = { days = 7, all", "wait = { days = 0, all", "C09", "wait.days"),
    ("devices.toml", 'kind = "motor-pen"', 'kind = "pen"', "skinpen-precision", "settings.kind"),
    ("zones.toml", 'views = ["face_front", "face_left", "face_right"]', 'views = ["face"]', "forehead", "views.0"),
    ("zones.toml", 'views = ["face_front", "face_left", "face_right"]', "views = []", "forehead", "views"),
    # units
    ("devices.toml", 'output_unit = "rpm"', 'output_unit = "mph"', "skinpen-precision", "settings.output_unit"),
    ("products.toml", 'amount_unit = "g"', 'amount_unit = "oz"', "lmx4-uk", "amount_unit"),
    # references
    ("zones.toml", ZONE, ZONE.replace('site = "nose"', 'site = "beak"'), "nose", "site"),
    ("zones.toml", ZONE, ZONE.replace('"face"', '"front"'), "nose", "area"),
    ("reactions.toml", REDNESS, REDNESS.replace("cea", "cae"), "redness", "scale"),
    ("aftercare.toml", 'areas = ["face", "eye", "neck", "chest", "scalp"]', 'areas = ["lid"]', "no-make-up", "areas"),
    ("aftercare.toml", "fitzpatrick_from = 4", "fitzpatrick_from = 7", "cover-darker-skin", "fitzpatrick_from"),
    ("aftercare.toml", 'only_after = ["reaction"]', 'only_after = ["numbing"]', "call-reaction", "text"),
    ("aftercare.toml", 'only_after = ["reaction"]', 'only_after = ["rain"]', "call-reaction", "only_after.0"),
    ("preparation.toml", "days_before = 14\norder = 10", "order = 10", "no-tan", "text"),
    ("preparation.toml", "days_before = 14\norder = 10", "days_before = 0\norder = 10", "no-tan", "days_before"),
    ("preparation.toml", 'contraindication = "C08"', 'contraindication = "C99"', "blood-thinners", "contraindication"),
    ("preparation.toml", C08, C08 + 'detail = "Ask."\n', "blood-thinners", "detail"),
    ("preparation.toml", 'areas = ["face", "eye"]', 'areas = ["lid"]', "ask-cold-sores", "areas"),
    ("interval.toml", 'exempt_areas = ["scalp"]', 'exempt_areas = ["hair"]', "interval", "exempt_areas"),
    ("interval.toml", 'areas = ["neck"]', 'areas = ["throat"]', "interval", "parts"),
    ("interval.toml", 'zones = ["upper_back"', 'zones = ["wing"', "interval", "parts"),
    ("interval.toml", 'zones = ["upper_back", "lower_back"]', 'zones = ["upper_back"]', "interval", "parts"),
    ("interval.toml", 'zones = ["upper_back"', 'zones = ["abdomen", "upper_back"', "interval", "parts"),
    # sources
    ("scales.toml", 'sources = ["cea-wording", "derm"]', "sources = []", "cea", "sources"),
    ("scales.toml", 'sources = ["cea-wording", "derm"]\n', "", "cea", "sources"),
    ("scales.toml", 'sources = ["cea-wording", "derm"]', 'sources = ["hearsay"]', "cea", "sources"),
    ("scales.toml", 'seen = "no"', 'seen = "maybe"', "bleeding", "seen"),
    ("sources.toml", 'kind = "A"', 'kind = "Z"', "510k-den160029", "kind"),
    ("sources.toml", 'address = "510k.innolitics.com/search/DEN160029"\n', "", "510k-den160029", "address"),
    ("sites.toml", 'concern = "hair"', 'concern = "beard"', "scalp", "for_concerns"),
    ("combinations.toml", 'contraindication = "C25"', 'contraindication = "C99"', "filler", "contraindication"),
    ("combinations.toml", "before_days = 184", "before_days = 14", "botulinum-toxin", "before_days"),
    ("combinations.toml", "same_visit = true", "same_visit = true\nafter_days = 3", "red-light", "same_visit"),
    ("conflicts.toml", '"aftercare:no-washing"', '"aftercare:no-rinsing"', "washing", "serves"),
    ("founding.toml", '["questions:what"]', '["answers:what"]', "S01", "serves"),
    ("founding.toml", 'rows = ["S01"]', 'rows = ["first"]', "S01", "rows"),
    ("follow_up.toml", '"redness-less"', '"redness-more"', "72h", "questions"),
    ("follow_up.toml", 'scale = "gais"', 'scale = "guess"', "improvement", "scale"),
    ("follow_up.toml", 'reaction = "tram-track"', 'reaction = "track"', "scars", "reaction"),
    ("follow_up.toml", 'red_flag = "7"', 'red_flag = "11"', "pain", "red_flag"),
    ("follow_up.toml", "asked_from_grade = 4", "asked_from_grade = 11", "painkiller", "asked_from_grade"),
    ("follow_up.toml", 'red_flag = "7"\n', "", "pain", "action"),
    ("follow_up.toml", "until_h = 36", "until_h = 12", "24h", "until_h"),
    ("follow_up.toml", 'answer = "yes-no"\n', 'answer = "yes-no"\nscale = "cea"\n', "painkiller", "scale"),
    ("sources.toml", 'address = "510k.innolitics.com/search/DEN160029"', 'address = ""', "510k-den160029", "address"),
    # values that differ
    ("contraindications.toml", 'rows = ["C01"]\n', 'rows = ["C01"]\nvariants = "all"\n', "C01", "variants"),
    ("contraindications.toml", 'number = "184", used = true', 'number = "184"', "C24", "variants"),
    ("contraindications.toml", 'days = 184, said = "6 months"', 'days = 92, said = "6 months"', "C24", "variants"),
    ("contraindications.toml", 'key = "level"', 'key = "grade"', "C06", "variants"),
    ("contraindications.toml", '["drmorgancosmeticsurgery"] }', '["hearsay"] }', "C03", "variants.1.sources"),
    ("reactions.toml", 'number = "168"', 'number = "24"', "redness", "variants"),
    # what only the clinic may set
    ("sites.toml", 'name = "Forehead"\n', 'name = "Forehead"\nown = []\n', "forehead", "own"),
    # impossible numbers
    ("concerns.toml", 'never_deeper_mm = "0.5"', 'never_deeper_mm = "5"', "hyperpigmentation", "never_deeper_mm"),
    ("sites.toml", 'warn_above_mm = "1.2", confirm', 'warn_above_mm = "1.6", confirm', "scalp", "for_concerns"),
    ("sites.toml", FOREHEAD, FOREHEAD.replace('"0.25"', '"-0.25"'), "forehead", "default_from_mm"),
    ("sites.toml", FOREHEAD, FOREHEAD.replace('"0.25"', '"0.6"'), "forehead", "default_to_mm"),
    ("sites.toml", FOREHEAD_ENDS, FOREHEAD_ENDS.replace("0.75", "0.4"), "forehead", "warn_above_mm"),
    ("sites.toml", FOREHEAD_ENDS, FOREHEAD_ENDS.replace("0.75", "1.75"), "forehead", "confirm_above_mm"),
    ("sites.toml", FOREHEAD_ENDS, FOREHEAD_ENDS.replace('"1.5"', '"2.6"'), "forehead", "confirm_above_mm"),
    ("sites.toml", FOREHEAD_ENDS, FOREHEAD_ENDS.replace(CONFIRM, ""), "forehead", "confirm_above_mm"),
    ("sites.toml", "never = true\n", 'never = true\nconfirm_above_mm = "0.5"\n', "eyelid", "confirm_above_mm"),
    ("devices.toml", PEN, PEN.replace('"2.5"', '"2.6"'), "skinpen-precision", "settings.depth_max_mm"),
    ("devices.toml", PEN, PEN.replace('"1.5"', '"2.75"'), "skinpen-precision", "settings.depth_evaluated_mm"),
    ("devices.toml", PEN, PEN.replace('"0.25"', '"0"'), "skinpen-precision", "settings.depth_step_mm"),
    ("devices.toml", PEN, PEN.replace('"0.25"', '"2.75"'), "skinpen-precision", "settings.depth_step_mm"),
    ("devices.toml", 'depth_min_mm = "0.25"', 'depth_min_mm = "2.51"', "dermapen-original", "settings"),
    ("devices.toml", "fitzpatrick = [1, 2, 3, 4]", "fitzpatrick = [0, 7]", "rejuvapen-nxt", "fitzpatrick"),
    ("products.toml", EMLA, EMLA.replace("300", "30"), "emla-eu", "anaesthetic.dwell_max_min"),
    ("products.toml", EMLA, EMLA.replace('"60"', '"-60"'), "emla-eu", "anaesthetic.max_g"),
    ("products.toml", '[["lidocaine", "4"]]', '[["lidocaine", "104"]]', "lmx4-uk", "anaesthetic.agents"),
    ("products.toml", 'kind = "cleanser"', 'kind = "anaesthetic"', "cleanser", "anaesthetic"),
    ("concerns.toml", "sessions_min = 4\n", "sessions_min = 7\n", "texture-tone", "sessions_max"),
    ("concerns.toml", "interval_min_days = 28", "interval_min_days = -28", "texture-tone", "interval_min_days"),
    ("concerns.toml", 'depth_to_mm = "2.5"', 'depth_to_mm = "3.5"', "abdominal-scar", "depth_to_mm"),
    ("contraindications.toml", 'group = "skin-today"\n', 'group = "skin-today"\nwait = { days = 3 }\n', "C01", "wait"),
    ("contraindications.toml", 'group = "skin-today"\n', 'group = "skin-today"\nahead = true\n', "C01", "wait"),
    ("scales.toml", '{ value = 1, word = "Almost clear"', '{ value = 0, word = "Almost clear"', "cea", "grades"),
    ("reactions.toml", "expected_until_h = 72", "expected_until_h = 0", "redness", "expected_until_h"),
    ("interval.toml", "usual_to_days = 42", "usual_to_days = 20", "interval", "usual_to_days"),
    ("interval.toml", "deep_usual_from_days = 42", "deep_usual_from_days = 0", "interval", "deep_usual_from_days"),
    ("sites.toml", "never = true\n", 'never = true\nfor_concerns = [{ concern = "acne" }]\n', "eyelid", "for_concerns"),
    ("sites.toml", HAIR, HAIR.replace('"1.5"', '"2.6"'), "scalp", "for_concerns"),
    ("products.toml", EMLA, EMLA.replace("min = 60,", "min = 0,"), "emla-eu", "anaesthetic.dwell_min_min"),
    ("scales.toml", "severity = [0, 1, 1, 2, 3]", "severity = [0, 2, 1, 2, 3]", "cea", "severity"),
    ("combinations.toml", "after_days = 31", "after_days = 0", "light-peel", "after_days"),
    ("ages.toml", "years = 18", "years = 18:00:00", "under-18", "-"),
    # ends of aftercare rules
    ("aftercare.toml", WASHING, WASHING.replace("24", "-24"), "no-washing", "until_h"),
    ("aftercare.toml", WASHING, WASHING.replace("until_h = 24\n", ""), "no-washing", "text"),
    ("aftercare.toml", WASHING, WASHING + "from_h = 24\n", "no-washing", "from_h"),
    ("aftercare.toml", WASHING, WASHING + "until_days = 1\n", "no-washing", "until_days"),
    ("aftercare.toml", WASHING, WASHING.replace("{until}", "{end}"), "no-washing", "text"),
    ("aftercare.toml", MAKE_UP, MAKE_UP.replace("72", "24"), "no-make-up", "rf_until_h"),
    ("aftercare.toml", "until_days = 14\n", "until_days = 14\nrf_until_h = 400\n", "no-sun", "rf_until_h"),
    # the file itself
    ("ages.toml", "[[rule]]", "[[rule", "-", "-"),
    ("time_out.toml", "[[item]]", "[[thing]]", "-", "thing"),
    ("interval.toml", "[interval]", "[[interval]]", "interval", "interval"),
)  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SHIPPED, tmp_path / "knowledge"))


def _fault_of(folder: Path) -> Fault:
    with pytest.raises(Fault) as caught:
        load_knowledge(folder)
    return caught.value


@pytest.mark.parametrize(("file", "old", "new", "entry", "key"), CHANGES)
def test_a_broken_entry_is_named(folder: Path, file: str, old: str, new: str, entry: str, key: str) -> None:
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    fault = _fault_of(folder)
    assert fault.code is FaultCode.KNOWLEDGE_BROKEN
    assert (fault.values["file"], fault.values["entry"], fault.values["key"]) == (file, entry, key)
    sentence = Words().fault(fault)
    assert all(part in sentence.what for part in (file, entry, key))
    assert fault.values["reason"]


def test_a_radio_frequency_device_may_go_below_the_ceiling_for_needles(folder: Path) -> None:
    path = folder / "devices.toml"
    pen = path.read_text(encoding="utf-8")
    path.write_text(pen.replace('kind = "motor-pen"', 'kind = "rf"', 1).replace(PEN, PEN.replace('"2.5"', '"4"'), 1))
    assert load_knowledge(folder).devices["skinpen-precision"].settings.depth_max_mm == 4


@pytest.mark.parametrize("file", sorted(TABLES))
def test_a_missing_file_is_named(folder: Path, file: str) -> None:
    (folder / file).unlink()
    fault = _fault_of(folder)
    assert (fault.code, fault.values["name"]) == (FaultCode.RESOURCE_MISSING, file)


def test_a_file_that_does_not_belong_is_named(folder: Path) -> None:
    (folder / "zone.toml").write_text("")
    assert _fault_of(folder).values["file"] == "zone.toml"


def test_a_file_without_entries_is_named(folder: Path) -> None:
    (folder / "ages.toml").write_text("collected_on = 2026-11-20\n")
    fault = _fault_of(folder)
    assert (fault.values["file"], fault.values["key"]) == ("ages.toml", "rule")


def test_bytes_that_are_no_text_are_named(folder: Path) -> None:
    (folder / "ages.toml").write_bytes(b"\xff\xfe")
    assert _fault_of(folder).values["file"] == "ages.toml"


def test_an_empty_file_is_named(folder: Path) -> None:
    (folder / "zones.toml").write_text("")
    assert _fault_of(folder).values["file"] == "zones.toml"


def test_a_folder_in_place_of_a_file_cannot_be_read(folder: Path) -> None:
    (folder / "ages.toml").unlink()
    (folder / "ages.toml").mkdir()
    fault = _fault_of(folder)
    assert fault.code is FaultCode.READ_FAILED
    assert Words().fault(fault).what


def test_the_version_changes_with_any_byte(folder: Path) -> None:
    before = load_knowledge(folder).version
    path = folder / "ages.toml"
    path.write_text(path.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    after = load_knowledge(folder).version
    assert before != after
    assert before.split("+")[0] == after.split("+")[0] == "2026-11-21"
    assert len(after.split("+")[1]) == 12


@pytest.mark.parametrize(
    ("view", "zones", "entry"),
    [("face_front", {"nose", "ear"}, "ear"), ("face_front", set(), "nose"), ("sole", {"nose"}, "nose")],
)
def test_a_map_that_draws_other_zones_is_named(view: str, zones: set[str], entry: str) -> None:
    knowledge = load_knowledge(SHIPPED)
    nose = {"nose": knowledge.zones["nose"]}
    only_nose = knowledge.with_(zones=nose)
    drawn = {view_.value: {"nose"} for view_ in nose["nose"].views} | {view: zones}
    with pytest.raises(Fault) as caught:
        check_drawn_zones(only_nose, drawn)
    assert caught.value.values["entry"] == entry
