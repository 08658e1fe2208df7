"""The figures of the reference data that a clinic may set itself: where each stands, its unit, and what it may be.

The limits here keep slips of the finger out (days beyond ten years, a depth below the one that must lie under it);
what is wise stays with whoever decides, and with the sources that are shown beside it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

from pydantic import ValidationError

from needlelog.domain.findings import Level
from needlelog.domain.materials import DeviceKind
from needlelog.knowledge.model import Combination, Contraindication, DeviceEntry, Entry, Knowledge, ProductEntry, Site
from needlelog.knowledge.references import value_at

Careful = Literal["low", "high", ""]


@dataclass(frozen=True, slots=True)
class Kind:
    """What a figure of this key is: its name, its unit, and which way is the more careful one."""

    name: str
    unit: str = ""
    careful: Careful = ""
    places: int = 0
    least: Decimal = Decimal(0)
    most: Decimal = Decimal(0)


def _mm(name: str, careful: Careful = "low") -> Kind:
    return Kind(name, "mm", careful, 2, Decimal(0), Decimal("9.99"))


def _days(name: str, careful: Careful = "high") -> Kind:
    return Kind(name, "days", careful, 0, Decimal(1), Decimal(3660))


def _hours(name: str, careful: Careful = "high", least: int = 1) -> Kind:
    return Kind(name, "h", careful, 0, Decimal(least), Decimal(8784))


def _minutes(name: str, careful: Careful) -> Kind:
    return Kind(name, "min", careful, 0, Decimal(1), Decimal(1440))


def _count(name: str, most: int) -> Kind:
    return Kind(name, "", "", 0, Decimal(1), Decimal(most))


_LEVEL = Kind("How it weighs")

KINDS: Mapping[str, Mapping[str, Kind]] = {
    "ceiling": {
        "depth_mm": _mm("Never deeper than"),
        "unsourced_above_mm": _mm("Where no source gives a depth, ask above"),
        "rf_face_above_mm": _mm("Radio frequency on the face, ask above"),
    },
    "sites": {
        "default_from_mm": _mm("Start at"),
        "default_to_mm": _mm("Usually up to"),
        "warn_above_mm": _mm("Warn above"),
        "confirm_above_mm": _mm("Ask for a reason above"),
        "rf_above_mm": _mm("Radio frequency, ask above"),
    },
    "concerns": {
        "depth_from_mm": _mm("Depth from"),
        "depth_to_mm": _mm("Depth up to"),
        "never_deeper_mm": _mm("Warn above"),
        "interval_min_days": _days("Interval from"),
        "interval_max_days": _days("Interval up to"),
        "sessions_min": _count("Sessions from", 100),
        "sessions_max": _count("Sessions up to", 100),
    },
    "devices": {
        "settings.depth_min_mm": _mm("Least depth", ""),
        "settings.depth_max_mm": _mm("Greatest depth"),
        "settings.depth_step_mm": _mm("Step of the dial", ""),
        "settings.depth_evaluated_mm": _mm("Evaluated up to"),
    },
    "products": {
        "anaesthetic.dwell_min_min": _minutes("On the skin for at least", ""),
        "anaesthetic.dwell_max_min": _minutes("On the skin for at most", "low"),
        "anaesthetic.max_g": Kind("At most", "g", "low", 3, Decimal("0.001"), Decimal(1000)),
        "anaesthetic.max_area_cm2": Kind("On at most", "cm²", "low", 1, Decimal("0.1"), Decimal(20000)),
        "g_per_10cm2": Kind("On 10 cm² at most", "g", "low", 2, Decimal("0.01"), Decimal(50)),
        "usual_to_min": _minutes("Usually on the skin up to", "low"),
        "not_again_h": _hours("Not again within", "high", 1),
    },
    "contraindications": {"level": _LEVEL, "wait.days": _days("Waiting time")},
    "ages": {"years": Kind("Below the age of", "years", "high", 0, Decimal(1), Decimal(120)), "level": _LEVEL},
    "interval": {
        "shortest_days": _days("Ask below"),
        "usual_from_days": _days("Usual from"),
        "usual_to_days": _days("Usual up to"),
        "shallow_to_mm": _mm("Shallow up to"),
        "shallow_shortest_days": _days("After shallow passes ask below"),
        "deep_above_mm": _mm("Deep above"),
        "deep_usual_from_days": _days("After deep passes usual from"),
    },
    "doses": {
        "mg_per_kg": Kind("For each kilogram at most", "mg/kg", "low", 1, Decimal("0.1"), Decimal(50)),
        "most_mg": Kind("In all at most", "mg", "low", 0, Decimal(1), Decimal(5000)),
    },
    "weight": {
        "adult_from_years": Kind("Adult from the age of", "years", "low", 0, Decimal(12), Decimal(120)),
        "adult_least_kg": Kind("Ask below", "kg", "high", 1, Decimal(2), Decimal(100)),
        "adult_most_kg": Kind("Ask above", "kg", "low", 1, Decimal(100), Decimal(400)),
    },
    "shelf": {"expires_soon_days": _days("Say so this long before")},
    "alarm": {"warn_before_min": _minutes("Call so long before", "high")},
    "reactions": {
        "expected_until_h": _hours("Expected for", "low"),
        "escalate_after_h": _hours("Red flag after", "low"),
    },
    "preparing": {"days_before": _days("Days before the visit")},
    "aftercare": {
        "from_h": _hours("Begins after", "", 0),
        "until_h": _hours("Ends after"),
        "rf_until_h": _hours("After radio frequency ends after"),
        "until_days": _days("Ends after"),
    },
    "combinations": {"before_days": _days("Wait before needling"), "after_days": _days("Wait after needling")},
    "follow_up_moments": {
        "from_h": _hours("Due after", "low"),
        "until_h": _hours("Late after", "low"),
        "missed_after_h": _hours("Asked for until", "high"),
    },
}
"""By table and key, in the order in which they are read."""

CHAINS: Mapping[str, tuple[tuple[str, ...], ...]] = {
    "sites": (("default_from_mm", "default_to_mm", "warn_above_mm", "confirm_above_mm"),),
    "concerns": (
        ("depth_from_mm", "depth_to_mm"),
        ("interval_min_days", "interval_max_days"),
        ("sessions_min", "sessions_max"),
    ),
    "devices": (("settings.depth_min_mm", "settings.depth_evaluated_mm", "settings.depth_max_mm"),),
    "products": (("anaesthetic.dwell_min_min", "anaesthetic.dwell_max_min"),),
    "interval": (
        ("shallow_shortest_days", "shortest_days", "usual_from_days", "usual_to_days"),
        ("shallow_to_mm", "deep_above_mm"),
    ),
    "aftercare": (("from_h", "until_h", "rf_until_h"),),
    "reactions": (("expected_until_h", "escalate_after_h"),),
    "follow_up_moments": (("from_h", "until_h", "missed_after_h"),),
}
"""Keys of which none may be greater than the one after it."""

LEVELS = (Level.STOP, Level.HOLD, Level.ASK)
"""What a contraindication or an age may weigh, the most careful first."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure as it stands, and within what a clinic may set its own; ``choices`` instead where it is no number.

    ``value`` is "" where nobody gives one. ``below`` and ``above`` name the figures that set ``least`` and ``most``.
    """

    table: str
    entry: str
    key: str
    kind: Kind
    value: str
    least: Decimal
    most: Decimal
    choices: tuple[str, ...] = ()
    below: str = ""
    above: str = ""

    @property
    def place(self) -> tuple[str, str, str]:
        """What it is about: table, entry and key."""
        return self.table, self.entry, self.key


def figures_of(knowledge: Knowledge, table: str, id_: str) -> tuple[Figure, ...]:
    """Every figure of one entry that a clinic may set, in reading order; none for an entry of words."""
    entry = knowledge.tables().get(table, {}).get(id_)
    if entry is None:
        return ()
    return tuple(
        _figure(knowledge, table, entry, key, kind)
        for key, kind in KINDS.get(table, {}).items()
        if _may_be_set(entry, key)
    )


def all_figures(knowledge: Knowledge) -> Iterator[Figure]:
    """Every figure of the set that a clinic may set itself."""
    for table in KINDS:
        for id_ in knowledge.tables()[table]:
            yield from figures_of(knowledge, table, id_)


def text_of(value: object) -> str:
    """A figure as it is written and stored; "" for none."""
    if value is None:
        return ""
    return f"{value.normalize():f}" if isinstance(value, Decimal) else str(value)


def with_value(entry: Entry, key: str, value: object) -> Entry:
    """A copy of ``entry`` with ``value`` at ``key``; raises ``ValueError`` where it cannot stand there."""
    try:
        return _put(entry, key.split("."), value)  # type: ignore[no-any-return]
    except ValidationError as error:
        raise ValueError(key) from error


def parsed(text: str, key: str) -> object:
    """The value of a stored text: a level, a whole number or a decimal; raises ``ValueError``."""
    if key == "level":
        return Level(text)
    try:
        number = Decimal(text)
    except ArithmeticError as error:
        raise ValueError(text) from error
    whole = not key.endswith(("_mm", "_g", "cm2", "_kg"))
    if whole and number != number.to_integral_value():
        raise ValueError(text)
    return int(number) if whole else number


def _put(part: Any, names: list[str], value: object) -> Any:
    first, *rest = names
    return part.with_(**{first: _put(getattr(part, first), rest, value) if rest else value})


def _may_be_set(entry: Entry, key: str) -> bool:
    """Whether this entry has a place for it; a part that is not there cannot hold one."""
    if isinstance(entry, Site) and entry.never:
        return False
    part, _, _ = key.rpartition(".")
    if part and value_at(entry, part) is None:
        return False
    # An aftercare rule ends in the words of its sentence, and another treatment waits as its contraindication says.
    if isinstance(entry, Combination) and key == "before_days" and entry.contraindication:
        return False
    given = value_at(entry, key) is not None
    return given or not (isinstance(entry, Combination) or key in {"until_h", "rf_until_h", "until_days"})


def _figure(knowledge: Knowledge, table: str, entry: Entry, key: str, kind: Kind) -> Figure:
    value = value_at(entry, key)
    if isinstance(value, Level):
        return Figure(table, entry.id, key, kind, value.value, kind.least, kind.most, tuple(LEVELS))
    least, below = kind.least, ""
    most, above = _top(knowledge, entry, key, kind)
    for chain in CHAINS.get(table, ()):
        if key not in chain:
            continue
        place = chain.index(key)
        for name in chain[:place]:
            number = value_at(entry, name)
            if isinstance(number, int | Decimal) and number >= least:
                least, below = Decimal(number), KINDS[table][name].name
        for name in reversed(chain[place + 1 :]):
            number = value_at(entry, name)
            if isinstance(number, int | Decimal) and number <= most:
                most, above = Decimal(number), KINDS[table][name].name
    if key.endswith("_step_mm"):
        least = Decimal(1).scaleb(-kind.places)
    return Figure(table, entry.id, key, kind, text_of(value), least, most, (), below, above)


def _top(knowledge: Knowledge, entry: Entry, key: str, kind: Kind) -> tuple[Decimal, str]:
    """The greatest there may be. The general ceiling is only ever lowered, and nothing for a needle lies above it."""
    ceiling = KINDS["ceiling"]["depth_mm"].name
    if entry.id == knowledge.ceiling.id and key == "depth_mm":
        return knowledge.ceiling.shipped_mm, ""
    if kind.unit != "mm":
        return kind.most, ""
    if key == "rf_above_mm" or (isinstance(entry, DeviceEntry) and entry.settings.kind is DeviceKind.RF):
        return kind.most, ""
    return knowledge.ceiling.depth_mm, ceiling


def weighs_less(figure: Figure, ours: str, own: str) -> bool:
    """Whether ``own`` is less careful than ``ours``, where one can say so."""
    if not ours or not own:
        return False
    if figure.choices:
        return figure.choices.index(own) > figure.choices.index(ours)
    before, now = Decimal(ours), Decimal(own)
    return now > before if figure.kind.careful == "low" else now < before if figure.kind.careful == "high" else False


def is_device_or_anaesthetic(entry: Entry | None) -> bool:
    """Whether the clinic's own product list holds a copy of this entry's figures."""
    return isinstance(entry, DeviceEntry) or (isinstance(entry, ProductEntry) and entry.anaesthetic is not None)


def mirrored(knowledge: Knowledge, row: Contraindication) -> Mapping[str, Combination]:
    """The entries that repeat this contraindication's waiting time, as they must stand beside it."""
    return {
        id_: one.with_(before_days=row.wait.days, own=tuple(own.with_(key="before_days") for own in row.own))
        for id_, one in knowledge.combinations.items()
        if row.wait is not None and one.contraindication == row.id and one.before_days != row.wait.days
    }
