"""Steps 5 and 6 of a signed visit as parts to read: the time-out, every pass, and the serums."""

from __future__ import annotations

from needlelog.domain.treatment import NeedlingPass
from needlelog.rules.time_out_said import words_of
from ui.screens.record.before import use_table
from ui.screens.record.reading import Part, Reader, Row, Table
from ui.widgets.numbers import number
from ui.widgets.trade_words import direction, endpoint


def needling_parts(reader: Reader) -> list[Part]:
    """Zones, times, each pass in its order, the pause before."""
    tr, step = reader.tr, reader.draft.needling
    begun_ended = ""
    if step.started_at:
        ended = reader.time(step.ended_at) or tr("not recorded")
        begun_ended = tr("{on} to {off}", on=reader.time(step.started_at), off=ended)
    rows = (
        Row(tr("Zones treated"), reader.zone_names(reader.draft.treated_zones)),
        Row(tr("Needling"), begun_ended),
        Row(tr("Note"), step.note),
    )
    ticks = tuple(
        Row(words_of(tick, reader.knowledge, tr), ", ".join(part for part in (reader.time(tick.at), tick.by) if part))
        for tick in step.time_out
    )
    return [
        Part(rows=tuple(row for row in rows if row.value)),
        Part(title=tr("Passes"), table=passes_table(reader, step.passes)),
        Part(title=tr("Time-out before needling"), rows=ticks),
    ]


def passes_table(reader: Reader, passes: tuple[NeedlingPass, ...]) -> Table | None:
    """Zone, depth, passes and direction, device with its setting, cartridge lot, endpoint, time."""
    tr = reader.tr
    if not passes:
        return None
    rows = tuple(
        (
            reader.zone_name(one.zone),
            f"{one.depth_mm:.2f} mm",
            f"{one.count} \u00d7\n{direction(tr, one.direction)}",
            "\n".join(part for part in (one.device, _output(one)) if part),
            "\n".join(part for part in _cartridge(reader, one) if part),
            endpoint(tr, one.endpoint),
            reader.time(one.at),
        )
        for one in passes
    )
    headings = (
        tr("Zone"),
        tr("Depth"),
        tr("Passes"),
        tr("Device"),
        tr("Cartridge and lot"),
        tr("Endpoint"),
        tr("Time"),
    )
    return Table(tr("Passes"), headings, rows, (3, 0, 2, 3, 3, 2, 0))


def _cartridge(reader: Reader, one: NeedlingPass) -> tuple[str, ...]:
    number_said = reader.tr("No. {serial}", serial=one.serial) if one.serial else ""
    return one.cartridge, reader.lot(one.lot, one.expires_on, "\n"), number_said


def _output(one: NeedlingPass) -> str:
    return f"{number(one.output)} {one.output_unit}".strip() if one.output is not None else ""


def serum_parts(reader: Reader) -> list[Part]:
    """What was put on the needled skin."""
    return [Part(table=use_table(reader, reader.draft.serums, reader.tr("Serums")))]
