"""The plug pulled in the middle of signing, of giving a sheet, of taking a photo in: whole or not there, never half."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from PIL import Image

from needlelog.domain.papers import HandOver
from needlelog.domain.session import SessionDraft
from needlelog.errors import Fault, FaultCode
from needlelog.paths import DataFolder
from needlelog.services.desk import Desk
from tests.desks import START
from tests.e2e.next_start import opened, stored
from tests.e2e.processes import Child

NOW = START.isoformat()


def killed(child: Child) -> None:
    """Wait until the child's own plug is pulled."""
    assert child.end() == -9, child.errors()


def shown(child: Child, at: str) -> SessionDraft:
    """What stood on the screen, and was said to be saved, at this line."""
    line = next(line for line in child.told if line["at"] == at)
    assert line["mark"].startswith("Saved ")
    return SessionDraft.model_validate(line["draft"])


def signed(desk: Desk, draft_id: UUID) -> SessionDraft | None:
    """What was signed, if it was."""
    try:
        found = desk.history.visit(draft_id).draft
        # What was told and considered is sealed at signing: the draft that was shown before did not say it yet.
        return found.with_(considered=(), unanswered=())
    except Fault as fault:
        if fault.code is FaultCode.RECORD_NOT_FOUND:
            return None
        raise


@pytest.mark.parametrize(
    ("moment", "is_signed"),
    [("change 1", False), ("change 5", False), ("commit", False), ("committed", True)],
)
def test_the_plug_is_pulled_while_a_visit_is_signed(clinic: Path, moment: str, is_signed: bool) -> None:
    with Child("sign_ready", clinic, now=NOW, moment=moment) as child:
        killed(child)
        draft = shown(child, "signing")
    with opened(clinic) as desk:
        assert desk.proof.whole().flaws == ()
        found = (stored(desk, draft.id), signed(desk, draft.id))
        assert found == ((None, draft) if is_signed else (draft, None))
        seen = desk.history.visits(draft.client_id)
        assert len(seen) == is_signed
        assert desk.clients.get(draft.client_id).full_name


def test_the_plug_is_pulled_from_outside_at_the_tap_that_signs(clinic: Path) -> None:
    with Child("sign_ready", clinic, now=NOW) as child:
        child.until(at="now")
        child.kill()
        draft = shown(child, "signing")
    with opened(clinic) as desk:
        assert desk.proof.whole().flaws == ()
        assert (stored(desk, draft.id), signed(desk, draft.id)) in ((draft, None), (None, draft))


@pytest.mark.parametrize(
    ("moment", "papers"),
    [*((f"change {number}", 0) for number in range(1, 6)), ("commit", 0), ("committed", 1)],
)
def test_the_plug_is_pulled_while_a_sheet_is_given(clinic: Path, moment: str, papers: int) -> None:
    with Child("give_sheet", clinic, now=NOW, moment=moment) as child:
        killed(child)
        draft = shown(child, "giving")
    with opened(clinic) as desk:
        assert desk.proof.whole().flaws == ()
        kept = desk.papers.of_session(draft.id)
        assert len(kept) == papers
        for paper in kept:
            assert len(desk.papers.data(paper.id)) == paper.size_bytes
            assert [one.how for one in desk.papers.hand_overs(paper.id)] == [HandOver.SHOWN]
        found = stored(desk, draft.id)
        assert found is not None
        given = found.aftercare.given
        assert [one.document_id for one in given] == [paper.id for paper in kept]
        assert found.with_(aftercare=draft.aftercare, revision=0, saved_at=None) == draft.with_(
            revision=0, saved_at=None
        )


@pytest.mark.parametrize(("moment", "is_there"), [("rename", False), ("change 1", True)])
def test_the_plug_is_pulled_while_a_sheet_is_saved_as_a_file(
    clinic: Path, tmp_path: Path, moment: str, is_there: bool
) -> None:
    target = tmp_path / "sheets" / "sheet.pdf"
    target.parent.mkdir()
    with Child("give_sheet", clinic, now=NOW, moment=moment, paper=str(target)) as child:
        killed(child)
        draft = shown(child, "giving")
    assert target.exists() == is_there
    if is_there:
        assert target.read_bytes().rstrip().endswith(b"%%EOF")
    with opened(clinic) as desk:
        assert stored(desk, draft.id) == draft
        assert desk.papers.of_session(draft.id) == ()
        assert desk.proof.whole().flaws == ()


@pytest.mark.parametrize(
    ("moment", "files", "named"),
    [("rename", 0, 0), ("change 1", 1, 0), ("commit", 1, 0), ("committed", 1, 1)],
)
def test_the_plug_is_pulled_while_a_photo_is_taken_in(
    clinic: Path, tmp_path: Path, moment: str, files: int, named: int
) -> None:
    picture = BytesIO()
    Image.new("RGB", (640, 480), (203, 161, 142)).save(picture, "JPEG")
    source = tmp_path / "before.jpg"
    source.write_bytes(picture.getvalue())
    with Child("take_photo", clinic, now=NOW, moment=moment, photo=str(source)) as child:
        killed(child)
        draft = shown(child, "taking")
    folder = DataFolder(clinic).photos
    assert len([path for path in folder.rglob("*") if path.is_file() and not path.name.endswith(".part")]) == files
    with opened(clinic) as desk:
        found = stored(desk, draft.id)
        assert found is not None
        photos = found.consultation.photos
        assert len(photos) == named
        again = desk.pictures.take_in(source.read_bytes(), view="before")
        for photo in (*photos, again):
            with Image.open(BytesIO(desk.pictures.whole(photo))) as whole:
                assert whole.size == (640, 480)
        assert {photo.sha256 for photo in photos} <= {again.sha256}
        assert desk.proof.whole().flaws == ()
        values: dict[str, Any] = {"consultation": draft.consultation, "revision": 0, "saved_at": None}
        assert found.with_(**values) == draft.with_(**values)
