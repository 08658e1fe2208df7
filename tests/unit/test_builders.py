"""The builders make what they promise."""

from tests import builders


def test_the_full_draft_is_a_visit_on_three_zones_with_two_passes_and_two_depths_each():
    draft = builders.a_full_draft()
    by_zone: dict[str, list] = {}
    for needling_pass in draft.needling.passes:
        by_zone.setdefault(needling_pass.zone, []).append(needling_pass.depth_mm)
    assert list(by_zone) == list(builders.FULL_DRAFT_ZONES)
    assert all(len(set(depths)) == len(depths) == 2 for depths in by_zone.values())


def test_the_full_draft_happens_in_order():
    draft = builders.a_full_draft()
    numbing = draft.numbing[0]
    moments = [
        draft.started_at,
        draft.consultation.allergies_confirmed_at,
        draft.consent.signature.at,
        draft.cleansing.done_at,
        numbing.on_at,
        numbing.removed_at,
        *(tick.at for tick in draft.needling.time_out),
        draft.needling.started_at,
        *(needling_pass.at for needling_pass in draft.needling.passes),
        draft.needling.ended_at,
        *(use.at for use in (*draft.serums, *draft.cooling)),
        *(seen.at for seen in draft.reactions.observations),
        draft.aftercare.given[-1].at,
    ]
    assert moments == sorted(moments)
    ids = [each.id for each in (*draft.needling.passes, *draft.serums, *draft.cooling, *draft.cleansing.uses)]
    assert len(set(ids)) == len(ids)


def test_a_field_can_be_replaced_and_is_checked():
    assert builders.a_client(number=7).label == "C-0007"
    assert builders.a_full_draft(revision=41).revision == 41


def test_a_draft_survives_writing_and_reading_as_json():
    draft = builders.a_full_draft()
    assert type(draft).model_validate_json(draft.model_dump_json()) == draft
