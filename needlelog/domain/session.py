"""The session: one frozen document while it is a draft, and the same document sealed once it is signed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Literal, Self
from uuid import UUID

from pydantic import model_validator

from needlelog.domain.client import Allergy, AllergyState, Fitzpatrick
from needlelog.domain.consent import Consent
from needlelog.domain.findings import Considered, Finding, Override, StepId
from needlelog.domain.materials import AnaestheticLimits, MaterialUse
from needlelog.domain.papers import SheetForm, SheetGiven
from needlelog.domain.partial_date import PartialDate, Precision
from needlelog.domain.reactions import AdverseEvent, Grade, NothingSeen, Observation
from needlelog.domain.series import PriceNote, SeriesVisit
from needlelog.domain.treatment import InHand, NeedlingPass, PlannedProduct, PlannedZone
from needlelog.domain.value import Grams, Kilograms, Line, Moment, Named, Paragraphs, SquareCentimetres, Value
from needlelog.errors import Fault, FaultCode

YesNo = Literal["no", "yes", "unsure"]


class ScreeningAnswer(Value):
    """The answer to one contraindication. ``ended_on`` is when a past condition, drug or procedure ended.

    Of something that is still to come it is when that begins (``Contraindication.ahead``). Where only its month or
    year is known, as ``ended_precision`` says, it is the last day of that; of what ended, that day counts.
    ``confirmed_from`` is the day of the answer that was confirmed as still so; None where it was asked. ``zones`` are
    where it is, for what is bound to an area; none of them is everywhere.
    """

    contraindication: Named
    answer: YesNo
    ended_on: date | None = None
    note: Line = ""
    at: Moment
    confirmed_from: date | None = None
    zones: tuple[str, ...] = ()
    ended_precision: Precision = Precision.DAY

    @model_validator(mode="after")
    def _last_day_counts(self) -> Self:
        if self.ended is not None and self.ended.last_day != self.ended_on:
            raise ValueError("a month or year ends on its last day")
        return self

    @property
    def ended(self) -> PartialDate | None:
        """When it ended, as far as that is known."""
        return PartialDate.around(self.ended_on, self.ended_precision) if self.ended_on else None


class PreparationAnswer(Value):
    """Whether one preparation rule was kept."""

    item: Named
    kept: YesNo
    note: Line = ""
    at: Moment


class Photo(Value):
    """One sealed photo of this visit; ``sha256`` names its file and proves its content."""

    id: UUID
    sha256: Named
    view: Line = ""
    taken_at: Moment

    @property
    def view_name(self) -> str:
        """Its view as it is read: it is kept by its id, ``face_front``."""
        return self.view.replace("_", " ").capitalize()


class Plan(Value):
    """What is meant for today."""

    zones: tuple[PlannedZone, ...] = ()
    products: tuple[PlannedProduct, ...] = ()
    note: Paragraphs = ""


class Consultation(Value):
    """Step 1."""

    concerns: tuple[str, ...] = ()
    concern_note: Paragraphs = ""
    fitzpatrick: Fitzpatrick | None = None
    weight_kg: Kilograms | None = None
    """Body weight as said or weighed at this visit; only what is dosed by it needs it."""

    preparation: tuple[PreparationAnswer, ...] = ()
    screening: tuple[ScreeningAnswer, ...] = ()
    allergies_confirmed_at: Moment | None = None
    allergy_state: AllergyState | None = None
    """As it stood when it was confirmed, with ``allergies``."""

    allergies: tuple[Allergy, ...] = ()
    baseline: tuple[Grade, ...] = ()
    photos: tuple[Photo, ...] = ()
    plan: Plan = Plan()
    series: SeriesVisit | None = None


class Cleansing(Value):
    """Step 3."""

    uses: tuple[MaterialUse, ...] = ()
    done_at: Moment | None = None
    done_by: Line = ""


class Numbing(Value):
    """One application of a topical anaesthetic. Times are moments; dwell is their difference."""

    id: UUID
    product_id: UUID | None = None
    name: Named
    strength: Line = ""
    limits: AnaestheticLimits = AnaestheticLimits()
    usual_to_min: int | None = None
    """Where the usual time on the skin ended although the label allows more; None where nobody says so."""

    applied_g: Grams | None = None
    area_cm2: SquareCentimetres | None = None
    zones: tuple[str, ...] = ()
    lot: Line = ""
    expires_on: date | None = None
    on_at: Moment | None = None
    removed_at: Moment | None = None
    by: Line = ""


class Tick(Value):
    """One item of the time-out, ticked by somebody at some moment."""

    item: Named
    by: Line = ""
    at: Moment
    about: tuple[str, ...] | None = None
    """What it was said about, as ``matter:fact``; None where that was not kept."""

    said: Paragraphs = ""
    """The words of the item as they stood then; "" in records from before they were kept."""


class Needling(Value):
    """Step 5."""

    time_out: tuple[Tick, ...] = ()
    passes: tuple[NeedlingPass, ...] = ()
    started_at: Moment | None = None
    ended_at: Moment | None = None
    note: Paragraphs = ""
    in_hand: InHand | None = None


class Reactions(Value):
    """Step 8. ``none_observed_at`` is the explicit answer "none observed" for the whole visit.

    ``nothing_seen`` says it of single moments where something was graded at another; of a moment at which something
    was graded, that there was nothing else.
    """

    none_observed_at: Moment | None = None
    nothing_seen: tuple[NothingSeen, ...] = ()
    observations: tuple[Observation, ...] = ()
    adverse_events: tuple[AdverseEvent, ...] = ()
    photos: tuple[Photo, ...] = ()
    note: Paragraphs = ""


class Aftercare(Value):
    """Step 9."""

    note: Paragraphs = ""
    products: tuple[str, ...] = ()
    """Names of products recommended for home."""

    next_visit_at: Moment | None = None
    form: SheetForm | None = None
    """How the sheet is printed; None until it was chosen at this visit."""

    sheet_shown_at: Moment | None = None
    given: tuple[SheetGiven, ...] = ()

    @property
    def standing(self) -> tuple[SheetGiven, ...]:
        """The sheets that were given and not withdrawn."""
        return tuple(one for one in self.given if one.withdrawn is None)

    @property
    def handed_over(self) -> tuple[SheetGiven, ...]:
        """The sheets that were given, withdrawn or not, without what was a wrong tap."""
        return tuple(one for one in self.given if one.withdrawn is None or not one.withdrawn.slip)


class StepSkipped(Value):
    """A step that does not apply today, and why."""

    step: StepId
    reason: Paragraphs
    by: Line = ""
    at: Moment


class RunningTimer(Value):
    """What runs since a moment and has not ended: an anaesthetic on the skin, needling, a mask or a light.

    ``least_min`` and ``most_min`` are the minutes that a label allows, where it says any.
    """

    step: StepId
    name: Line = ""
    since: Moment
    least_min: int | None = None
    most_min: int | None = None
    usual_min: int | None = None
    """The minutes after which it is no longer usual, where a label allows more than that."""

    field: Line = ""
    """Where on the step's page it is stopped."""

    product_id: UUID | None = None
    """What it is, where it is a product of the clinic's list."""

    limit_changed: bool = False
    """Whether ``most_min`` is the stricter of two: the one it was applied with, and another one today."""


