"""The printed recovery key can be read off the paper, group by group."""

from __future__ import annotations

from needlelog.documents.recovery_sheet import RecoverySheet, make_recovery_sheet
from needlelog.i18n import Words
from tests.builders import ENDED, a_clinic
from tests.integration.documents.papers import fonts_of, opened, pieces, text_of

GROUPS = ("7K4QM", "X2RTW", "9BHNC", "PD3VE", "ZJ6FY", "8WMKA")


def test_the_key_stands_in_large_type_on_one_page() -> None:
    paper = make_recovery_sheet(RecoverySheet(a_clinic(), GROUPS, ENDED), Words())
    large = [piece for piece in pieces(paper) if 26 < piece.size < 28]

    assert len(opened(paper).pages) == 1
    assert "".join("".join(piece.text.split()) for piece in large) == "".join(GROUPS)
    assert "Quay Street Skin Clinic" in text_of(paper)
    assert "20-Nov-2026" in text_of(paper)
    assert all(dict(fonts_of(paper)).values())


def test_the_key_is_not_in_what_the_file_says_of_itself() -> None:
    paper = make_recovery_sheet(RecoverySheet(a_clinic(), GROUPS, ENDED), Words())

    assert not any(group in str(opened(paper).metadata) for group in GROUPS)
