"""What a repeated visit takes in the hand before the time-out, so that it is read out there: the cartridge in use."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from needlelog.domain.findings import StepId
from needlelog.domain.materials import ProductKind
from needlelog.domain.signed import SignedSession
from needlelog.i18n import Words, record_date
from needlelog.rules.traceability import LotInUse
from needlelog.services.desk import Desk
from ui.screens.session.needling.cartridge import CartridgeInUse
from ui.screens.session.presenter import SessionPresenter
from ui.widgets.phrases import unbroken

_EXPECTED = frozenset({"lot-expires-soon", "needles-untold"})
"""What the time-out asks aloud anyway: in date, and a new one of the box that others were treated from too."""


def cartridge_in_use(
    desk: Desk, presenter: SessionPresenter, last: SignedSession, device_id: UUID, day: date, now: datetime
) -> CartridgeInUse | None:
    """The lot in use now of the cartridge of ``last``; none where the rules hold anything against it.

    The clinic's list does not say which device a cartridge fits: only one that was used with this device is known to.
    """
    names = {one.cartridge for one in last.draft.needling.passes if one.device_id == device_id}
    found = [one for one in desk.materials.all(ProductKind.CARTRIDGE) if one.name in names]
    lot = desk.materials.lot_at_hand(found[0].id, day) if len(found) == 1 else None
    if lot is None or len(names) != 1:
        return None
    used = LotInUse(StepId.NEEDLING, found[0].name, lot.code, lot.expires_on, now)
    if any(one.code not in _EXPECTED for one in presenter.findings_of_lot(used)):
        return None
    return CartridgeInUse(found[0].name, lot.code, lot.expires_on)


def cartridge_in_words(tr: Words, cartridge: CartridgeInUse) -> str:
    """``SkinPen cartridge, lot CT-2, use by 30-Jun-2028``."""
    named = tr("{name}, lot {lot}", name=cartridge.name, lot=cartridge.lot)
    if cartridge.expires_on is None:
        return named
    return tr("{cartridge}, use by {day}", cartridge=named, day=unbroken(record_date(cartridge.expires_on)))
