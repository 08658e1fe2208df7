"""One open clinic database on a real disk."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from needlelog.domain.client import Client
from needlelog.domain.papers import HandOver, Paper, SheetGiven
from needlelog.domain.session import SessionDraft
from needlelog.domain.signed import SignedSession
from needlelog.storage.clients import ClientRepository
from needlelog.storage.clinic import ClinicRepository, PractitionerRepository
from needlelog.storage.clinic_values import ClinicValueRepository
from needlelog.storage.database import Database
from needlelog.storage.drafts import DraftRepository
from needlelog.storage.follow_ups import FollowUpRepository
from needlelog.storage.lots import LotRepository
from needlelog.storage.own_texts import OwnTextsRepository
from needlelog.storage.papers import PaperRepository, add_paper
from needlelog.storage.products import ProductRepository
from needlelog.storage.series import SeriesRepository
from needlelog.storage.sessions import SessionRepository
from needlelog.storage.stock import StockRepository
from tests.clocks import FixedClock
from tests.integration.storage import builders

KEY = bytes(range(32))


def given_so(paper: Paper, how: HandOver) -> SheetGiven:
    """The hand-over of a paper at noon."""
    return SheetGiven(document_id=paper.id, sha256=paper.sha256, how=how, at=builders.NOON, by="Ana")


class Store:
    """Every repository over one database."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.clock = FixedClock(builders.NOON)
        self.database = Database.open(path, KEY) if path.exists() else Database.create(path, KEY)
        self.clinic = ClinicRepository(self.database, self.clock)
        self.practitioners = PractitionerRepository(self.database, self.clock)
        self.clients = ClientRepository(self.database, self.clock)
        self.products = ProductRepository(self.database, self.clock)
        self.drafts = DraftRepository(self.database, self.clock)
        self.sessions = SessionRepository(self.database, self.clock)
        self.papers = PaperRepository(self.database, self.clock)
        self.follow_ups = FollowUpRepository(self.database, self.clock)
        self.lots = LotRepository(self.database)
        self.stock = StockRepository(self.database)
        self.clinic_values = ClinicValueRepository(self.database)
        self.own_texts = OwnTextsRepository(self.database)
        self.series = SeriesRepository(self.database)

    def sign(self, client: Client, draft: SessionDraft) -> SignedSession:
        """Save and sign ``draft``."""
        saved = self.drafts.save(draft)
        return self.sessions.sign(
            saved, client=builders.as_signed(client), signed_at=self.clock.now(), signed_by="Ana Nowak, RN"
        )

    def keep(self, paper: Paper, data: bytes, how: HandOver = HandOver.SHOWN) -> None:
        """Keep a paper that was given so, at noon."""
        with self.database.writing() as session:
            add_paper(session, paper, data, given_so(paper, how), self.clock.now())


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = Store(tmp_path / "clinic.db")
    yield made
    made.database.close()
