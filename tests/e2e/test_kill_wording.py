"""The plug pulled while a paper is worded: what was shown as saved is there again, and counts for nothing."""

from __future__ import annotations

from pathlib import Path

from needlelog.domain.own_texts import SheetKind
from tests.desks import START
from tests.e2e.next_start import opened
from tests.e2e.processes import Child

LINES = {"title": "Our {own} title <b>", "rules.no-sauna": ""}
GIVEN = {"now": START.isoformat(), "lines": LINES, "out": "rules.no-swimming"}


def test_half_written_wording_outlasts_the_plug(clinic: Path) -> None:
    with Child("write_wording", clinic, **GIVEN) as child:
        assert child.until(at="begun")["notice"] == ""
        assert child.until(at="saved")["said"].startswith("3 lines changed, not in use yet. Draft saved ")
        child.kill()
    with Child("write_wording", clinic, **GIVEN) as second:
        again = second.until(at="begun")
        second.kill()
    assert again["typed"] == {"title": LINES["title"], "rules.no-sauna.brief": ""}
    assert again["left_out"] == ["rules.no-swimming.text"]
    assert "is back, and not in use yet" in again["notice"]
    with opened(clinic) as desk:
        assert desk.proof.whole().flaws == ()
        assert desk.templates.current(SheetKind.AFTERCARE, "en") is None
