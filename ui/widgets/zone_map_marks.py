"""What a zone of the map can show, in which colours, and how the same is said in words."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor

from needlelog.i18n import Words


@dataclass(frozen=True, slots=True)
class ZoneMark:
    """What is known of one zone: this visit's deepest pass and count, an earlier visit as ghost, plan and block.

    ``shallowest_mm``: where the passes differ in depth, that of the least deep one.
    ``ghost_severity`` is how it took that visit (0 none, 1 mild, 2 moderate, 3 severe), ``ghost_grade`` the worst
    grade on its own scale and ``ghost_note`` the same in words; from moderate on the grade stands on the map.
    ``planned_mm`` is the depth that the plan gives the zone, None where it gives none; until the first pass it is the
    number on the zone, and the depth of the earlier visit is only said.
    ``avoid`` says what in the zone the needle goes around, such as a tattoo; the skin beside it may be treated.
    """

    deepest_mm: Decimal | None = None
    passes: int = 0
    ghost_mm: Decimal | None = None
    ghost_severity: int = 0
    ghost_grade: int = 0
    ghost_note: str = ""
    planned: bool = False
    planned_mm: Decimal | None = None
    blocked: bool = False
    note: str = ""
    shallowest_mm: Decimal | None = None
    avoid: str = ""

    @property
    def least_mm(self) -> Decimal | None:
        """The depth of the least deep pass; the deepest where they do not differ."""
        return self.deepest_mm if self.shallowest_mm is None else self.shallowest_mm

    @property
    def to_come_mm(self) -> Decimal | None:
        """The planned depth of a zone that has no pass yet."""
        return self.planned_mm if self.planned and not self.passes else None


_READABLE = 4.5
"""Least contrast of text (WCAG 2.2, 1.4.3)."""

BARE = ZoneMark()


@dataclass(frozen=True)
class MapColours:
    """The colours of the map; ``ramp`` runs from shallow to deep."""

    ground: QColor
    surface: QColor
    ink: QColor
    muted: QColor
    edge: QColor
    accent: QColor
    stop: QColor
    ramp: tuple[QColor, ...]

    @classmethod
    def of(
        cls,
        *,
        ground: str,
        surface: str,
        ink: str,
        muted: str,
        edge: str,
        accent: str,
        stop: str,
        ramp: Sequence[str],
    ) -> MapColours:
        """The colours written as ``#RRGGBB``; raises ``ValueError`` for one that is not a colour."""
        for name in (ground, surface, ink, muted, edge, accent, stop, *ramp):
            if not QColor.isValidColorName(name):
                raise ValueError(f"not a colour: {name!r}")
        return cls(
            ground=QColor(ground),
            surface=QColor(surface),
            ink=QColor(ink),
            muted=QColor(muted),
            edge=QColor(edge),
            accent=QColor(accent),
            stop=QColor(stop),
            ramp=tuple(QColor(name) for name in ramp),
        )

    @property
    def dark(self) -> bool:
        """Whether light ink stands on a dark ground."""
        return self.ink.lightnessF() > self.ground.lightnessF()

    def text_on(self, fill: QColor) -> QColor:
        """Ink or paper, whichever reads better on ``fill``; black or white where neither reads well."""
        best = max((self.ink, self.surface), key=lambda colour: contrast(colour, fill))
        if contrast(best, fill) >= _READABLE:
            return best
        plain = (QColor(Qt.GlobalColor.black), QColor(Qt.GlobalColor.white))
        return max(plain, key=lambda colour: contrast(colour, fill))


def mix(base: QColor, other: QColor, share: float) -> QColor:
    """``base`` with ``share`` (0 to 1) of ``other`` in it."""
    return QColor.fromRgbF(
        base.redF() + (other.redF() - base.redF()) * share,
        base.greenF() + (other.greenF() - base.greenF()) * share,
        base.blueF() + (other.blueF() - base.blueF()) * share,
    )


def contrast(one: QColor, other: QColor) -> float:
    """Contrast ratio of two colours, 1 to 21 (WCAG 2.2, relative luminance)."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: QColor) -> float:
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (colour.redF(), colour.greenF(), colour.blueF())
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def band_of(depth_mm: Decimal, edges_mm: Sequence[Decimal]) -> int:
    """The band of the ramp: 0 for depths up to the first edge, an edge itself belonging to the band below it."""
    return bisect_left(edges_mm, depth_mm)


def depth_text(depth_mm: Decimal) -> str:
    """A depth with at least two decimals and none of its own lost: ``1.00``, ``0.125``."""
    exponent = depth_mm.normalize().as_tuple().exponent
    places = max(2, -exponent) if isinstance(exponent, int) else 2
    return f"{depth_mm:.{places}f}"


def span_text(least_mm: Decimal, most_mm: Decimal) -> str:
    """One depth, or the span between two: ``0.20``, ``0.10\u20130.20``."""
    most = depth_text(most_mm)
    return most if least_mm == most_mm else f"{depth_text(least_mm)}\u2013{most}"


def mark_in_words(tr: Words, mark: ZoneMark, *, short: bool = False) -> list[str]:
    """The parts of a mark: ``["1.00 mm", "2 passes", "last visit 0.75 mm"]``; ``short`` for a narrow row."""
    parts = []
    if mark.blocked:
        parts.append(tr("blocked"))
    if mark.avoid:
        parts.append(mark.avoid)
    if mark.deepest_mm is not None and mark.least_mm is not None:
        parts.append(tr("{depth} mm", depth=span_text(mark.least_mm, mark.deepest_mm)))
    if mark.passes:
        parts.append(tr.plural("{count} pass", "{count} passes", mark.passes))
    if mark.to_come_mm is not None:
        parts.append(tr("planned {depth} mm", depth=depth_text(mark.to_come_mm)))
    elif mark.planned and not mark.passes:
        parts.append(tr("planned"))
    if mark.ghost_mm is not None:
        last = depth_text(mark.ghost_mm)
        parts.append(tr("last {depth} mm", depth=last) if short else tr("last visit {depth} mm", depth=last))
        if mark.ghost_note:
            parts.append(mark.ghost_note)
    if mark.note:
        parts.append(mark.note)
    return parts


def zone_in_words(tr: Words, name: str, mark: ZoneMark, *, selected: bool) -> str:
    """A zone in one line: ``Left cheek, 1.00 mm, 2 passes, last visit 0.75 mm``."""
    chosen = [tr("selected")] if selected else []
    return ", ".join([name, *chosen, *mark_in_words(tr, mark)])
