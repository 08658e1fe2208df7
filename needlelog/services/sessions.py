"""Visits: start, resume, repeat, sign, and what may be done to a signed one."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from datetime import timedelta
from uuid import UUID, uuid4

from needlelog.clock import Clock, local
from needlelog.domain.clinic import Clinic, Practitioner
from needlelog.domain.findings import Finding, Gate
from needlelog.domain.history import DiscardedVisit
from needlelog.domain.materials import AnaestheticLimits, Product
from needlelog.domain.own_texts import WordingInUse
from needlelog.domain.session import Aftercare, Consultation, DraftSummary, Numbing, Plan, SessionDraft
from needlelog.domain.signed import Addendum, ClientAsSigned, SignedSession
from needlelog.domain.text import check_reason
from needlelog.domain.treatment import PlannedProduct, PlannedZone
from needlelog.domain.unsettled import Unsettled
from needlelog.errors import Fault, FaultCode
from needlelog.i18n import Words
from needlelog.knowledge.labels import label_of
from needlelog.knowledge.model import Knowledge
from needlelog.rules.limits_in_force import timer_in_force
from needlelog.services.judging import DraftJudge
from needlelog.services.series import SeriesPlans, planned_from
from needlelog.storage.clients import ClientRepository
from needlelog.storage.clinic import ClinicRepository
from needlelog.storage.drafts import DraftRepository
from needlelog.storage.products import ProductRepository
from needlelog.storage.sessions import SessionRepository
from needlelog.storage.stock import StockRepository
from needlelog.workflow.flow import SessionFlow
from needlelog.workflow.precautions import as_told
from needlelog.workflow.steps import SESSION_STEPS

A_DAY = timedelta(days=1)


def plan_from(signed: SignedSession) -> Plan:
    """The plan values of a signed visit, each marked with its day: zones, devices, deepest depths, products.

    Observations, lots, consent and signatures are never carried over.
    """
    draft = signed.draft
    day = local(draft.started_at, draft.time_zone).date()
    zones = []
    for zone in draft.treated_zones:
        deepest = max((one for one in draft.needling.passes if one.zone == zone), key=lambda one: one.depth_mm)
        zones.append(
            PlannedZone(
                zone=zone,
                device_id=deepest.device_id,
                depth_mm=deepest.depth_mm,
                from_visit_on=day,
                confirmed=False,
            )
        )
    used = (*draft.cleansing.uses, *draft.serums, *draft.cooling)
    numbed = tuple(numbing.product_id for numbing in draft.numbing)
    product_ids = dict.fromkeys(one for one in (*(use.product_id for use in used), *numbed) if one)
    products = tuple(PlannedProduct(product_id=one, from_visit_on=day, confirmed=False) for one in product_ids)
    return Plan(zones=tuple(zones), products=products)


class Sessions:
    """What the practice does with visits. ``me`` is whoever is unlocked now."""

    def __init__(
        self,
        *,
        drafts: DraftRepository,
        signed: SessionRepository,
        clients: ClientRepository,
        products: ProductRepository,
        clinic: ClinicRepository,
        stock: StockRepository,
        series: SeriesPlans,
        unsettled: Callable[[UUID], tuple[Unsettled, ...]],
        wording: Callable[[str], WordingInUse],
        knowledge: Callable[[], Knowledge],
        clock: Clock,
        tr: Words,
        me: Practitioner,
    ) -> None:
        self._drafts = drafts
        self._signed = signed
        self._clients = clients
        self._products = products
        self._clinic = clinic
        self._stock = stock
        self._series = series
        self._unsettled = unsettled
        self._wording = wording
        self._knowledge = knowledge
        self._clock = clock
        self._tr = tr
        self._me = me

    def start(self, client_id: UUID, *, repeat: bool = False) -> SessionDraft:
        """A new draft, durable at once; with ``repeat`` it begins with the plan values of the client's last visit.

        It is the next session of the client's usual series; without ``repeat`` that offers its zones and depth.
        """
        time_zone = self._clinic.zone()
        client = self._clients.get(client_id)
        latest = self._signed.latest(client_id)
        last = latest if repeat else None
        # Plan values only: what brings the client is asked each time, or the list would say it was.
        usual = self._series.offered_to(client_id)
        offered = Plan(zones=planned_from(usual, latest)) if usual else Plan()
        consultation = Consultation(
            fitzpatrick=client.fitzpatrick,
            plan=plan_from(last) if last else offered,
            series=self._series.visit_of(usual) if usual else None,
        )
        return self._drafts.save(
            SessionDraft(
                id=uuid4(),
                client_id=client_id,
                practitioner_id=self._me.id,
                practitioner=self._me.signature,
                started_at=self._clock.now(),
                time_zone=time_zone,
                knowledge_version=self._knowledge().version,
                repeats_visit_on=local(last.draft.started_at, last.draft.time_zone).date() if last else None,
                consultation=consultation,
                # How the client wants the papers is a wish of theirs, nothing observed.
                aftercare=Aftercare(form=latest.draft.aftercare.form if latest else None),
            )
        )

    def open(self) -> tuple[DraftSummary, ...]:
        """Every visit that is not signed yet; what is on the skin with the stricter of its limits then and now."""
        return self._with_limits_in_force(self._drafts.open())

    def open_for(self, client_id: UUID) -> tuple[DraftSummary, ...]:
        """The open visits of one client."""
        return self._with_limits_in_force(self._drafts.open_for(client_id))

    def _with_limits_in_force(self, visits: tuple[DraftSummary, ...]) -> tuple[DraftSummary, ...]:
        used = {timer.product_id for visit in visits for timer in visit.numbing_on if timer.product_id}
        if not used:
            return visits
        products, knowledge = self._listed(used), self._knowledge()
        return tuple(
            visit.with_(running=tuple(timer_in_force(one, products, knowledge) for one in visit.running))
            for visit in visits
        )

    def _listed(self, ids: set[UUID]) -> dict[UUID, Product]:
        """These products of the list, without those that cannot be read: for them the limits of the record count."""
        found = {}
        for product_id in ids:
            with contextlib.suppress(Fault):
                found[product_id] = self._products.get(product_id)
        return found

    def discard(self, draft_id: UUID, reason: str) -> None:
        """Take an open visit off the list; its content is kept with the reason. Faults as ``check_reason``."""
        check_reason(reason)
        self._drafts.discard(draft_id, reason=reason, by=self._me.signature)

    def discarded_for(self, client_id: UUID) -> tuple[DiscardedVisit, ...]:
        """The visits of one client that were given up and not taken up again, the one given up last first."""
        return self._drafts.discarded_for(client_id)

    def take_up_again(self, draft_id: UUID) -> SessionDraft:
        """Open a visit that was given up, as it was then; raises ``Fault(RECORD_NOT_FOUND)``."""
        return self._drafts.take_up_again(draft_id)

    def judge(self, draft: SessionDraft) -> DraftJudge:
        """The rules for this draft."""
        return DraftJudge(
            client=lambda: self._clients.get(draft.client_id),
            products=self._products.for_rules,
            last_visit_on=self._signed.last_day(draft.client_id),
            numbed_before=lambda: self._numbed_before(draft),
            needled=self._signed.needled(draft.client_id),
            shelf=lambda: self._stock.shelf(except_session=draft.id),
            series=lambda: self._series.all_standing(draft.client_id),
            unsettled=lambda: self._unsettled(draft.client_id),
            clinic=self._letterhead,
            wording=self._wording,
            knowledge=self._knowledge,
            clock=self._clock,
            tr=self._tr,
        )

    def _numbed_before(self, draft: SessionDraft) -> tuple[Numbing, ...]:
        """The numbing creams of the client's other visits that may still count today, signed or still open."""
        shipped = (label_of(one) for one in self._knowledge().products.values())
        labels = (one for one in (*shipped, *self._labels()) if one is not None)
        hours = [one.not_again_h for one in labels if one.not_again_h is not None]
        # A visit may go on for long after it was opened: its creams are told by their own times.
        since = self._clock.now() - timedelta(hours=max(hours, default=0)) - A_DAY
        signed = (one.draft for one in self._signed.since(draft.client_id, since))
        others = (one.id for one in self._drafts.open_for(draft.client_id) if one.id != draft.id)
        visits = (*signed, *(found for found in map(self._read, others) if found is not None))
        return tuple(one for visit in visits for one in visit.numbing)

    def _labels(self) -> tuple[AnaestheticLimits, ...]:
        """What the labels on the clinic's own list say."""
        listed = self._products.for_rules().values()
        return tuple(one.anaesthetic for one in listed if one.anaesthetic is not None)

    def _read(self, draft_id: UUID) -> SessionDraft | None:
        """Another open visit; None where it is damaged, which is told where it is opened."""
        try:
            return self._drafts.get(draft_id)
        except Fault as fault:
            if fault.code is not FaultCode.RECORD_DAMAGED:
                raise
            return None

    def _letterhead(self) -> Clinic | None:
        """The clinic as papers show it; ``None`` where it is damaged, which is told where papers are made."""
        try:
            return self._clinic.get()
        except Fault as fault:
            if fault.code is not FaultCode.RECORD_DAMAGED:
                raise
            return None

    def resume(self, draft_id: UUID) -> tuple[SessionFlow, DraftJudge]:
        """The machine around a stored draft, at the step where it was left, and the rules it is held against."""
        draft = self._drafts.get(draft_id)
        judge = self.judge(draft)
        flow = SessionFlow(
            draft, steps=SESSION_STEPS, store=self._drafts, judge=judge, clock=self._clock, by=self._me.signature
        )
        return flow, judge

    def sign(self, flow: SessionFlow) -> SignedSession:
        """Seal the visit in one transaction, with the version of the reference data that it was judged by at the end.

        What was told and nobody answered is sealed with it. Raises ``Fault(NOT_READY_TO_SIGN)`` while anything holds
        the gate shut, which no precaution does.
        """
        flow.refresh()
        shut = flow.open_findings(Gate.SIGNING)
        if shut:
            raise Fault(FaultCode.NOT_READY_TO_SIGN, count=len(shut))
        client = self._clients.get(flow.draft.client_id)
        as_signed = ClientAsSigned(
            id=client.id, number=client.number, full_name=client.full_name, birth_date=client.birth_date
        )
        draft = self._as_judged(flow.draft, flow.findings)
        return self._signed.sign(draft, client=as_signed, signed_at=self._clock.now(), signed_by=self._me.signature)

    def _as_judged(self, draft: SessionDraft, findings: tuple[Finding, ...]) -> SessionDraft:
        """The draft under the name of the reference data that it was just judged by, and the session it has become."""
        draft = as_told(draft, findings)
        version = self._knowledge().version
        # What was in the hand last is no part of the record: what was used stands with its passes.
        counted = self._series.recounted(draft.with_(needling=draft.needling.with_(in_hand=None)))
        return counted if counted.knowledge_version == version else counted.with_(knowledge_version=version)

    def add_addendum(self, session_id: UUID, text: str) -> Addendum:
        """Words added to a signed visit; raises ``Fault(REASON_MISSING)`` for none."""
        if not text.strip():
            raise Fault(FaultCode.REASON_MISSING)
        addendum = Addendum(id=uuid4(), session_id=session_id, text=text, by=self._me.signature, at=self._clock.now())
        self._signed.add_addendum(addendum)
        return addendum

    def invalidate(self, session_id: UUID, reason: str) -> None:
        """Mark a signed visit as entered in error; it stays readable. Faults as ``check_reason``."""
        check_reason(reason)
        self._signed.invalidate(session_id, reason=reason, by=self._me.signature, at=self._clock.now())
