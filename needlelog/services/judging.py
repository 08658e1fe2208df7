"""Holds the rules against one draft with the client, the clinic's list and the time as they are."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from uuid import UUID

from needlelog.clock import Clock
from needlelog.domain.client import Client
from needlelog.domain.findings import Finding
from needlelog.domain.materials import Product
from needlelog.domain.session import SessionDraft
from needlelog.domain.treatment import NeedlingPass
from needlelog.i18n import Words
from needlelog.knowledge.model import Knowledge
from needlelog.rules.circumstances import Circumstances
from needlelog.rules.completeness import Item, items
from needlelog.rules.depth import judge_pass
from needlelog.rules.judgement import judge
from needlelog.rules.traceability import judge_lot, lot_of_pass


class DraftJudge:
    """The rules for one visit; what they look at is read once and again on ``reload``."""

    def __init__(
        self,
        *,
        client: Callable[[], Client],
        products: Callable[[], Mapping[UUID, Product]],
        last_visit_on: date | None,
        knowledge: Knowledge,
        clock: Clock,
        tr: Words,
    ) -> None:
        self._read_client = client
        self._read_products = products
        self._last_visit_on = last_visit_on
        self._knowledge = knowledge
        self._clock = clock
        self._tr = tr
        self.reload()

    def reload(self) -> None:
        """Look at the client and the clinic's list afresh."""
        self._client = self._read_client()
        self._products = self._read_products()

    @property
    def client(self) -> Client:
        """The client as last read."""
        return self._client

    @property
    def around(self) -> Circumstances:
        """What the rules look at, now."""
        return Circumstances(
            client=self._client,
            knowledge=self._knowledge,
            products=self._products,
            now=self._clock.now(),
            tr=self._tr,
            last_visit_on=self._last_visit_on,
        )

    def findings(self, draft: SessionDraft) -> tuple[Finding, ...]:
        """Every finding on ``draft``, overridden or not."""
        return judge(draft, self.around)

    def items(self, draft: SessionDraft) -> tuple[Item, ...]:
        """What the record needs, item by item."""
        return items(draft, self.around)

    def of_pass(self, draft: SessionDraft, needling_pass: NeedlingPass) -> tuple[Finding, ...]:
        """What would speak against a pass that is about to be recorded."""
        around = self.around
        lot = judge_lot(lot_of_pass(needling_pass), draft, around, field=f"zone:{needling_pass.zone}")
        return (*judge_pass(needling_pass, around), *lot)
