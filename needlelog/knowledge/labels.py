"""What the label of a shipped anaesthetic says in one piece, as a product of the clinic's own list holds it."""

from __future__ import annotations

from needlelog.domain.materials import AnaestheticLimits
from needlelog.knowledge.model import ProductEntry


def label_of(entry: ProductEntry) -> AnaestheticLimits | None:
    """The limits of the entry with its layer and its wait; None for what is no anaesthetic."""
    if entry.anaesthetic is None:
        return None
    return entry.anaesthetic.with_(g_per_10cm2=entry.g_per_10cm2, not_again_h=entry.not_again_h)


def has_label(entry: ProductEntry, limits: AnaestheticLimits) -> bool:
    """Whether ``limits`` are those of its label; records from before the layer was kept have only the rest."""
    return entry.anaesthetic is not None and limits in (label_of(entry), entry.anaesthetic)
