"""The zone map in the theme's colours, its ramp from nothing to the general ceiling of depth."""

from __future__ import annotations

from decimal import Decimal

from needlelog.knowledge.model import Knowledge
from ui.toolkit.theme import Tokens
from ui.widgets.zone_map_marks import MapColours


def map_colours(tokens: Tokens) -> MapColours:
    """The theme's colours as the map takes them."""
    return MapColours.of(
        ground=tokens.ground,
        surface=tokens.surface,
        ink=tokens.ink,
        muted=tokens.muted,
        edge=tokens.edge,
        accent=tokens.accent,
        stop=tokens.stop,
        ramp=tokens.depth,
    )


def ramp_edges_mm(tokens: Tokens, knowledge: Knowledge) -> tuple[Decimal, ...]:
    """The depths in millimetres that part the ramp: even steps up to the ceiling."""
    tones = len(tokens.depth)
    return tuple(knowledge.ceiling.depth_mm * part / tones for part in range(1, tones))