class SessionDraft(Value):
    """One visit as far as it has come. ``revision`` grows with each durable save.

    Each pass, use and observation is itself and no other: two under one id raise ``Fault(ENTRY_TWICE)``.
    """

    id: UUID
    client_id: UUID
    practitioner_id: UUID
    practitioner: Named
    started_at: Moment
    time_zone: Named
    knowledge_version: Named
    step: StepId = StepId.CONSULTATION
    repeats_visit_on: date | None = None
    consultation: Consultation = Consultation()
    consent: Consent = Consent()
    cleansing: Cleansing = Cleansing()
    numbing: tuple[Numbing, ...] = ()
    needling: Needling = Needling()
    serums: tuple[MaterialUse, ...] = ()
    cooling: tuple[MaterialUse, ...] = ()
    reactions: Reactions = Reactions()
    aftercare: Aftercare = Aftercare()
    skipped: tuple[StepSkipped, ...] = ()
    overrides: tuple[Override, ...] = ()
    considered: tuple[Considered, ...] = ()
    unanswered: tuple[Finding, ...] = ()
    """What was told and had no answer when the visit was signed; empty while it is open, and in records from before
    this was kept."""

    price: PriceNote | None = None
    revision: int = 0
    saved_at: Moment | None = None

    @model_validator(mode="after")
    def _each_entry_once(self) -> Self:
        for what, ids in self._ids():
            seen: set[UUID] = set()
            for one in ids:
                if one in seen:
                    raise Fault(FaultCode.ENTRY_TWICE, what=what)
                seen.add(one)
        return self

    def _ids(self) -> Iterator[tuple[str, Iterable[UUID]]]:
        """The ids that must differ from one another, and what bears them."""
        yield "pass", (one.id for one in self.needling.passes)
        yield "product", (one.id for one in self.uses)
        yield "reaction", (one.id for one in self.reactions.observations)
        yield "adverse event", (one.id for one in self.reactions.adverse_events)
        yield "baseline grade", (one.id for one in self.consultation.baseline)

    def skip_of(self, step: StepId) -> StepSkipped | None:
        """Why ``step`` does not apply, if it was marked so."""
        return next((skipped for skipped in self.skipped if skipped.step is step), None)

    def override_of(self, key: str) -> Override | None:
        """The reason given against the finding of this key, if any."""
        return next((override for override in self.overrides if override.finding.key == key), None)

    def considered_of(self, key: str) -> Considered | None:
        """Who considered the precaution of this key, if anybody did."""
        return next((one for one in self.considered if one.finding.key == key), None)

    @property
    def running(self) -> tuple[RunningTimer, ...]:
        """Every timer that was started and not ended, in the order of the steps."""
        return (*self._numbing_on(), *self._treating())

    def _numbing_on(self) -> Iterator[RunningTimer]:
        for one in self.numbing:
            if one.on_at is not None and one.removed_at is None:
                least, most = one.limits.dwell_min_min, one.limits.dwell_max_min
                yield RunningTimer(
                    step=StepId.NUMBING,
                    name=one.name,
                    since=one.on_at,
                    least_min=least,
                    most_min=most,
                    usual_min=one.usual_to_min,
                    field=f"numbing:{one.id}",
                    product_id=one.product_id,
                )

    def _treating(self) -> Iterator[RunningTimer]:
        if self.needling.started_at is not None and self.needling.ended_at is None:
            yield RunningTimer(step=StepId.NEEDLING, since=self.needling.started_at)
        for one in self.cooling:
            if one.started_at is not None and one.duration_s is None:
                yield RunningTimer(step=StepId.COOLING, name=one.name, since=one.started_at)

    @property
    def treated_zones(self) -> tuple[str, ...]:
        """Zones with at least one pass, in the order they were first treated."""
        return tuple(dict.fromkeys(needling_pass.zone for needling_pass in self.needling.passes))

    @property
    def uses(self) -> tuple[MaterialUse | Numbing, ...]:
        """Every product as it was used, in the order of the steps; cartridges stand with their passes."""
        return (*self.cleansing.uses, *self.numbing, *self.serums, *self.cooling)

    @property
    def photos(self) -> tuple[Photo, ...]:
        """Every photo of this visit, before and after."""
        return (*self.consultation.photos, *self.reactions.photos)


class DraftSummary(Value):
    """An open visit as a list shows it, with what is running in it."""

    id: UUID
    client_id: UUID
    client_name: Named
    client_number: int
    practitioner: Named
    step: StepId
    started_at: Moment
    saved_at: Moment | None = None
    running: tuple[RunningTimer, ...] = ()

    @property
    def numbing_on(self) -> tuple[RunningTimer, ...]:
        """What is still on the skin."""
        return tuple(one for one in self.running if one.step is StepId.NUMBING)
