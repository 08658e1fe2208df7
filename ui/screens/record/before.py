"""Steps 1 to 4 of a signed visit as parts to read: consultation, consent, cleansing, numbing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from needlelog.domain.client import ROMAN, AllergyState
from needlelog.domain.materials import MaterialUse
from needlelog.domain.partial_date import record_partial_date
from needlelog.domain.reactions import Grade
from needlelog.domain.session import Numbing
from ui.screens.record.reading import Part, Reader, Row, Table
from ui.widgets.numbers import number
from ui.widgets.trade_words import allergy_state, photo_consent

_ANSWERS = {"no": "No", "yes": "Yes", "unsure": "Unsure"}


def consultation_parts(reader: Reader) -> list[Part]:
    """Concerns, skin type, preparation, screening, allergies, baseline, photos, plan."""
    tr, step = reader.tr, reader.draft.consultation
    rows = [
        Row(tr("Series"), reader.session(step.series) if step.series else ""),
        Row(tr("Concerns"), ", ".join(reader.concern(one) for one in step.concerns) or tr("not recorded")),
        Row(tr("Repeats the visit of"), reader.day(reader.draft.repeats_visit_on)),
        Row(tr("In the client's words"), step.concern_note),
        Row(tr("Skin type (Fitzpatrick)"), ROMAN[step.fitzpatrick] if step.fitzpatrick else tr("not recorded")),
        _allergies(reader),
        Row(tr("Body weight"), tr("{kg} kg", kg=number(step.weight_kg)) if step.weight_kg is not None else ""),
    ]
    return [
        Part(rows=tuple(row for row in rows if row.value)),
        Part(title=tr("Preparation"), rows=_preparation(reader)),
        Part(title=tr("Screening"), rows=_screening(reader)),
        Part(title=tr("Baseline"), table=grades_table(reader, step.baseline, tr("Baseline"))),
        Part(title=tr("Photos before"), photos=step.photos),
        Part(title=tr("Plan"), rows=_plan(reader)),
    ]


def _allergies(reader: Reader) -> Row:
    tr, step = reader.tr, reader.draft.consultation
    if step.allergy_state is None:
        return Row(tr("Allergies"), tr("not confirmed in this visit"), "hold")
    said = allergy_state(tr, step.allergy_state)
    if step.allergy_state is AllergyState.KNOWN:
        said = "; ".join(
            f"{one.substance}: {one.reaction}" if one.reaction else one.substance for one in step.allergies
        )
    when = tr("confirmed {time}", time=reader.time(step.allergies_confirmed_at)) if step.allergies_confirmed_at else ""
    tone = "stop" if step.allergy_state is AllergyState.KNOWN else ""
    return Row(tr("Allergies"), ", ".join(part for part in (said, when) if part), tone)


def _preparation(reader: Reader) -> tuple[Row, ...]:
    tr = reader.tr
    kept = {"yes": tr("Kept"), "no": tr("Not kept"), "unsure": tr("Unsure")}
    rows = []
    for answer in reader.draft.consultation.preparation:
        known = reader.knowledge.preparation.get(answer.item)
        said = ", ".join(part for part in (kept[answer.kept], answer.note) if part)
        rows.append(Row(known.question if known else answer.item, said, "" if answer.kept == "yes" else "hold"))
    return tuple(rows)


def _screening(reader: Reader) -> tuple[Row, ...]:
    """Every answer that was not "no" by itself, then how many were answered "no", and how many confirmed as before."""
    tr = reader.tr
    rows: list[Row] = []
    clear: list[str] = []
    confirmed: dict[date, list[str]] = {}
    for answer in reader.draft.consultation.screening:
        known = reader.knowledge.contraindications.get(answer.contraindication)
        title = known.title if known else answer.contraindication
        if answer.answer == "no" and not answer.note and answer.ended_on is None:
            (confirmed.setdefault(answer.confirmed_from, []) if answer.confirmed_from else clear).append(title)
            continue
        ended = tr("ended {day}", day=record_partial_date(answer.ended)) if answer.ended else ""
        if answer.ended and known and known.ahead:
            ended = tr("begins {day}", day=record_partial_date(answer.ended))
        since = tr("still so since {day}", day=reader.day(answer.confirmed_from)) if answer.confirmed_from else ""
        where = ": ".join(filter(None, (tr(_ANSWERS[answer.answer]), reader.zone_names(answer.zones))))
        said = ", ".join(part for part in (where, ended, since, answer.note) if part)
        rows.append(Row(title, said, "" if answer.answer == "no" else "hold"))
    if clear:
        rows.append(Row(tr("Answered “no” ({count})", count=len(clear)), "; ".join(clear)))
    for day, titles in confirmed.items():
        text = tr("Confirmed as “no” since {day} ({count})", day=reader.day(day), count=len(titles))
        rows.append(Row(text, "; ".join(titles)))
    return tuple(rows)


def _plan(reader: Reader) -> tuple[Row, ...]:
    tr, plan = reader.tr, reader.draft.consultation.plan
    rows = []
    for zone in plan.zones:
        depth = tr("{depth} mm", depth=f"{zone.depth_mm:.2f}") if zone.depth_mm is not None else ""
        taken = tr("from the visit of {day}", day=reader.day(zone.from_visit_on)) if zone.from_visit_on else ""
        if zone.from_series and not taken:
            taken = tr("from the plan of the series")
        if zone.usual_depth:
            taken = tr("usual depth, not chosen for this client")
        unsure = "" if zone.confirmed else tr("not confirmed")
        said = ", ".join(part for part in (depth, taken, unsure) if part)
        rows.append(Row(reader.zone_name(zone.zone), said or tr("planned")))
    if plan.note:
        rows.append(Row(tr("Note"), plan.note))
    return tuple(rows)


def grades_table(reader: Reader, grades: Sequence[Grade], name: str) -> Table | None:
    """Readings on published scales; None where there are none."""
    tr = reader.tr
    if not grades:
        return None
    rows = tuple(
        (
            reader.scale(one.scale),
            reader.grade(one.scale, one.value),
            reader.zone_name(one.zone) if one.zone else tr("Whole area"),
            reader.time(one.at),
        )
        for one in grades
    )
    return Table(name, (tr("Scale"), tr("Grade"), tr("Zone"), tr("Time")), rows, (1, 1, 1, 0))


def consent_parts(reader: Reader) -> list[Part]:
    """The text as it was shown, who confirmed what, the signature, and the answer about photos."""
    tr, consent = reader.tr, reader.draft.consent
    rows = [
        *_interpreted(reader),
        Row(tr("Name confirmed"), consent.confirmed_name),
        Row(tr("Date of birth confirmed"), reader.day(consent.confirmed_birth_date)),
        Row(tr("Signed at"), reader.moment(consent.signature.at) if consent.signature else ""),
        Row(tr("Signed by typing"), consent.signature.typed_name if consent.signature else ""),
        Row(tr("Photos"), photo_consent(tr, consent.photo) if consent.photo else tr("not asked")),
        Row(tr("Photos answered at"), reader.moment(consent.photo_at)),
    ]
    shown = Part()
    if consent.shown is not None:
        named = tr("{title}, version {version}", title=consent.shown.title, version=consent.shown.version)
        rows.insert(0, Row(tr("Text shown"), named))
        rows.insert(1, Row(tr("Fingerprint of the text"), consent.shown.sha256[:16]))
        shown = Part(title=tr("The text as shown"), text=consent.shown.text)
    drawn = consent.signature if consent.signature and consent.signature.strokes else None
    return [Part(rows=tuple(row for row in rows if row.value)), Part(title=tr("Signature"), signature=drawn), shown]


def _interpreted(reader: Reader) -> tuple[Row, ...]:
    tr, said = reader.tr, reader.draft.consent.understanding
    if said is None:
        return ()
    none = tr("None needed: read by the client")
    who = ", ".join(one for one in (said.interpreter, said.relation) if one) or none
    return (Row(tr("Interpreter"), tr("{who}, {moment}", who=who, moment=reader.moment(said.at))),)


def use_table(reader: Reader, uses: Sequence[MaterialUse], name: str) -> Table | None:
    """Products as they were used; None where there are none."""
    tr = reader.tr
    if not uses:
        return None
    rows = tuple(
        (
            one.name,
            reader.lot(one.lot, one.expires_on, "\n"),
            " ".join(part for part in (number(one.amount), one.amount_unit) if part and one.amount is not None),
            reader.zone_names(one.zones),
            _lasted(reader, one),
            reader.time(one.started_at or one.at),
        )
        for one in uses
    )
    headings = (tr("Product"), tr("Lot and expiry"), tr("Amount"), tr("Zones"), tr("Duration"), tr("Time"))
    # A column nobody filled is left out, so that the others have room.
    kept = [column for column in range(len(headings)) if any(row[column] for row in rows)]
    return Table(
        name,
        tuple(headings[column] for column in kept),
        tuple(tuple(row[column] for column in kept) for row in rows),
        tuple((4, 3, 0, 4, 0, 0)[column] for column in kept),
    )


def _lasted(reader: Reader, use: MaterialUse) -> str:
    if use.duration_s is None:
        return ""
    minutes, seconds = divmod(use.duration_s, 60)
    return (
        reader.tr("{minutes} min {seconds:02d} s", minutes=minutes, seconds=seconds)
        if seconds
        else reader.tr("{minutes} min", minutes=minutes)
    )


def cleansing_parts(reader: Reader) -> list[Part]:
    """What cleaned the skin, by whom and when it was done."""
    tr, step = reader.tr, reader.draft.cleansing
    rows = (Row(tr("Done at"), reader.time(step.done_at)), Row(tr("Done by"), step.done_by))
    return [
        Part(table=use_table(reader, step.uses, tr("Cleansing"))),
        Part(rows=tuple(row for row in rows if row.value)),
    ]


def numbing_parts(reader: Reader) -> list[Part]:
    """Each application with its dose, its place and its times."""
    return [Part(title=one.name, rows=_numbing_rows(reader, one)) for one in reader.draft.numbing]


def _numbing_rows(reader: Reader, one: Numbing) -> tuple[Row, ...]:
    tr = reader.tr
    dwell = ""
    if one.on_at and one.removed_at:
        dwell = tr("{count} min", count=int((one.removed_at - one.on_at).total_seconds()) // 60)
    amount = tr("{grams} g", grams=number(one.applied_g)) if one.applied_g is not None else ""
    area = tr("on {area} cm²", area=number(one.area_cm2)) if one.area_cm2 is not None else ""
    on_off = tr("{on} to {off}", on=reader.time(one.on_at), off=reader.time(one.removed_at) or tr("not recorded"))
    rows = (
        Row(tr("Strength"), one.strength),
        Row(tr("Amount"), " ".join(part for part in (amount, area) if part)),
        Row(tr("Zones"), reader.zone_names(one.zones)),
        Row(tr("Lot and expiry"), reader.lot(one.lot, one.expires_on)),
        Row(tr("On the skin"), ", ".join(part for part in (on_off, dwell) if part) if one.on_at else ""),
        Row(tr("Applied by"), one.by),
    )
    return tuple(row for row in rows if row.value)
