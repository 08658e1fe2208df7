"""The signed visit on paper: everything recorded, what was added since, and the seal that covers it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime

from needlelog.clock import local
from needlelog.documents.fonts import Face
from needlelog.documents.layout import Block, Drawing, Panel, Row, Stack, Style, Text, flow, gap, rule
from needlelog.documents.lines import Span
from needlelog.documents.pen import (
    ACCENT,
    CONTENT_HEIGHT,
    CONTENT_WIDTH,
    EDGE,
    HAIRLINE,
    INK,
    MUTED,
    STOP,
    PaperInfo,
    Pen,
    paint,
)
from needlelog.domain.client import ROMAN, AllergyState
from needlelog.domain.clinic import Clinic
from needlelog.domain.consent import Signature
from needlelog.domain.findings import StepId
from needlelog.domain.materials import MaterialUse
from needlelog.domain.reactions import Grade
from needlelog.domain.session import Photo, SignedSession
from needlelog.i18n import Words, record_date, record_time
from needlelog.knowledge.model import Knowledge

TEMPLATE_VERSION = "record 1.0"
BODY = Style(size=10.5, leading=1.35)
STRONG = BODY.but(face=Face.BOLD)
QUIET = BODY.but(colour=MUTED)
LABEL_WIDTH = 132.0

Rows = Iterator[tuple[str, str]]


def make_record_sheet(signed: SignedSession, clinic: Clinic, knowledge: Knowledge, words: Words) -> bytes:
    """The record of a signed visit as PDF; equal input gives equal bytes.

    Addenda stand before the seal. Raises ``Fault(CHARACTER_NOT_PRINTABLE)`` before anything is drawn.
    """
    record = _Record(signed, clinic, knowledge, words)
    pages = flow(record.blocks(), CONTENT_HEIGHT - 30)
    info = PaperInfo(
        size=clinic.page_size,
        title=words("Treatment record"),
        author=clinic.name,
        language=clinic.language,
        made_at=max((signed.signed_at, *(addendum.at for addendum in signed.addenda))),
        subject=TEMPLATE_VERSION,
    )
    return paint(info, pages, record.footer)


class _Record:
    def __init__(self, signed: SignedSession, clinic: Clinic, knowledge: Knowledge, words: Words) -> None:
        self.signed = signed
        self.draft = signed.draft
        self.clinic = clinic
        self.knowledge = knowledge
        self.words = words
        self._visit_day = local(signed.draft.started_at, signed.draft.time_zone).date()

    # words for values

    def _day(self, day: date | None) -> str:
        return record_date(day) if day else ""

    def _at(self, moment: datetime | None) -> str:
        """The clock time on the day of the visit, day and time on any other."""
        if moment is None:
            return ""
        at = local(moment, self.draft.time_zone)
        return record_time(at) if at.date() == self._visit_day else self._day_and_time(moment)

    def _day_and_time(self, moment: datetime) -> str:
        at = local(moment, self.draft.time_zone)
        return f"{record_date(at.date())} {record_time(at)}"

    def _zones(self, zones: Sequence[str]) -> str:
        return ", ".join(self._zone(zone) for zone in zones)

    def _zone(self, zone: str) -> str:
        entry = self.knowledge.zones.get(zone)
        return self.words(entry.name) if entry else zone

    def _said(self, entries: Mapping[str, object], key: str, field: str) -> str:
        entry = entries.get(key)
        return self.words(str(getattr(entry, field))) if entry is not None else key

    def _grade(self, scale: str, value: int) -> str:
        entry = self.knowledge.scales.get(scale)
        if entry is None:
            return f"{scale} {value}"
        word = next((grade.word for grade in entry.grades if grade.value == value), "")
        return f"{self.words(entry.name)}: {value} {self.words(word) if word else ''}".strip()

    def _joined(self, *parts: str) -> str:
        return " · ".join(part for part in parts if part)

    # blocks

    def blocks(self) -> list[Block]:
        """Everything, from whose record it is to its seal."""
        found = self._head()
        for step, title, rows in self._steps():
            skipped = self.draft.skip_of(step)
            if skipped:
                reason = self._joined(skipped.reason, skipped.by, self._at(skipped.at))
                rows = [(self.words("Did not apply"), reason), *rows]
            found += self._section(title, rows)
            if step is StepId.CONSENT and self.draft.consent.signature:
                found.append(self._signature(self.draft.consent.signature))
        found += self._consent_text()
        found += self._section(self.words("Reasons for going ahead despite a warning"), self._overrides())
        found += self._addenda()
        found.append(gap(12))
        found.append(self._seal())
        return found

    def _head(self) -> list[Block]:
        words, client, draft = self.words, self.signed.client, self.draft
        identity = words(
            " · born {birth} · {number}", birth=record_date(client.birth_date), number=f"C-{client.number:04d}"
        )
        found: list[Block] = [
            Row(
                (
                    Text(self.clinic.name, STRONG.but(colour=ACCENT)),
                    Text(f"{record_date(self._visit_day)} {self._at(draft.started_at)}", STRONG.but(align="end")),
                ),
                (None, 130),
            ),
            gap(3),
            rule(ACCENT, 1.5),
            gap(8),
            Text(words("Treatment record"), Style(size=20, face=Face.BOLD, leading=1.3)),
            Text([Span(client.full_name, Face.BOLD), Span(identity, colour=MUTED)], BODY.but(size=12), base="L"),
            gap(3),
            Text(
                self._joined(
                    words("Practitioner: {name}", name=draft.practitioner),
                    words("Times in {zone}", zone=draft.time_zone),
                    words("Reference data {version}", version=draft.knowledge_version),
                ),
                QUIET,
            ),
        ]
        if self.signed.invalidated_at:
            said = words("Invalid since {when}:", when=self._day_and_time(self.signed.invalidated_at))
            text = Text([Span(said, Face.BOLD, STOP), Span(" " + self.signed.invalidated_reason)], BODY)
            found += [gap(8), Panel(text, fill=None, edge=STOP, pad_y=7)]
        return found

    def _section(self, title: str, rows: Sequence[tuple[str, str]] | Rows) -> list[Block]:
        made: list[Block] = []
        last = ""
        for label, value in rows:
            if value:
                made.append(
                    Row((Text("" if label == last else label, QUIET), Text(value, BODY)), (LABEL_WIDTH, None), gap=8)
                )
                last = label
        if not made:
            made = [Text(self.words("Nothing recorded"), QUIET)]
        heading = Stack((gap(12), Text(title, Style(size=12, face=Face.BOLD)), gap(2), rule(), gap(3)), sticky=True)
        return [heading, *made]

    def _steps(self) -> Iterator[tuple[StepId, str, list[tuple[str, str]]]]:
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
        yield words("Concerns"), self._joined(concerns, noted.concern_note)
        yield words("Skin type"), f"Fitzpatrick {ROMAN[noted.fitzpatrick]}" if noted.fitzpatrick else ""
        yield words("Allergies"), self._allergies()
        for answer in noted.preparation:
            question = self._said(knowledge.preparation, answer.item, "question")
            yield words("Preparation"), self._joined(question, words(answer.kept), answer.note, self._at(answer.at))
        plain = [one for one in noted.screening if one.answer == "no" and not (one.note or one.ended_on)]
        for screened in noted.screening:
            if screened in plain:
                continue
            title = self._said(knowledge.contraindications, screened.contraindication, "title")
            ended = words("ended {day}", day=self._day(screened.ended_on)) if screened.ended_on else ""
            yield (
                words("Screening"),
                self._joined(title, words(screened.answer), ended, screened.note, self._at(screened.at)),
            )
        if plain:
            titles = "; ".join(self._said(knowledge.contraindications, one.contraindication, "title") for one in plain)
            asked = sorted(one.at for one in plain)
            times = words("asked {first} to {last}", first=self._at(asked[0]), last=self._at(asked[-1]))
            yield words("Screening: no ({count})", count=len(plain)), self._joined(titles, times)
        for grade in noted.baseline:
            yield words("Baseline"), self._graded(grade)
        for photo in noted.photos:
            yield words("Photo before"), self._photo(photo)
        for zone in noted.plan.zones:
            depth = f"{zone.depth_mm} mm" if zone.depth_mm is not None else ""
            copied = words("from {day}", day=self._day(zone.from_visit_on)) if zone.from_visit_on else ""
            yield words("Plan"), self._joined(self._zone(zone.zone), depth, copied)
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
        named = ", ".join(self._joined(each.substance, each.reaction) for each in noted.allergies)
        confirmed = self._at(noted.allergies_confirmed_at)
        return self._joined(named or self.words(states[noted.allergy_state]), confirmed)

    def _graded(self, grade: Grade) -> str:
        where = self._zone(grade.zone) if grade.zone else self.words("whole area")
        return self._joined(where, self._grade(grade.scale, grade.value), self._at(grade.at))

    def _photo(self, photo: Photo) -> str:
        return self._joined(photo.view, self._at(photo.taken_at), f"SHA-256 {photo.sha256}")

    def _consent(self) -> Rows:
        words, consent = self.words, self.draft.consent
        if consent.shown:
            yield words("Text"), self._joined(consent.shown.title, consent.shown.version, consent.shown.language)
            yield words("Fingerprint"), f"SHA-256 {consent.shown.sha256}"
        yield words("Confirmed"), self._joined(consent.confirmed_name, self._day(consent.confirmed_birth_date))
        if consent.photo:
            yield words("Photos"), self._joined(words(consent.photo.value), self._at(consent.photo_at))
        if consent.signature:
            name = consent.signature.typed_name
            yield words("Signed as consent"), self._joined(name or words("drawn below"), self._at(consent.signature.at))

    def _cleansing(self) -> Rows:
        done = self.draft.cleansing
        for use in done.uses:
            yield self._use(use)
        yield self.words("Done"), self._joined(self._at(done.done_at), done.done_by)

    def _use(self, use: MaterialUse) -> tuple[str, str]:
        words = self.words
        amount = f"{use.amount.normalize():f} {use.amount_unit}".strip() if use.amount is not None else ""
        lasted = words("{minutes} min", minutes=round(use.duration_s / 60)) if use.duration_s else ""
        return self._at(use.at), self._joined(
            use.name, self._lot(use.lot, use.expires_on), amount, lasted, self._zones(use.zones), use.by
        )

    def _lot(self, lot: str, expires_on: date | None) -> str:
        said = self.words("lot {lot}", lot=lot) if lot else ""
        until = self.words("use by {day}", day=self._day(expires_on)) if expires_on else ""
        return self._joined(said, until)

    def _numbing(self) -> Rows:
        words = self.words
        for each in self.draft.numbing:
            amount = f"{each.applied_g.normalize():f} g" if each.applied_g is not None else ""
            area = f"{each.area_cm2.normalize():f} cm²" if each.area_cm2 is not None else ""
            on = words("on {when}", when=self._at(each.on_at)) if each.on_at else ""
            off = words("removed {when}", when=self._at(each.removed_at)) if each.removed_at else ""
            yield (
                each.name,
                self._joined(
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
            item = self._said(self.knowledge.time_out, tick.item, "text")
            yield words("Time-out"), self._joined(item, tick.by, self._at(tick.at))
        yield words("Began"), self._at(done.started_at)
        for each in done.passes:
            output = f"{each.output.normalize():f} {each.output_unit}".strip() if each.output is not None else ""
            yield (
                self._zone(each.zone),
                self._joined(
                    f"{each.depth_mm} mm",
                    words.plural("{count} pass", "{count} passes", each.count),
                    words(each.direction.value),
                    each.device,
                    each.cartridge,
                    self._lot(each.lot, each.expires_on),
                    output,
                    words("endpoint {endpoint}", endpoint=words(each.endpoint.value)) if each.endpoint else "",
                    self._at(each.at),
                    each.by,
                ),
            )
        yield words("Ended"), self._at(done.ended_at)
        yield words("Note"), done.note

    def _reactions(self) -> Rows:
        words, seen = self.words, self.draft.reactions
        if seen.none_observed_at:
            yield words("None observed"), self._at(seen.none_observed_at)
        for each in seen.observations:
            name = self._said(self.knowledge.reactions, each.reaction, "name")
            where = self._zone(each.zone) if each.zone else words("whole area")
            yield name, self._joined(self._grade(each.scale, each.grade), where, each.note, self._at(each.at))
        for event in seen.adverse_events:
            yield (
                words("Adverse event"),
                self._joined(
                    event.what,
                    words(event.seriousness.value),
                    event.action_taken,
                    self._zones(event.zones),
                    self._at(event.at),
                ),
            )
        for photo in seen.photos:
            yield words("Photo after"), self._photo(photo)
        yield words("Note"), seen.note

    def _aftercare(self) -> Rows:
        words, given = self.words, self.draft.aftercare
        yield words("Note on the sheet"), given.note
        yield words("For home"), ", ".join(given.products)
        yield words("Next visit"), self._at(given.next_visit_at)
        yield words("Sheet shown"), self._at(given.sheet_shown_at)
        for sheet in given.given:
            yield (
                words("Sheet given"),
                self._joined(words(sheet.how.value), self._at(sheet.at), sheet.by, f"SHA-256 {sheet.sha256}"),
            )

    def _overrides(self) -> Rows:
        for override in self.draft.overrides:
            yield (
                self._at(override.at),
                self._joined(self.words(override.finding.title), override.finding.detail, override.reason, override.by),
            )

    def _signature(self, signature: Signature) -> Block:
        width, height = 60.0 * signature.aspect, 60.0
        if width > CONTENT_WIDTH - LABEL_WIDTH:
            width, height = CONTENT_WIDTH - LABEL_WIDTH, (CONTENT_WIDTH - LABEL_WIDTH) / signature.aspect

        def draw(pen: Pen, x: float, top: float, room: float) -> None:
            del room
            left = x + LABEL_WIDTH
            pen.stroke([(left, top + height), (left + width, top + height)], EDGE, 0.5)
            for stroke in signature.strokes:
                points = [(left + across * width, top + down * height) for across, down, _ in stroke]
                if len(points) > 1:
                    pen.stroke(points, INK, 1.1)

        return Drawing(height + 4, draw) if signature.strokes else gap(0)

    def _consent_text(self) -> list[Block]:
        shown = self.draft.consent.shown
        if shown is None:
            return []
        found = self._section(self.words("Consent text as shown"), [("", "\u00a0")])[:1]
        paragraphs = [part for part in shown.text.split("\n") if part.strip()]
        return [*found, *(Stack((Text(part, BODY), gap(3)), splittable=True) for part in paragraphs)]

    def _addenda(self) -> list[Block]:
        if not self.signed.addenda:
            return []
        rows = [
            (self._at(addendum.at), self._joined(addendum.text, addendum.by))
            for addendum in sorted(self.signed.addenda, key=lambda addendum: addendum.at)
        ]
        return self._section(self.words("Added after signing"), rows)

    def _seal(self) -> Block:
        words, seal = self.words, self.signed.seal
        said = words(
            "Signed by {name} on {when} as the practitioner responsible for this record.",
            name=self.signed.signed_by,
            when=self._day_and_time(self.signed.signed_at),
        )
        lines: list[Block] = [
            Text(said, STRONG),
            gap(4),
            Text(words("Seal {number} of the clinic's chain, SHA-256", number=seal.sequence), QUIET),
            Text(seal.sha256, BODY),
        ]
        if seal.previous_sha256:
            lines += [Text(words("after"), QUIET), Text(seal.previous_sha256, QUIET)]
        return Panel(Stack(lines), pad_y=9, edge=EDGE, line=1)

    def footer(self, pen: Pen, left: float, bottom: float, page: int, pages: int) -> None:
        """Whose record, which visit, which page."""
        client, style = self.signed.client, BODY.but(size=10, colour=MUTED, leading=1.2)
        day = record_date(local(self.draft.started_at, self.draft.time_zone).date())
        short = client.full_name if len(client.full_name) <= 60 else f"{client.full_name[:59]}…"
        pen.stroke([(left, bottom - 18), (left + CONTENT_WIDTH, bottom - 18)], HAIRLINE, 0.75)
        who = self.words(
            " · born {birth} · C-{number:04d} · visit {day} · {version}",
            birth=record_date(client.birth_date),
            number=client.number,
            day=day,
            version=TEMPLATE_VERSION,
        )
        number = self.words("Page {page} of {pages}", page=page, pages=pages)
        spans = [Span(short, colour=MUTED), Span(who, colour=MUTED)]
        row = Row((Text(spans, style, base="L"), Text(number, style.but(align="end"))), (None, 80))
        row.place(CONTENT_WIDTH).draw(pen, left, bottom - 13)
