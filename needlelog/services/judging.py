"""Holds the rules against one draft with the client, the clinic's list and the time as they are."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from uuid import UUID

from needlelog.clock import Clock
from needlelog.domain.client import Client
from needlelog.domain.clinic import Clinic
from needlelog.domain.findings import Finding
from needlelog.domain.history import NeedledVisit
from needlelog.domain.materials import Product
from needlelog.domain.own_texts import WordingInUse
from needlelog.domain.session import Numbing, SessionDraft
from needlelog.domain.stock import Shelf
from needlelog.domain.treatment import NeedlingPass
from needlelog.domain.unsettled import Unsettled
from needlelog.i18n import Words
from needlelog.knowledge.model import Knowledge
from needlelog.rules.circumstances import Circumstances
from needlelog.rules.completeness import items
from needlelog.rules.items import Item
from needlelog.rules.judgement import judge
from needlelog.rules.series import Standing
from needlelog.rules.traceability import LotInUse, judge_lot
from needlelog.workflow.passes import with_passes


class DraftJudge:
    """The rules for one visit; what they look at is read once and again on ``reload``."""

    def __init__(
        self,
        *,
        client: Callable[[], Client],
        products: Callable[[], Mapping[UUID, Product]],
        last_visit_on: date | None,
        needled: tuple[NeedledVisit, ...] = (),
        shelf: Callable[[], Shelf] = Shelf,
        knowledge: Callable[[], Knowledge],
        clock: Clock,
        tr: Words,
        series: Callable[[], Sequence[Standing]] = tuple,
        unsettled: Callable[[], tuple[Unsettled, ...]] = tuple,
        clinic: Callable[[], Clinic | None] = lambda: None,
        numbed_before: Callable[[], tuple[Numbing, ...]] = tuple,
        wording: Callable[[str], WordingInUse] = lambda _: WordingInUse(),
    ) -> None:
        self._read_client = client
        self._read_products = products
        self._last_visit_on = last_visit_on
        self._needled = needled
        self._read_shelf = shelf
        self._knowledge = knowledge
        self._clock = clock
        self._tr = tr
        self._read_series = series
        self._read_unsettled = unsettled
        self._read_clinic = clinic
        self._read_numbed_before = numbed_before
        self._read_wording = wording
        self.reload()

    def reload(self) -> None:
        """Look at the client, the clinic, its list, its stock and its wording afresh."""
        self._client = self._read_client()
        self._products = self._read_products()
        self._shelf = self._read_shelf()
        self._series = self._read_series()
        self._unsettled = self._read_unsettled()
        self._clinic = self._read_clinic()
        self._numbed_before = self._read_numbed_before()
        self._wording = self._read_wording(self._client.language)

    @property
    def client(self) -> Client:
        """The client as last read."""
        return self._client

    @property
    def around(self) -> Circumstances:
        """What the rules look at, now."""
        return Circumstances(
            client=self._client,
            knowledge=self._knowledge(),
            products=self._products,
            now=self._clock.now(),
            tr=self._tr,
            last_visit_on=self._last_visit_on,
            needled=self._needled,
            shelf=self._shelf,
            series=tuple(one.series for one in self._series),
            unsettled=self._unsettled,
            clinic=self._clinic,
            numbed_before=self._numbed_before,
            wording=self._wording,
        )

    def findings(self, draft: SessionDraft) -> tuple[Finding, ...]:
        """Every finding on ``draft``, overridden or not."""
        return judge(draft, self.around)

    def items(self, draft: SessionDraft) -> tuple[Item, ...]:
        """What the record needs, item by item."""
        return items(draft, self.around)

    def of_passes(self, draft: SessionDraft, new: Sequence[NeedlingPass]) -> tuple[Finding, ...]:
        """What would speak against passes that are about to be recorded, and does not stand against the draft yet."""
        known = {finding.key for finding in self.findings(draft)}
        candidate = draft.with_(needling=with_passes(draft.needling, new, self._clock.now()))
        return tuple(finding for finding in self.findings(candidate) if finding.key not in known)

    def of_zones(self, draft: SessionDraft, new: Sequence[NeedlingPass]) -> tuple[Finding, ...]:
        """The precautions on ``draft`` with these passes that rest on their zones, or on what they are done with."""
        zones = {one.zone for one in new}
        plan, needling = draft.consultation.plan, draft.needling
        elsewhere = draft.with_(
            consultation=draft.consultation.with_(
                plan=plan.with_(zones=tuple(one for one in plan.zones if one.zone not in zones))
            ),
            needling=needling.with_(passes=tuple(one for one in needling.passes if one.zone not in zones)),
        )
        known = {finding.key for finding in self.findings(elsewhere)}
        candidate = draft.with_(needling=with_passes(needling, new, self._clock.now()))
        return tuple(one for one in self.findings(candidate) if one.is_precaution and one.key not in known)

    def of_lot(self, draft: SessionDraft, used: LotInUse) -> tuple[Finding, ...]:
        """What would speak against a lot before it is recorded."""
        return tuple(judge_lot(used, draft, self.around, field=f"lot:{used.name}"))
