"""Series: planned, changed, ended; and which session of which a visit is."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import date
from decimal import Decimal
from uuid import UUID, uuid4

from needlelog.clock import Clock, local, today
from needlelog.domain.clinic import Practitioner
from needlelog.domain.findings import Finding
from needlelog.domain.history import VisitSummary
from needlelog.domain.reactions import Grade
from needlelog.domain.series import CombinedTreatment, Series, SeriesVisit, day_ahead
from needlelog.domain.session import SessionDraft
from needlelog.domain.signed import SignedSession
from needlelog.domain.text import check_reason
from needlelog.domain.treatment import PlannedZone
from needlelog.errors import Fault, FaultCode
from needlelog.i18n import Words, record_date
from needlelog.knowledge.model import Knowledge
from needlelog.rules.combinations import Collision, collisions
from needlelog.rules.series import (
    Outcome,
    SeriesFigures,
    Standing,
    counted,
    figures_for,
    objections,
    outcome,
    standing,
)
from needlelog.storage.series import SeriesRepository
from needlelog.storage.sessions import SessionRepository


class SeriesPlans:
    """What the practice plans over several visits. ``me`` is whoever is unlocked now."""

    def __init__(
        self,
        repository: SeriesRepository,
        signed: SessionRepository,
        *,
        knowledge: Callable[[], Knowledge],
        zone: Callable[[], str],
        clock: Clock,
        tr: Words,
        me: Practitioner,
    ) -> None:
        self._repository = repository
        self._signed = signed
        self._knowledge = knowledge
        self._zone = zone
        self._clock = clock
        self._tr = tr
        self._me = me

    # looking

    def of(self, client_id: UUID) -> tuple[Series, ...]:
        """A client's series: the usual one, the others that run, then those that have ended."""
        found = self._repository.of_client(client_id)
        return tuple(sorted(found, key=lambda one: (not one.running, not one.usual)))

    def get(self, series_id: UUID) -> Series:
        """One series as it stands now; raises ``Fault(RECORD_NOT_FOUND)``."""
        return self._repository.get(series_id)

    def versions(self, series_id: UUID) -> tuple[Series, ...]:
        """How a series stood before each change, the oldest first."""
        return self._repository.versions(series_id)

    def figures(self, concern: str) -> SeriesFigures:
        """What the sources give for this concern, to start from."""
        return figures_for(self._knowledge(), concern)

    def objections(self, series: Series) -> tuple[Finding, ...]:
        """What speaks against a series; it is kept with a reason only."""
        return objections(series, self._knowledge(), self._tr)

    def standing(self, series: Series, visits: Collection[VisitSummary] | None = None) -> Standing:
        """Where a series stands today; ``visits`` are those of its client where they were read already."""
        found = self._signed.for_client(series.client_id) if visits is None else visits
        return standing(series, found, self._today())

    def all_standing(self, client_id: UUID) -> tuple[Standing, ...]:
        """Where every series of a client stands today, in the order of ``of``."""
        series = self.of(client_id)
        visits = self._signed.for_client(client_id) if series else ()
        return tuple(self.standing(one, visits) for one in series)

    def outcome(self, series: Series, visits: Collection[VisitSummary] | None = None) -> tuple[Outcome, ...]:
        """The outcome scales at the start and at the end, side by side."""
        found = self._signed.for_client(series.client_id) if visits is None else visits
        baselines = []
        for visit in counted(series.id, found):
            try:
                baselines.append(self._signed.get(visit.id).draft.consultation.baseline)
            except Fault as fault:
                # What a damaged one says cannot be built on; the history shows that it is there.
                if fault.code is not FaultCode.RECORD_DAMAGED:
                    raise
        return outcome(series, baselines)

    def collisions(self, client_id: UUID, needled_on: Collection[date]) -> tuple[Collision, ...]:
        """The combined treatments of a client that stand too near to one of these days."""
        treatments = [one for series in self.of(client_id) for one in series.treatments]
        return collisions(treatments, needled_on, self._knowledge())

    # changing

    def keep(self, series: Series) -> Series:
        """Keep a new series or a change to one, with who and when; the first of a client is the usual one.

        Raises ``Fault``: REASON_MISSING where a rule speaks against it and no reason does, SERIES_ENDED,
        ZONE_NOT_NEEDLED, ENTRY_TOO_LARGE for a depth above the ceiling, ENTRY_DATE_TOO_FAR, RECORD_CHANGED_ELSEWHERE.
        """
        knowledge = self._knowledge()
        if series.version and not self._repository.get(series.id).running:
            raise Fault(FaultCode.SERIES_ENDED)
        for zone in series.zones:
            if zone in knowledge.zones and knowledge.site_of(zone).never:
                raise Fault(FaultCode.ZONE_NOT_NEEDLED, zone=self._tr(knowledge.zones[zone].name))
        day_ahead(series.started_on, self._today(), self._tr("Started on"))
        for one in series.treatments:
            day_ahead(one.on, self._today(), self._tr("On"))
        most = knowledge.ceiling.depth_mm
        if series.depth_mm is not None and series.depth_mm > most:
            raise Fault(FaultCode.ENTRY_TOO_LARGE, field=self._tr("Target depth"), limit=most, unit=self._tr("mm"))
        if self.objections(series):
            check_reason(series.reason)
        others = [one for one in self.of(series.client_id) if one.id != series.id]
        if series.running and not any(one.usual and one.running for one in others):
            series = series.with_(usual=True)
        given_up = [one.with_(usual=False) for one in others if one.usual and series.usual]
        kept, *_ = self._repository.keep(self._signed_by_me(one) for one in (series, *given_up))
        return kept

    def end(self, series_id: UUID, on: date, reason: str, at_end: tuple[Grade, ...] = ()) -> Series:
        """End a series for a reason, with its outcome; raises ``Fault`` (REASON_MISSING, SERIES_ENDED, _ENDS_EARLY)."""
        series = self._repository.get(series_id)
        if not series.running:
            raise Fault(FaultCode.SERIES_ENDED)
        check_reason(reason)
        if on < series.started_on:
            raise Fault(FaultCode.SERIES_ENDS_EARLY, start=record_date(series.started_on))
        if on > self._today():
            raise Fault(FaultCode.ENTRY_DATE_IN_FUTURE, field=self._tr("Ended on"))
        ended = series.with_(ended_on=on, ended_reason=reason, at_end=at_end, usual=False)
        kept, *_ = self._repository.keep((self._signed_by_me(ended),))
        return kept

    def make_usual(self, series_id: UUID) -> Series:
        """Let visits belong to this series unless somebody says otherwise; raises ``Fault(SERIES_ENDED)``."""
        series = self._repository.get(series_id)
        if not series.running:
            raise Fault(FaultCode.SERIES_ENDED)
        return self.keep(series.with_(usual=True))

    def add_treatment(self, series_id: UUID, combination: str, on: date, note: str = "") -> Series:
        """Put another treatment on the plan; raises ``Fault`` (SERIES_ENDED, TREATMENT_PLANNED)."""
        series = self._repository.get(series_id)
        if any((one.combination, one.on) == (combination, on) for one in series.treatments):
            raise Fault(FaultCode.TREATMENT_PLANNED)
        new = CombinedTreatment(id=uuid4(), combination=combination, on=on, note=note)
        treatments = sorted((*series.treatments, new), key=lambda one: one.on)
        return self.keep(series.with_(treatments=tuple(treatments)))

    def take_off(self, series_id: UUID, treatment_id: UUID) -> Series:
        """Take another treatment off the plan; the versions before still have it."""
        series = self._repository.get(series_id)
        return self.keep(series.with_(treatments=tuple(one for one in series.treatments if one.id != treatment_id)))

    # in a visit

    def visit_of(self, series: Series) -> SeriesVisit:
        """The next session of ``series``, for a visit that becomes part of it."""
        number = self.standing(series).number
        return SeriesVisit(series_id=series.id, concern=series.concern, number=number, sessions=series.sessions)

    def offered_to(self, client_id: UUID) -> Series | None:
        """The series a new visit of this client belongs to: the usual one, unless all its sessions are done."""
        usual = next((one for one in self.of(client_id) if one.usual and one.running), None)
        return usual if usual and self.standing(usual).next_on else None

    def recounted(self, draft: SessionDraft) -> SessionDraft:
        """The draft with its session counted anew: meanwhile another may have been signed or found in error."""
        said = draft.consultation.series
        if said is None:
            return draft
        now = self.visit_of(self._repository.get(said.series_id))
        return draft if now == said else draft.with_(consultation=draft.consultation.with_(series=now))

    def _today(self) -> date:
        return today(self._clock, self._zone())

    def _signed_by_me(self, series: Series) -> Series:
        return series.with_(by=self._me.signature, at=self._clock.now())


def planned_from(series: Series, last: SignedSession | None = None) -> tuple[PlannedZone, ...]:
    """What a series plans for a visit, each zone marked as from there until it is confirmed.

    It plans one depth for all its zones. One that was gone over less deep than the others at the ``last`` visit keeps
    its depth of then, and says from which day: skin that was spared is not taken deeper by a plan made for the rest.
    """
    depths = _deepest(last) if last else {}
    day = local(last.draft.started_at, last.draft.time_zone).date() if last else None
    most = max(depths.values(), default=None)

    def planned(zone: str) -> PlannedZone:
        one = PlannedZone(zone=zone, depth_mm=series.depth_mm, from_series=True, confirmed=False)
        then = depths.get(zone)
        if then is None or then == most or series.depth_mm is None or then >= series.depth_mm:
            return one
        return one.with_(depth_mm=then, from_visit_on=day)

    return tuple(map(planned, series.zones))


def _deepest(visit: SignedSession) -> dict[str, Decimal]:
    """How deep each zone of a visit was gone over."""
    deepest: dict[str, Decimal] = {}
    for one in visit.draft.needling.passes:
        deepest[one.zone] = max(one.depth_mm, deepest.get(one.zone, one.depth_mm))
    return deepest
