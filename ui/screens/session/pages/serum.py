"""Step 6: which serum, from which lot, how much of it, on which zones."""

from __future__ import annotations

from needlelog.domain.findings import StepId
from needlelog.domain.materials import MaterialUse, ProductKind
from needlelog.domain.session import SessionDraft
from ui.screens.session.use_card import UseFacts
from ui.screens.session.uses_page import UsesPage


class SerumPage(UsesPage):
    """Serums on the zones that were treated."""

    step = StepId.SERUM
    kinds = (ProductKind.SERUM,)
    facts = UseFacts(zones=True)

    def picker_title(self) -> str:
        return self.tr_("Tap the serum that was used")

    def records_of(self, draft: SessionDraft) -> tuple[MaterialUse, ...]:
        return draft.serums

    def with_records(self, draft: SessionDraft, records: tuple[MaterialUse, ...]) -> SessionDraft:
        return draft.with_(serums=records)
