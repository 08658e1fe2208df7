"""What may be entered can be signed, and what was signed is found unchanged, however the clock was set."""

from __future__ import annotations

import hashlib
from contextlib import closing
from datetime import timedelta
from decimal import Decimal
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import pytest
import sqlcipher3.dbapi2 as sqlcipher

from needlelog.domain.papers import Paper, PaperKind
from needlelog.domain.session import Aftercare
from needlelog.domain.signed import Addendum
from needlelog.storage.sessions import SealProblem
from tests import builders as visits
from tests.integration.storage import builders
from tests.integration.storage.conftest import KEY, Store


def _paper(data: bytes, client_id: UUID, session_id: UUID, minutes: int = 0) -> Paper:
    return Paper(
        id=uuid4(),
        session_id=session_id,
        client_id=client_id,
        kind=PaperKind.AFTERCARE,
        language="en",
        template_version="1",
        sha256=hashlib.sha256(data).hexdigest(),
        size_bytes=len(data),
        made_at=builders.NOON + timedelta(minutes=minutes),
    )


def test_a_clock_of_another_zone_breaks_no_seal(store: Store) -> None:
    store.clock.moment = builders.NOON.astimezone(ZoneInfo("America/St_Johns"))
    client = store.clients.add(builders.client())
    signed = store.sign(client, builders.draft(client.id))
    store.keep(_paper(b"%PDF", client.id, signed.id), b"%PDF")
    now = store.clock.now()
    store.sessions.add_addendum(Addendum(id=uuid4(), session_id=signed.id, text="Later", by="Ana", at=now))
    store.sessions.invalidate(signed.id, reason="Error", by="Ana", at=now)
    assert store.sessions.verify() == ()


@pytest.mark.parametrize(
    "change",
    ["concerns = 'hair'", "none_observed = 1", "time_zone = 'Asia/Tokyo'", "content_sha256 = 'x'"],
)
def test_a_change_of_what_only_lists_show_is_found(store: Store, change: str) -> None:
    client = store.clients.add(builders.client())
    signed = store.sign(client, builders.draft(client.id))
    store.database.close()
    with closing(sqlcipher.connect(store.path, isolation_level=None)) as raw:
        raw.execute(f"PRAGMA key = \"x'{KEY.hex()}'\"")
        raw.execute("DROP TRIGGER session_never_changed")
        raw.execute(f"UPDATE session SET {change}")
    assert [(one.problem, one.subject_id) for one in store.sessions.verify()] == [(SealProblem.ROWS_DIFFER, signed.id)]


def test_the_paper_kept_last_comes_first_after_the_clock_was_set_back(store: Store) -> None:
    client = store.clients.add(builders.client())
    draft = store.drafts.save(builders.draft(client.id))
    first, corrected = _paper(b"one", client.id, draft.id, 5), _paper(b"two", client.id, draft.id, -60)
    store.keep(first, b"one")
    store.keep(corrected, b"two")
    assert [paper.id for paper in store.papers.for_session(draft.id)] == [corrected.id, first.id]


def test_the_greatest_and_finest_numbers_that_may_be_entered_can_be_signed(store: Store) -> None:
    client = store.clients.add(builders.client())
    finest = visits.a_full_draft(
        id=uuid4(),
        client_id=client.id,
        revision=0,
        needling=visits.a_needling(
            passes=(visits.a_pass(depth_mm=Decimal("9999.99"), output=Decimal("999999.999"), count=99),)
        ),
        numbing=(visits.a_numbing(applied_g=Decimal("0.001"), area_cm2=Decimal("99999.9")),),
        serums=(visits.a_use(amount=Decimal("9999999.999"), duration_s=1_000_000),),
        aftercare=Aftercare(),
    )
    store.sign(client, finest)
    assert store.sessions.verify() == ()


@pytest.mark.parametrize("output", ["0.0001", "1e20", "-1"])
def test_a_setting_that_could_never_be_signed_is_not_taken(output: str) -> None:
    with pytest.raises(ValueError, match="output"):
        visits.a_pass(output=Decimal(output))
