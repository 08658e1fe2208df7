"""Depth at every limit: of the device, of its label, of the zone and of the general ceiling."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest

from needlelog.domain.findings import Considered, Finding, Gate, Level
from needlelog.domain.materials import DeviceKind, DeviceSettings
from needlelog.knowledge.bands import is_unsourced
from needlelog.knowledge.entry import OwnValue
from needlelog.rules.circumstances import Circumstances
from needlelog.rules.depth import above_limit_mm, asks_depth, judge_depths, judge_pass
from needlelog.rules.judgement import answered
from needlelog.workflow.precautions import as_told
from tests import builders

Around = Callable[..., Circumstances]


def _codes(around: Circumstances, zone: str, depth: str, *, device: bool = True) -> set[str]:
    one = builders.a_pass(zone=zone, depth_mm=Decimal(depth), device_id=builders.DEVICE_ID if device else None)
    return {finding.code for finding in judge_pass(one, around)}


@pytest.mark.parametrize(
    ("zone", "depth", "codes"),
    [
        ("nose", "0.50", set()),
        ("nose", "0.51", {"depth-warn"}),
        ("nose", "0.75", {"depth-warn"}),
        ("nose", "0.76", {"depth-zone"}),
        ("abdomen", "2.00", {"depth-evaluated"}),
        ("abdomen", "2.50", {"depth-evaluated", "depth-warn"}),
        ("abdomen", "2.51", {"depth-device", "depth-ceiling"}),
        ("cheek_left", "1.50", {"depth-warn"}),
        ("cheek_left", "1.51", {"depth-evaluated", "depth-zone"}),
        ("eyelid_left", "0.10", {"zone-never"}),
        ("lip_vermilion", "0.10", {"zone-never"}),
    ],
)
def test_the_limit_itself_is_allowed_and_the_next_hundredth_is_not(
    zone: str, depth: str, codes: set[str], around: Around
) -> None:
    assert _codes(around(), zone, depth) == codes


@pytest.mark.parametrize(
    ("zone", "concerns", "depth", "codes"),
    [
        ("cheek_left", (), "1.25", {"depth-warn"}),
        ("cheek_left", ("acne-scars",), "1.25", set()),
        ("cheek_left", ("acne-scars",), "1.51", {"depth-evaluated", "depth-zone"}),
        ("cheek_left", ("acne-scars", "texture-tone"), "1.25", {"depth-warn"}),
        ("cheek_left", ("hyperpigmentation",), "0.50", set()),
        ("cheek_left", ("hyperpigmentation",), "0.51", {"depth-warn"}),
        ("nose", ("hyperpigmentation",), "0.51", {"depth-warn"}),
        ("abdomen", ("stretch-marks",), "2.01", {"depth-evaluated", "depth-warn"}),
        ("abdomen", ("abdominal-scar",), "2.50", {"depth-evaluated"}),
        ("cheek_left", ("a-concern-of-an-older-version",), "1.25", {"depth-warn"}),
    ],
)
def test_the_bands_are_those_of_the_concern_and_the_strictest_of_several(
    zone: str, concerns: tuple[str, ...], depth: str, codes: set[str], around: Around
) -> None:
    one = builders.a_pass(zone=zone, depth_mm=Decimal(depth), device_id=builders.DEVICE_ID)
    found = judge_pass(one, around(), concerns)
    assert {finding.code for finding in found} == codes
    assert all(finding.sources for finding in found)


@pytest.mark.parametrize("depth", ["2.51", "9.00"])
def test_a_zone_that_is_on_no_list_still_has_the_device_and_the_ceiling(depth: str, around: Around) -> None:
    assert _codes(around(), "zone-of-an-older-version", depth) == {"depth-device", "depth-ceiling"}
    assert _codes(around(), "zone-of-an-older-version", depth, device=False) == {"depth-ceiling"}


def test_radio_frequency_is_held_against_its_own_range_and_never_on_eyelids(around: Around) -> None:
    settings = DeviceSettings(
        kind=DeviceKind.RF, depth_min_mm=Decimal("0.5"), depth_max_mm=Decimal("3.5"), depth_step_mm=Decimal("0.5")
    )
    surroundings = around(products={builders.DEVICE_ID: builders.a_device(device=settings)})
    assert _codes(surroundings, "abdomen", "3.50") == {"depth-rf-unsourced"}
    assert _codes(surroundings, "abdomen", "3.51") == {"depth-device", "depth-rf-unsourced"}
    assert _codes(surroundings, "cheek_left", "0.49") == {"depth-device"}
    assert _codes(surroundings, "eyelid_left", "0.50") == {"zone-never"}


@pytest.mark.parametrize(
    ("zone", "depth", "codes"),
    [
        ("cheek_left", "1.0", set()),
        ("cheek_left", "1.1", {"depth-rf"}),
        ("malar_left", "1.0", set()),
        ("malar_left", "1.1", {"depth-rf"}),
        ("perioral", "0.5", set()),
        ("perioral", "0.6", {"depth-rf"}),
        ("upper_lip", "0.5", set()),
        ("upper_lip", "0.6", {"depth-rf"}),
        ("neck_front", "1.5", set()),
        ("neck_front", "1.6", {"depth-rf"}),
        ("nose", "2.0", set()),
        ("nose", "2.1", {"depth-rf"}),
        ("forehead", "1.5", set()),
        ("forehead", "1.6", {"depth-rf"}),
        ("temple_left", "1.6", {"depth-rf"}),
        ("chin", "0.5", {"depth-rf-unsourced"}),
        ("chin", "2.1", {"depth-rf"}),
        ("scalp_crown", "0.5", {"depth-rf-unsourced"}),
        ("hand_left", "0.5", {"depth-rf-unsourced"}),
        ("decolletage", "0.5", {"depth-rf-unsourced"}),
        ("abdomen", "0.5", {"depth-rf-unsourced"}),
        ("thigh_left", "3.5", {"depth-rf-unsourced"}),
        ("periorbital_left", "0.5", {"depth-rf-unsourced"}),
        ("periorbital_left", "3.5", {"depth-rf-unsourced"}),
    ],
)
def test_radio_frequency_is_asked_about_where_its_review_goes_less_deep_or_says_nothing(
    zone: str, depth: str, codes: set[str], around: Around
) -> None:
    settings = DeviceSettings(kind=DeviceKind.RF, depth_max_mm=Decimal("3.5"), depth_step_mm=Decimal("0.5"))
    surroundings = around(products={builders.DEVICE_ID: builders.a_device(device=settings)})
    assert _codes(surroundings, zone, depth) == codes
    for finding in judge_pass(builders.a_pass(zone=zone, depth_mm=Decimal(depth)), surroundings):
        assert (finding.level, finding.gate) == (Level.ASK, Gate.NONE)
        assert "asjof" in finding.sources[0].address


def test_a_depth_for_radio_frequency_is_none_for_needles(around: Around) -> None:
    here = around()
    site = here.knowledge.site_of("shoulder_left")
    own = OwnValue(key="rf_above_mm", value="3", ours="", reason="Our device", by="M", at=builders.a_moment(1))
    assert is_unsourced(site.with_(own=(own,), rf_above_mm=Decimal(3)))
    assert not is_unsourced(site.with_(own=(own.with_(key="warn_above_mm"),), warn_above_mm=Decimal(1)))


@pytest.mark.parametrize("zone", ["shoulder_left", "elbow_right", "flank_left", "lower_leg_left", "calf_right"])
def test_where_no_source_gives_a_depth_it_says_so(zone: str, around: Around) -> None:
    assert _codes(around(), zone, "1.00", device=False) == set()
    assert _codes(around(), zone, "1.01", device=False) == {"depth-unsourced"}
    assert _codes(around(), zone, "2.51", device=False) == {"depth-ceiling"}
    assert _codes(around(), "thigh_left", "1.50", device=False) == set()


def test_what_blocks_can_be_overridden_and_names_its_source(around: Around) -> None:
    for finding in judge_pass(builders.a_pass(depth_mm=Decimal("2.6")), around()):
        assert (finding.gate, finding.overridable, bool(finding.sources)) == (Gate.NEEDLING, True, True)


def test_a_reason_is_given_once_for_passes_alike_and_for_each_that_differs(around: Around) -> None:
    values = [("nose", "0.60"), ("nose", "0.60"), ("nose", "0.70"), ("chin", "1.50"), ("nose", "0.40")]
    passes = tuple(
        builders.a_pass(id=builders.an_id(900 + n), zone=zone, depth_mm=Decimal(depth))
        for n, (zone, depth) in enumerate(values)
    )
    draft = builders.a_full_draft(needling=builders.a_needling(passes=passes))
    found = [(finding.code, finding.field, finding.key.rpartition(":")[2]) for finding in judge_depths(draft, around())]
    assert found == [
        ("depth-warn", "zone:nose", "0.6"),
        ("depth-warn", "zone:nose", "0.7"),
        ("depth-warn", "zone:chin", "1.5"),
    ]


def _asked(around: Circumstances, zone: str, depth: str, *concerns: str) -> Finding:
    one = builders.a_pass(zone=zone, depth_mm=Decimal(depth), device_id=builders.DEVICE_ID)
    (found,) = (one for one in judge_pass(one, around, concerns) if asks_depth(one))
    return found


def test_what_the_depth_is_held_against_is_part_of_what_is_asked(around: Around) -> None:
    here = around()
    of_scars, of_pigment = (_asked(here, "forehead", "1.0", one) for one in ("acne-scars", "hyperpigmentation"))
    assert of_scars.key != of_pigment.key
    assert _asked(here, "forehead", "1.00", "acne-scars").key == of_scars.key
    assert _asked(here, "forehead", "1.1", "acne-scars").key != of_scars.key


def test_without_any_sourced_depth_it_is_asked_once_whatever_the_depth(around: Around) -> None:
    settings = DeviceSettings(kind=DeviceKind.RF, depth_max_mm=Decimal("3.5"), depth_step_mm=Decimal("0.5"))
    of_rf = around(products={builders.DEVICE_ID: builders.a_device(device=settings)})
    assert len({_asked(of_rf, "abdomen", depth).key for depth in ("3.0", "2.5", "2.0")}) == 1
    assert _asked(of_rf, "abdomen", "3.0").key != _asked(of_rf, "hand_left", "3.0").key
    assert len({_asked(around(), "shoulder_left", depth).key for depth in ("1.25", "1.4", "1.5")}) == 1


@pytest.mark.parametrize(
    ("zone", "depth", "concern", "covered"),
    [
        ("forehead", "1.0", "acne-scars", True),
        ("forehead", "1.5", "acne-scars", False),
        ("forehead", "1.0", "hyperpigmentation", False),
        ("temple_left", "1.0", "acne-scars", False),
    ],
)
def test_whoever_means_a_deeper_pass_means_a_shallower_one_of_the_same_zone_and_limit(
    zone: str, depth: str, concern: str, covered: bool, around: Around
) -> None:
    here = around()
    deep = Considered(
        finding=_asked(here, "forehead", "1.25", "acne-scars"), note="Old scar", by="me", at=builders.ENDED
    )
    draft = builders.a_full_draft().with_(considered=(deep,))
    finding = _asked(here, zone, depth, concern)
    assert answered(draft, finding) is covered
    if covered:
        (told,) = (one for one in as_told(draft, (deep.finding, finding)).considered if one.finding == finding)
        assert (told.by, told.at, told.note) == (deep.by, deep.at, "")


def test_another_device_has_other_limits(around: Around) -> None:
    passes = tuple(
        builders.a_pass(id=builders.an_id(900 + n), zone="abdomen", depth_mm=Decimal("2.00"), device_id=device_id)
        for n, device_id in enumerate((None, builders.DEVICE_ID))
    )
    draft = builders.a_full_draft(needling=builders.a_needling(passes=passes))
    assert [finding.code for finding in judge_depths(draft, around())] == ["depth-evaluated"]


@pytest.mark.parametrize(
    ("zone", "depth", "above"),
    [
        ("nose", "1.75", {"depth-zone": "1.00", "depth-evaluated": "0.25"}),
        ("abdomen", "2.51", {"depth-device": "0.01", "depth-ceiling": "0.01"}),
        ("eyelid_left", "0.10", {"zone-never": None}),
    ],
)
def test_how_far_a_pass_went_beyond_each_figure(
    zone: str, depth: str, above: dict[str, str | None], around: Around
) -> None:
    one = builders.a_pass(zone=zone, depth_mm=Decimal(depth), device_id=builders.DEVICE_ID)
    found = {finding.code: above_limit_mm(finding) for finding in judge_pass(one, around())}
    assert found == {code: None if figure is None else Decimal(figure) for code, figure in above.items()}
