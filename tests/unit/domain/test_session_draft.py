"""The draft: each of its entries is itself and no other."""

from __future__ import annotations

from typing import Any

import pytest

from needlelog.domain.session import Reactions
from needlelog.errors import Fault, FaultCode
from needlelog.i18n import Words
from tests import builders


@pytest.mark.parametrize(
    ("changes", "what"),
    [
        ({"needling": builders.a_needling(passes=(builders.a_pass(), builders.a_pass(zone="nose")))}, "pass"),
        ({"serums": (builders.a_use(),), "cooling": (builders.a_use(),)}, "product"),
        ({"reactions": Reactions(observations=(builders.an_observation(),) * 2)}, "reaction"),
        ({"reactions": Reactions(adverse_events=(builders.an_adverse_event(),) * 2)}, "adverse event"),
    ],
)
def test_two_entries_under_one_id_are_refused_before_anything_is_saved(changes: dict[str, Any], what: str) -> None:
    draft = builders.a_draft()
    with pytest.raises(Fault) as caught:
        draft.with_(**changes)
    assert (caught.value.code, caught.value.values) == (FaultCode.ENTRY_TWICE, {"what": what})
    assert str(Words().fault(caught.value)).startswith(f"One {what} stands in this visit twice.")


def test_equal_entries_under_their_own_ids_are_welcome() -> None:
    passes = (builders.a_pass(), builders.a_pass(id=builders.an_id(77)))
    assert builders.a_draft(needling=builders.a_needling(passes=passes)).needling.passes == passes
