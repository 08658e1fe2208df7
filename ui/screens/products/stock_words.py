"""The stock of a product in a line: what may be used, and what is wrong with the rest."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from needlelog.domain.stock import LotStanding, Shelf
from needlelog.i18n import Words
from ui.screens.products.lot_row import amount_text


def stock_said(
    tr: Words, lots: Sequence[LotStanding], recalls: Shelf, today: date, soon_days: int
) -> tuple[tuple[str, str], ...]:
    """Each part with its tone, what is left first; nothing where no lot was ever counted in or is wrong."""
    here = [lot for lot in lots if lot.left is None or lot.left > 0]
    recalled = [lot for lot in here if recalls.recall(lot.product, lot.lot) is not None]
    fit = [lot for lot in here if lot not in recalled]
    expired = [lot for lot in fit if lot.left and lot.expires_on is not None and lot.expires_on < today]
    good = [lot for lot in fit if lot not in expired]
    soon = [lot for lot in good if lot.left and lot.expires_on and (lot.expires_on - today).days <= soon_days]
    said: list[tuple[str, str]] = []
    counted = [lot.left for lot in good if lot.left is not None]
    if counted:
        said.append((tr("{amount} left", amount=amount_text(tr, sum(counted[1:], counted[0]), lots[0].unit)), ""))
    elif any(lot.received is not None for lot in lots) and not good:
        said.append((tr("Nothing left"), "hold"))
    else:
        said.append(("", ""))
    for count, one, many, tone in (
        (len(recalled), "{count} recalled", "{count} recalled", "stop"),
        (len(expired), "{count} expired", "{count} expired", "stop"),
        (len(soon), "{count} expires soon", "{count} expire soon", "hold"),
    ):
        if count:
            said.append((tr.plural(one, many, count), tone))
    return tuple(said) if any(text for text, _ in said) else ()
