"""Everything a signed visit recorded, put into words as labelled rows, step by step."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime

from needlelog.clock import local
from needlelog.documents.consent_words import photo_consent
from needlelog.documents.fingerprint import grouped
from needlelog.documents.layout import BETWEEN
from needlelog.domain.client import ROMAN, AllergyState
from needlelog.domain.findings import StepId
from needlelog.domain.materials import MaterialUse
from needlelog.domain.papers import SheetGiven
from needlelog.domain.partial_date import record_partial_date
from needlelog.domain.reactions import Grade
from needlelog.domain.session import Photo, ScreeningAnswer
from needlelog.domain.signed import SignedSession
from needlelog.domain.treatment import NeedlingPass
from needlelog.i18n import Words, record_date, record_time
from needlelog.knowledge.model import Knowledge
from needlelog.rules.time_out_said import words_of

Rows = Iterator[tuple[str, str]]
"""A label and what stands beside it; equal labels in a row are shown once."""


class RecordRows:
    """The rows of one signed visit; times stand on the wall clock of the visit."""

    def __init__(self, signed: SignedSession, knowledge: Knowledge, words: Words) -> None:
        self.signed = signed
        self.draft = signed.draft
        self.knowledge = knowledge
        self.words = words
        self.visit_day = local(signed.draft.started_at, signed.draft.time_zone).date()

    # words for values

    def _day(self, day: date | None) -> str:
        return record_date(day) if day else ""

    def at(self, moment: datetime | None) -> str:
        """The clock time on the day of the visit, day and time on any other."""
        if moment is None:
            return ""
        at = local(moment, self.draft.time_zone)
        return record_time(at) if at.date() == self.visit_day else self.day_and_time(moment)

    def day_and_time(self, moment: datetime) -> str:
        """Day and clock time where the visit took place."""
        at = local(moment, self.draft.time_zone)
        return f"{record_date(at.date())} {record_time(at)}"

    def _zones(self, zones: Sequence[str]) -> str:
        return ", ".join(self._zone(zone) for zone in zones)

    def _zone(self, zone: str) -> str:
        entry = self.knowledge.zones.get(zone)
        return self.words(entry.name) if entry else zone

    def _still_so(self, answer: ScreeningAnswer) -> str:
        return self.words("still so since {day}", day=self._day(answer.confirmed_from)) if answer.confirmed_from else ""

    def _said(self, entries: Mapping[str, object], key: str, field: str) -> str:
        entry = entries.get(key)
        return self.words(str(getattr(entry, field))) if entry is not None else key

    def _grade(self, scale: str, value: int) -> str:
        entry = self.knowledge.scales.get(scale)
        if entry is None:
            return f"{scale} {value}"
        word = next((grade.word for grade in entry.grades if grade.value == value), "")
        return f"{self.words(entry.name)}: {value} {self.words(word) if word else ''}".strip()

    def joined(self, *parts: str) -> str:
        """The parts that say something, in one line."""
        return BETWEEN.join(part for part in parts if part)

    def steps(self) -> Iterator[tuple[StepId, str, list[tuple[str, str]]]]:
        """Each step with its title and what it recorded."""
        words = self.words
        yield StepId.CONSULTATION, words("1 Consultation"), list(self._consultation())
        yield StepId.CONSENT, words("2 Consent"), list(self._consent())
        yield StepId.CLEANSING, words("3 Cleansing"), list(self._cleansing())
        yield StepId.NUMBING, words("4 Numbing"), list(self._numbing())
        yield StepId.NEEDLING, words("5 Microneedling"), list(self._needling())
        yield StepId.SERUM, words("6 Serum"), [self._use(use) for use in self.draft.serums]
        yield StepId.COOLING, words("7 Cooling and soothing"), [self._use(use) for use in self.draft.cooling]
        yield StepId.REACTIONS, words("8 Reactions"), list(self._reactions())
        yield StepId.AFTERCARE, words("9 Aftercare"), list(self._aftercare())

    def _consultation(self) -> Rows:
        words, noted, knowledge = self.words, self.draft.consultation, self.knowledge
        concerns = ", ".join(self._said(knowledge.concerns, each, "name") for each in noted.concerns)
        yield words("Concerns"), self.joined(concerns, noted.concern_note)
        repeats = self.draft.repeats_visit_on
        yield words("Repeats the visit of"), self._day(repeats) if repeats else ""
        if noted.series:
            said = noted.series
            name = self._said(knowledge.concerns, said.concern, "name")
            session = words("session {number} of {sessions}", number=said.number, sessions=said.sessions)
            if not self.draft.needling.passes:
                session = words("nothing was needled, not counted as a session")
            yield words("Series"), self.joined(name, session)
        yield words("Skin type"), f"Fitzpatrick {ROMAN[noted.fitzpatrick]}" if noted.fitzpatrick else ""
        yield words("Allergies"), self._allergies()
        for answer in noted.preparation:
            question = self._said(knowledge.preparation, answer.item, "question")
            yield words("Preparation"), self.joined(question, words(answer.kept), answer.note, self.at(answer.at))
        plain = [one for one in noted.screening if one.answer == "no" and not (one.note or one.ended_on)]
        for screened in noted.screening:
            if screened in plain:
                continue
            title = self._said(knowledge.contraindications, screened.contraindication, "title")
            ended = words("ended {day}", day=record_partial_date(screened.ended)) if screened.ended else ""
            known = knowledge.contraindications.get(screened.contraindication)
            if screened.ended and known and known.ahead:
                ended = words("begins {day}", day=record_partial_date(screened.ended))
            since = self._still_so(screened)
            answered = ": ".join(filter(None, (words(screened.answer), self._zones(screened.zones))))
            yield words("Screening"), self.joined(title, answered, ended, since, screened.note, self.at(screened.at))
        for since in dict.fromkeys(self._still_so(one) for one in plain):
            denied = [one for one in plain if self._still_so(one) == since]
            titles = "; ".join(self._said(knowledge.contraindications, one.contraindication, "title") for one in denied)
            asked = sorted(one.at for one in denied)
            times = words("asked {first} to {last}", first=self.at(asked[0]), last=self.at(asked[-1]))
            yield words("Screening: no ({count})", count=len(denied)), self.joined(titles, since, times)
        for grade in noted.baseline:
            yield words("Baseline"), self._graded(grade)
        if noted.weight_kg is not None:
            yield words("Body weight"), words("{kg} kg", kg=noted.weight_kg)
        for photo in noted.photos:
            yield words("Photo before"), self._photo(photo)
        for zone in noted.plan.zones:
            depth = f"{zone.depth_mm} mm" if zone.depth_mm is not None else ""
            copied = words("from {day}", day=self._day(zone.from_visit_on)) if zone.from_visit_on else ""
            if zone.from_series and not copied:
                copied = words("from the plan of the series")
            if zone.usual_depth:
                copied = words("usual depth, not chosen for this client")
            yield words("Plan"), self.joined(self._zone(zone.zone), depth, copied)
        yield words("Plan"), noted.plan.note

    def _allergies(self) -> str:
        noted = self.draft.consultation
        if noted.allergy_state is None:
            return ""
        states = {
            AllergyState.KNOWN: "known",
            AllergyState.NONE_KNOWN: "none known",
            AllergyState.NOT_RECORDED: "not recorded",
            AllergyState.UNAVAILABLE: "unavailable",
        }
        named = ", ".join(self.joined(each.substance, each.reaction) for each in noted.allergies)
        confirmed = self.at(noted.allergies_confirmed_at)
        return self.joined(named or self.words(states[noted.allergy_state]), confirmed)

    def _graded(self, grade: Grade) -> str:
        where = self._zone(grade.zone) if grade.zone else self.words("whole area")
        return self.joined(where, self._grade(grade.scale, grade.value), self.at(grade.at))

    def _photo(self, photo: Photo) -> str:
        return self.joined(photo.view_name, self.at(photo.taken_at), f"SHA-256 {grouped(photo.sha256)}")

    def _consent(self) -> Rows:
        words, consent = self.words, self.draft.consent
        if consent.shown:
            yield words("Text"), self.joined(consent.shown.title, consent.shown.version, consent.shown.language)
            yield words("Fingerprint"), f"SHA-256 {grouped(consent.shown.sha256)}"
        yield words("Confirmed"), self.joined(consent.confirmed_name, self._day(consent.confirmed_birth_date))
        if consent.understanding:
            said = consent.understanding
            none = words("None needed: read by the client")
            who = self.joined(said.interpreter, said.relation) if said.interpreter else none
            yield words("Interpreter"), self.joined(who, self.at(said.at))
        if consent.photo:
            yield words("Photos"), self.joined(photo_consent(consent.photo, words), self.at(consent.photo_at))
        if consent.signature:
            name = consent.signature.typed_name
            yield words("Signed as consent"), self.joined(name or words("drawn below"), self.at(consent.signature.at))

    def _cleansing(self) -> Rows:
        done = self.draft.cleansing
        for use in done.uses:
            yield self._use(use)
        yield self.words("Done"), self.joined(self.at(done.done_at), done.done_by)

    def _use(self, use: MaterialUse) -> tuple[str, str]:
        words = self.words
        amount = f"{use.amount.normalize():f} {use.amount_unit}".strip() if use.amount is not None else ""
        lasted = words("{minutes} min", minutes=round(use.duration_s / 60)) if use.duration_s else ""
        return self.at(use.at), self.joined(
            use.name, self._lot(use.lot, use.expires_on), amount, lasted, self._zones(use.zones), use.by
        )

    def _lot(self, lot: str, expires_on: date | None) -> str:
        said = self.words("lot {lot}", lot=lot) if lot else ""
        until = self.words("use by {day}", day=self._day(expires_on)) if expires_on else ""
        return self.joined(said, until)

    def _numbing(self) -> Rows:
        words = self.words
        for each in self.draft.numbing:
            amount = f"{each.applied_g.normalize():f} g" if each.applied_g is not None else ""
            area = f"{each.area_cm2.normalize():f} cm²" if each.area_cm2 is not None else ""
            on = words("on {when}", when=self.at(each.on_at)) if each.on_at else ""
            off = words("removed {when}", when=self.at(each.removed_at)) if each.removed_at else ""
            yield (
                each.name,
                self.joined(
                    each.strength,
                    self._lot(each.lot, each.expires_on),
                    amount,
                    area,
                    self._zones(each.zones),
                    on,
                    off,
                    each.by,
                ),
            )

    def _needling(self) -> Rows:
        words, done = self.words, self.draft.needling
        for tick in done.time_out:
            yield words("Time-out"), self.joined(words_of(tick, self.knowledge, words), tick.by, self.at(tick.at))
        yield words("Began"), self.at(done.started_at)
        held = ""
        for each in done.passes:
            # Said once for all passes that follow: on sixty passes nobody would find the one with another lot.
            if (needled_with := self._needled_with(each)) != held:
                held = needled_with
                yield words("Needled with"), held
            yield (
                self._zone(each.zone),
                self.joined(
                    f"{each.depth_mm} mm",
                    words.plural("{count} pass", "{count} passes", each.count),
                    words(each.direction.value),
                    words("endpoint {endpoint}", endpoint=words(each.endpoint.value)) if each.endpoint else "",
                    self.at(each.at),
                ),
            )
        yield words("Ended"), self.at(done.ended_at)
        yield words("Note"), done.note

    def _needled_with(self, one: NeedlingPass) -> str:
        output = f"{one.output.normalize():f} {one.output_unit}".strip() if one.output is not None else ""
        serial = self.words("serial number {serial}", serial=one.serial) if one.serial else ""
        return self.joined(one.device, one.cartridge, self._lot(one.lot, one.expires_on), serial, output, one.by)

    def _reactions(self) -> Rows:
        words, seen = self.words, self.draft.reactions
        if seen.none_observed_at:
            yield words("None observed"), self.at(seen.none_observed_at)
        else:
            for none in seen.nothing_seen:
                when = self._said(self.knowledge.visit_moments, none.moment, "name")
                graded = any(each.moment == none.moment for each in seen.observations)
                said = words("Nothing else observed") if graded else words("None observed")
                yield said, self.joined(when, self.at(none.at))
        for each in seen.observations:
            name = self._said(self.knowledge.reactions, each.reaction, "name")
            where = self._zone(each.zone) if each.zone else words("whole area")
            when = self._said(self.knowledge.visit_moments, each.moment, "name")
            yield name, self.joined(self._grade(each.scale, each.grade), where, when, each.note, self.at(each.at))
        for event in seen.adverse_events:
            yield (
                words("Adverse event"),
                self.joined(
                    event.what,
                    words(event.seriousness.value),
                    event.action_taken,
                    self._zones(event.zones),
                    words("began {when}", when=self.at(event.onset_at)) if event.onset_at else "",
                    words(event.outcome.value) if event.outcome else "",
                    words("reported to {whom}", whom=event.reported_to) if event.reported_to else "",
                    self.at(event.at),
                ),
            )
        for photo in seen.photos:
            yield words("Photo after"), self._photo(photo)
        yield words("Note"), seen.note

    def _aftercare(self) -> Rows:
        words, given = self.words, self.draft.aftercare
        yield words("Note on the sheet"), given.note
        yield words("For home"), ", ".join(given.products)
        yield words("Next visit"), self.at(given.next_visit_at)
        yield words("Sheet shown"), self.at(given.sheet_shown_at)
        for sheet in given.given:
            yield from self._handed_over(sheet)

    def _handed_over(self, sheet: SheetGiven) -> Rows:
        words, taken_back = self.words, sheet.withdrawn
        act = (words(sheet.how.value), self.at(sheet.at), sheet.by)
        kept = f"SHA-256 {grouped(sheet.sha256)}"
        if taken_back and taken_back.slip:
            # Nothing was given by it: the paper may not read as if something had been.
            whose = taken_back.by if taken_back.by != sheet.by else ""
            when = words("taken back {when}", when=self.at(taken_back.at))
            yield words("Wrong tap, taken back"), self.joined(*act, when, whose, kept)
            return
        yield words("Sheet given"), self.joined(*act, kept)
        if taken_back:
            said = words("given in error, withdrawn {when}", when=self.day_and_time(taken_back.at))
            yield words("Sheet withdrawn"), self.joined(said, taken_back.reason, taken_back.by)

    def addenda(self) -> Rows:
        """What was added since, in the order in which it was sealed."""
        for addendum in self.signed.addenda:
            yield self.at(addendum.at), self.joined(addendum.text, addendum.by)
