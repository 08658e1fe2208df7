"""Steps 7 to 9 of a signed visit as parts to read: cooling, reactions, aftercare."""

from __future__ import annotations

from ui.screens.record.before import use_table
from ui.screens.record.reading import Part, Reader, Row, Table
from ui.widgets.phrases import withdrawn_text
from ui.widgets.trade_words import hand_over, outcome, seriousness


def cooling_parts(reader: Reader) -> list[Part]:
    """What soothed the skin, and for how long."""
    return [Part(table=use_table(reader, reader.draft.cooling, reader.tr("Cooling and soothing")))]


def reaction_parts(reader: Reader) -> list[Part]:
    """Graded reactions, or the explicit answer that there were none; adverse events; photos after."""
    tr, step = reader.tr, reader.draft.reactions
    rows = []
    if step.none_observed_at is not None:
        rows.append(Row(tr("None observed"), tr("answered at {time}", time=reader.time(step.none_observed_at)), "ok"))
    for said in step.nothing_seen if step.none_observed_at is None else ():
        when = reader.visit_moment(said.moment).lower()
        graded = any(one.moment == said.moment for one in step.observations)
        named = (
            tr("Nothing else observed, {moment}", moment=when) if graded else tr("None observed, {moment}", moment=when)
        )
        rows.append(Row(named, tr("answered at {time}", time=reader.time(said.at)), "ok"))
    if step.note:
        rows.append(Row(tr("Note"), step.note))
    parts = [Part(rows=tuple(rows)), Part(table=_observations(reader))]
    for event in step.adverse_events:
        told = (
            Row(tr("What happened"), event.what, "stop"),
            Row(tr("How serious"), seriousness(tr, event.seriousness), "stop"),
            Row(tr("What was done"), event.action_taken or tr("not recorded")),
            Row(tr("Zones"), reader.zone_names(event.zones)),
            Row(tr("Began"), reader.moment(event.onset_at)),
            Row(tr("Outcome"), outcome(tr, event.outcome) if event.outcome else ""),
            Row(tr("Reported to"), event.reported_to),
            Row(tr("Time"), reader.moment(event.at)),
        )
        parts.append(Part(title=tr("Adverse event"), rows=tuple(row for row in told if row.value)))
    parts.append(Part(title=tr("Photos after"), photos=step.photos))
    return parts


def _observations(reader: Reader) -> Table | None:
    tr, seen = reader.tr, reader.draft.reactions.observations
    if not seen:
        return None
    rows = tuple(
        (
            reader.reaction(one.reaction),
            reader.grade(one.scale, one.grade),
            reader.zone_name(one.zone) if one.zone else tr("Whole area"),
            one.note,
            "\n".join(part for part in (reader.time(one.at), reader.visit_moment(one.moment)) if part),
        )
        for one in seen
    )
    headings = (tr("Reaction"), tr("Grade"), tr("Zone"), tr("Note"), tr("Time"))
    return Table(tr("Reactions"), headings, rows, (2, 2, 2, 3, 0))


def aftercare_parts(reader: Reader) -> list[Part]:
    """What the client took home, and when to come back."""
    tr, step = reader.tr, reader.draft.aftercare
    rows = [
        Row(tr("Note"), step.note),
        Row(tr("Recommended for home"), ", ".join(step.products)),
        Row(tr("Next visit"), reader.moment(step.next_visit_at) or tr("not arranged")),
        Row(tr("Sheet gone through"), reader.moment(step.sheet_shown_at)),
    ]
    price = reader.draft.price
    if price is not None:
        amount = f"{price.amount:.2f} {price.currency}".strip() if price.amount is not None else price.currency
        said = ", ".join(part for part in (price.words, amount) if part)
        rows.append(Row(tr("Price and package (on no paper)"), said))
    for given in step.given:
        said = tr("{how}, {when}, {who}", how=hand_over(tr, given.how), when=reader.moment(given.at), who=given.by)
        if given.withdrawn and given.withdrawn.slip:
            rows.append(Row(tr("Wrong tap, taken back"), said))
            continue
        rows.append(Row(tr("Aftercare sheet"), said))
        if given.withdrawn:
            rows.append(Row(tr("Sheet withdrawn"), withdrawn_text(tr, given.withdrawn, reader.draft.time_zone), "hold"))
    return [Part(rows=tuple(row for row in rows if row.value))]
