"""The clinic's own values laid over the reference data: each stands in the entry, with ours and the reason beside."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from needlelog.domain.clinic_values import ClinicValue
from needlelog.domain.findings import CLINIC, Level, Source, level_word
from needlelog.domain.materials import AnaestheticLimits, DeviceSettings
from needlelog.domain.value import LINE_LIMIT
from needlelog.i18n import Words, record_date
from needlelog.knowledge.checks import problems
from needlelog.knowledge.figures import Figure, figures_of, mirrored, parsed, with_value
from needlelog.knowledge.labels import label_of
from needlelog.knowledge.model import Contraindication, DeviceEntry, Entry, Knowledge, OwnValue, ProductEntry

Places = Mapping[tuple[str, str, str], ClinicValue]


@dataclass(frozen=True, slots=True)
class Laid:
    """The set as it is used. ``misfits`` are decisions that no longer fit the reference data, where ours counts."""

    knowledge: Knowledge
    misfits: tuple[ClinicValue, ...] = ()


def in_force(decisions: Iterable[ClinicValue]) -> Places:
    """The newest decision of each place, without those that took ours back."""
    newest = {decision.place: decision for decision in decisions}
    return {place: decision for place, decision in newest.items() if decision.value}


def laid_over(shipped: Knowledge, decisions: tuple[ClinicValue, ...], tr: Words) -> Laid:
    """``shipped`` with the clinic's values in the place of ours, under a version of its own.

    A value that does not fit any more (an entry that is gone, a neighbour that moved) is left out and named.
    """
    wanted = in_force(decisions)
    used, waiting = shipped, list(wanted.values())
    # One value may need another beside it before it fits, so each is tried until nothing more does.
    while waiting:
        together = _all_of(used, waiting, tr)
        if together is not None:
            used, waiting = together, []
            break
        fitting = next((one for one in waiting if _all_of(used, [one], tr) is not None), None)
        if fitting is None:
            break
        used = _all_of(used, [fitting], tr) or used
        waiting.remove(fitting)
    placed = [one for one in wanted.values() if one not in waiting]
    if placed:
        used = used.model_copy(update={"version": _version(shipped.version, len(decisions), placed)})
    return Laid(used, tuple(waiting))


def carried_over(
    product: DeviceSettings | AnaestheticLimits, key: str, entry: Entry
) -> DeviceSettings | AnaestheticLimits:
    """The figures of a product on the clinic's list after ``key`` of its entry changed; the rest stays the clinic's."""
    name = key.rpartition(".")[2]
    figures: DeviceSettings | AnaestheticLimits | None = None
    if isinstance(entry, DeviceEntry):
        figures = entry.settings
    elif isinstance(entry, ProductEntry):
        figures = label_of(entry)
    if type(figures) is not type(product) or name not in type(product).model_fields:
        return product
    return product.with_(**{name: getattr(figures, name), "source": figures.source})


def _version(shipped: str, number: int, placed: Iterable[ClinicValue]) -> str:
    """The set's name, how many decisions had been made, and a fingerprint of those in force."""
    lines = sorted("\0".join((*one.place, one.value)) for one in placed)
    return f"{shipped}+clinic{number}-{hashlib.sha256(chr(10).join(lines).encode()).hexdigest()[:8]}"


def _all_of(knowledge: Knowledge, decisions: Iterable[ClinicValue], tr: Words) -> Knowledge | None:
    for decision in decisions:
        changed = _with(knowledge, decision, tr)
        if changed is None:
            return None
        knowledge = changed
    return None if any(problems(knowledge)) else knowledge


def _with(knowledge: Knowledge, decision: ClinicValue, tr: Words) -> Knowledge | None:
    """The set with one value laid over it, or None where there is no such place or no such value can stand there."""
    entry = knowledge.tables().get(decision.kind, {}).get(decision.entry)
    figures = figures_of(knowledge, decision.kind, decision.entry)
    figure = next((one for one in figures if one.key == decision.key), None)
    if entry is None or figure is None:
        return None
    try:
        changed = with_value(entry, decision.key, parsed(decision.value, decision.key))
    except ValueError:
        return None
    own = OwnValue(
        key=decision.key,
        value=decision.value,
        ours=figure.value,
        reason=decision.reason,
        by=decision.by,
        at=decision.at,
    )
    said = own_sentence(figure, own, tr)
    changed = _sourced(changed, said).with_(
        own=(*changed.own, own), sources=(Source(address=said, kind=CLINIC), *changed.sources)
    )
    knowledge = knowledge.with_entry(decision.kind, changed)
    if isinstance(changed, Contraindication) and decision.key == "wait.days":
        for row in mirrored(knowledge, changed).values():
            knowledge = knowledge.with_entry("combinations", row)
    return knowledge


def own_sentence(figure: Figure, own: OwnValue, tr: Words) -> str:
    """``the clinic's own value: Warn above 1 mm instead of 0.75 mm (Mara Lindqvist, RN, 20-Nov-2026)``."""
    unit = f" {tr(figure.kind.unit)}" if figure.kind.unit else ""
    return tr(
        "the clinic's own value: {name} {value}{unit} instead of {ours} ({by}, {day})",
        name=tr(figure.kind.name),
        value=spoken(tr, own.value),
        unit=unit,
        ours=f"{spoken(tr, own.ours)}{unit}" if own.ours else tr("none"),
        by=own.by,
        day=record_date(own.at.date()),
    )


def spoken(tr: Words, value: str) -> str:
    """A figure as people read it: a level by its word."""
    return level_word(Level(value), tr) if value in {one.value for one in Level} else value


def _sourced(entry: Entry, said: str) -> Entry:
    """A device's or an anaesthetic's figures name their source beside them, because the product list copies both."""
    if isinstance(entry, DeviceEntry):
        source = f"{said}; {entry.settings.source}"[:LINE_LIMIT]
        return entry.with_(settings=entry.settings.with_(source=source))
    if isinstance(entry, ProductEntry) and entry.anaesthetic is not None:
        source = f"{said}; {entry.anaesthetic.source}"[:LINE_LIMIT]
        return entry.with_(anaesthetic=entry.anaesthetic.with_(source=source))
    return entry
