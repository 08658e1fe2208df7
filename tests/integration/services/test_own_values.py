"""The clinic's own values: refused where they cannot stand, judged by, marked with both values, taken back again."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from needlelog.domain.findings import CLINIC
from needlelog.domain.materials import AnaestheticLimits, DeviceSettings
from needlelog.domain.papers import HandOver
from needlelog.domain.session import Needling, SessionDraft
from needlelog.errors import Fault, FaultCode
from needlelog.knowledge.figures import Figure, all_figures, text_of
from needlelog.knowledge.model import Knowledge
from needlelog.services.desk import Desk
from needlelog.services.door import Door
from needlelog.workflow.flow import SessionFlow
from tests import builders
from tests.desks import PASSPHRASE, StandingClock, a_door, set_up_desk
from tests.integration.services.test_proof import Clinic

FOREHEAD = ("sites", "forehead", "warn_above_mm")
USUAL = ("sites", "forehead", "default_to_mm")
CHEEK = ("sites", "cheek", "confirm_above_mm")
PEEL = ("contraindications", "C26", "wait.days")
REASON = "Our clients' skin, 200 visits"


@pytest.fixture
def door(tmp_path: Path, clock: StandingClock) -> Iterator[Door]:
    made = a_door(tmp_path / "lasting", clock)
    yield made
    made.leave()


def _fault(desk: Desk, place: tuple[str, str, str], typed: str) -> Fault:
    with pytest.raises(Fault) as caught:
        desk.reference.decide(place, typed, REASON)
    return caught.value


def test_an_own_value_stands_in_the_place_of_ours_and_both_are_named(desk: Desk) -> None:
    desk.reference.decide(FOREHEAD, "0,9", REASON)
    site = desk.knowledge.sites["forehead"]
    assert site.warn_above_mm == Decimal("0.9")
    (own,) = site.own
    assert (own.value, own.ours, own.reason, own.by) == ("0.9", "0.75", REASON, desk.me.signature)
    assert own.at == desk.clock.now()
    first = site.sources[0]
    assert first.kind == CLINIC
    assert all(part in first.address for part in ("0.9 mm", "0.75 mm", "Mara Lindqvist", "20-Nov-2026"))
    assert desk.reference.ours.sites["forehead"].warn_above_mm == Decimal("0.75")


@pytest.mark.parametrize(
    ("place", "typed", "code", "says"),
    [
        (FOREHEAD, "99", FaultCode.FIGURE_ABOVE, "“Ask for a reason above” (1.5 mm)"),
        (FOREHEAD, "0.3", FaultCode.FIGURE_BELOW, "“Usually up to” (0.5 mm)"),
        (CHEEK, "99", FaultCode.FIGURE_ABOVE, "“Never deeper than” (2.5 mm)"),
        (("sites", "forehead", "default_from_mm"), "-0.25", FaultCode.ENTRY_TOO_SMALL, "0 mm or more"),
        (FOREHEAD, "a bit", FaultCode.ENTRY_NOT_A_NUMBER, "not a number"),
        (FOREHEAD, "", FaultCode.ENTRY_EMPTY, "empty"),
        (FOREHEAD, "0.813", FaultCode.ENTRY_TOO_FINE, "2 decimal places"),
        (FOREHEAD, "1e5", FaultCode.ENTRY_NOT_A_NUMBER, "not a number"),
        (FOREHEAD, "0.75", FaultCode.FIGURE_AS_OURS, "already"),
        (("ceiling", "ceiling", "depth_mm"), "2.6", FaultCode.ENTRY_TOO_LARGE, "2.5 mm"),
        (PEEL, "0", FaultCode.ENTRY_TOO_SMALL, "1 days or more"),
        (PEEL, "4000", FaultCode.ENTRY_TOO_LARGE, "3660 days or less"),
        (PEEL, "7.5", FaultCode.ENTRY_TOO_FINE, "Round it"),
        (("contraindications", "C26", "level"), "halt", FaultCode.FIGURE_DOES_NOT_FIT, "How it weighs"),
        (("sites", "eyelid", "warn_above_mm"), "0.5", FaultCode.FIGURE_NOT_OURS, "no such figure"),
        (("sites", "forehead", "name"), "Brow", FaultCode.FIGURE_NOT_OURS, "no such figure"),
        (("scales", "cea", "grades"), "3", FaultCode.FIGURE_NOT_OURS, "no such figure"),
    ],
)
def test_an_impossible_value_is_refused_in_a_plain_sentence(
    desk: Desk, place: tuple[str, str, str], typed: str, code: FaultCode, says: str
) -> None:
    fault = _fault(desk, place, typed)
    assert fault.code is code
    assert says in str(desk.tr.fault(fault))
    assert desk.reference.decisions == ()
    assert desk.knowledge is desk.reference.ours


def test_no_decision_goes_without_a_reason(desk: Desk) -> None:
    for act in (desk.reference.decide, lambda place, _typed, reason: desk.reference.take_back(place, reason)):
        with pytest.raises(Fault) as caught:
            act(FOREHEAD, "0.9", "  ")
        assert caught.value.code is FaultCode.REASON_MISSING


def _figures(knowledge: Knowledge) -> list[Figure]:
    return list(all_figures(knowledge))


def test_every_figure_takes_what_stands_there_and_refuses_the_impossible(desk: Desk) -> None:
    figures = _figures(desk.knowledge)
    assert len(figures) > 300
    assert {figure.table for figure in figures} >= {"sites", "concerns", "devices", "products", "contraindications"}
    for figure in figures:
        if figure.value:
            assert desk.reference.check(figure.place, figure.value) == figure.value, figure.place
        for impossible in ("-1", "1000000", "words", ""):
            with pytest.raises(Fault):
                desk.reference.check(figure.place, impossible)


def test_one_decision_after_another_keeps_the_whole_set_sound(desk: Desk) -> None:
    """Each figure moved to the end of what it may be: nothing that was decided before stops fitting."""
    for figure in _figures(desk.knowledge):
        now = desk.reference.figure(figure.place)
        end = next((one for one in now.choices if one != now.value), "") or text_of(now.most)
        if figure.table in {"sites", "interval"} and end != now.value:
            desk.reference.decide(figure.place, end, REASON)
    assert desk.reference.misfits == ()
    assert len(desk.reference.decisions) > 20


def test_taking_ours_back_leaves_no_mark_but_the_history(desk: Desk, clock: StandingClock) -> None:
    plain = desk.knowledge.version
    desk.reference.decide(FOREHEAD, "0.9", REASON)
    clock.pass_(days=3)
    desk.reference.take_back(FOREHEAD, "Revised")
    assert desk.knowledge.sites["forehead"] == desk.reference.ours.sites["forehead"]
    assert desk.knowledge.version == plain
    back, set_ = desk.reference.history("sites", "forehead")
    assert (set_.value, set_.ours, set_.reason) == ("0.9", "0.75", REASON)
    assert (back.value, back.reason) == ("", "Revised")
    assert back.at > set_.at


def test_setting_what_we_ship_is_the_same_as_taking_ours_back(desk: Desk) -> None:
    desk.reference.decide(FOREHEAD, "0.9", REASON)
    desk.reference.decide(FOREHEAD, "0.75", "Back to the guides")
    assert desk.knowledge.sites["forehead"].own == ()


def test_ours_is_not_taken_back_from_under_another_own_value(desk: Desk) -> None:
    desk.reference.decide(FOREHEAD, "0.9", REASON)
    desk.reference.decide(USUAL, "0.8", REASON)
    with pytest.raises(Fault) as caught:
        desk.reference.take_back(FOREHEAD, "Revised")
    assert caught.value.code is FaultCode.FIGURE_DOES_NOT_FIT
    assert desk.knowledge.sites["forehead"].warn_above_mm == Decimal("0.9")


def test_what_lives_elsewhere_follows(desk: Desk) -> None:
    desk.reference.decide(PEEL, "60", REASON)
    assert desk.knowledge.combinations["light-peel"].before_days == 60
    desk.reference.decide(("devices", "skinpen-precision", "settings.depth_max_mm"), "2", REASON)
    desk.reference.decide(("products", "lmx4-us", "anaesthetic.max_g"), "30", REASON)
    listed = {product.knowledge_id: product for product in desk.materials.all()}
    pen, cream = listed["skinpen-precision"].device, listed["lmx4-us"].anaesthetic
    assert isinstance(pen, DeviceSettings)
    assert isinstance(cream, AnaestheticLimits)
    assert pen.depth_max_mm == 2
    assert "2 mm instead of 2.5 mm" in pen.source
    assert cream.max_g == 30
    assert "30 g instead of none" in cream.source
    desk.reference.take_back(("devices", "skinpen-precision", "settings.depth_max_mm"), "Revised")
    again = next(one for one in desk.materials.all() if one.knowledge_id == "skinpen-precision")
    assert again.device == desk.reference.ours.devices["skinpen-precision"].settings


def test_decisions_last_and_those_that_need_each_other_are_found_in_any_order(door: Door) -> None:
    desk = set_up_desk(door)
    desk.reference.decide(FOREHEAD, "0.9", REASON)
    desk.reference.decide(USUAL, "0.8", REASON)
    desk.reference.decide(FOREHEAD, "0.95", REASON)
    version = desk.knowledge.version
    desk.close()
    again = door.unlock(str(desk.me.id), PASSPHRASE)
    try:
        site = again.knowledge.sites["forehead"]
        assert (site.default_to_mm, site.warn_above_mm) == (Decimal("0.8"), Decimal("0.95"))
        assert again.reference.misfits == ()
        assert again.knowledge.version == version
        assert len(again.reference.decisions) == 3
    finally:
        again.close()


def test_the_version_names_the_set_the_decisions_and_what_they_say(desk: Desk) -> None:
    plain = desk.knowledge.version
    seen = [plain]
    for typed in ("0.9", "0.8", "0.9"):
        desk.reference.decide(FOREHEAD, typed, REASON)
        seen.append(desk.knowledge.version)
    assert len(set(seen)) == 4
    assert all(version.startswith(f"{plain}+clinic") for version in seen[1:])
    assert [version.partition("+clinic")[2].split("-")[0] for version in seen[1:]] == ["1", "2", "3"]
    # The same values bear the same fingerprint.
    assert seen[1].rpartition("-")[2] == seen[3].rpartition("-")[2]


# at work


def _visit(desk: Desk, depth: str) -> SessionFlow:
    client = desk.clients.add(builders.a_client())
    flow, _ = desk.sessions.resume(desk.sessions.start(client.id).id)
    full = builders.a_full_draft()
    early = {name: getattr(full, name) for name in ("consultation", "consent", "cleansing", "numbing")}

    def prepared(draft: SessionDraft) -> SessionDraft:
        return draft.with_(**early, needling=Needling(time_out=full.needling.time_out))

    flow.edit(prepared)
    (one, *_) = full.needling.passes
    only = one.with_(zone="forehead", depth_mm=Decimal(depth))
    late = {name: getattr(full, name) for name in ("serums", "cooling", "reactions")}
    flow.edit(lambda draft: draft.with_(needling=full.needling.with_(passes=(only,)), **late))
    return flow


def _warned(flow: SessionFlow) -> list[str]:
    flow.refresh()
    return [finding.sources[0].address for finding in flow.findings if finding.code == "depth-warn"]


def test_a_visit_under_way_is_judged_by_what_holds_now(desk: Desk) -> None:
    flow = _visit(desk, "0.8")
    assert len(_warned(flow)) == 1
    desk.reference.decide(FOREHEAD, "0.9", REASON)
    assert _warned(flow) == []
    desk.reference.decide(FOREHEAD, "0.6", "More careful")
    (source,) = _warned(flow)
    assert "0.6 mm" in source
    assert "0.75 mm" in source


def test_a_signed_visit_keeps_the_version_that_it_was_judged_by(desk: Desk, clock: StandingClock) -> None:
    flow = _visit(desk, "0.5")
    begun = flow.draft.knowledge_version
    desk.reference.decide(FOREHEAD, "0.9", REASON)
    clock.moment = builders.ENDED
    sheet = desk.papers.aftercare(flow.draft, desk.clients.get(flow.draft.client_id))
    desk.papers.give(flow, sheet, HandOver.PRINTED)
    signed = desk.sessions.sign(flow)
    judged_by = desk.knowledge.version
    assert signed.draft.knowledge_version == judged_by != begun
    desk.reference.take_back(FOREHEAD, "Revised")
    assert desk.history.visit(signed.id).draft.knowledge_version == judged_by
    # The builders name a photo that no test takes.
    assert all("photo" in flaw.says for flaw in desk.proof.whole().flaws)


@pytest.mark.parametrize(("column", "named"), [("value", "Forehead"), ("at", "Forehead"), ("entry", "cannot be told")])
def test_a_damaged_own_value_is_told_to_everybody_who_treats(
    tmp_path: Path, clock: StandingClock, monkeypatch: pytest.MonkeyPatch, column: str, named: str
) -> None:
    clinic = Clinic(tmp_path / "clinic", clock, monkeypatch)
    with clinic.opened() as desk:
        desk.reference.decide(FOREHEAD, "0.9", REASON)
        assert desk.reference.notices() == ()
    clinic.tamper(f"UPDATE clinic_value SET \"{column}\" = x'ff00'")
    with clinic.opened() as desk:
        (notice,) = desk.reference.notices()
        assert named in notice
        assert desk.knowledge.sites["forehead"].warn_above_mm == Decimal("0.75")


@pytest.mark.parametrize(
    ("key", "typed", "field", "value"),
    [
        ("g_per_10cm2", "1.5", "g_per_10cm2", Decimal("1.5")),
        ("not_again_h", "12", "not_again_h", 12),
        ("usual_to_min", "45", None, None),
    ],
)
def test_layer_and_hours_of_a_label_reach_the_products_of_the_list(
    desk: Desk, key: str, typed: str, field: str | None, value: object
) -> None:
    desk.reference.decide(("products", "lmx4-uk", key), typed, REASON)
    entry = desk.knowledge.products["lmx4-uk"]
    (listed,) = (one for one in desk.materials.all() if one.knowledge_id == "lmx4-uk")
    assert listed.anaesthetic is not None
    assert str(getattr(entry, key)) == typed
    if field is not None:
        assert getattr(listed.anaesthetic, field) == value
        assert entry.anaesthetic is not None
        assert listed.anaesthetic.source == entry.anaesthetic.source, "the product names whose figure it is"


@pytest.mark.parametrize(
    ("place", "typed"),
    [
        (("doses", "lidocaine", "mg_per_kg"), "4.2"),
        (("weight", "weight", "adult_least_kg"), "42.5"),
    ],
)
def test_a_value_for_each_kilogram_need_not_be_whole(desk: Desk, place: tuple[str, str, str], typed: str) -> None:
    desk.reference.decide(place, typed, REASON)
    entry = desk.knowledge.entry(":".join(place[:2]))
    assert getattr(entry, place[2]) == Decimal(typed)
