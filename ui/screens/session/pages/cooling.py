"""Step 7: what cooled and soothed the skin, for how long, and add-ons such as red light."""

from __future__ import annotations

from typing import Any

from needlelog.domain.findings import StepId
from needlelog.domain.materials import MaterialUse, ProductKind
from needlelog.domain.session import SessionDraft
from needlelog.rules.aftercare import end_of_treatment
from needlelog.workflow.again import over_by
from ui.screens.session.use_card import UseFacts
from ui.screens.session.uses_page import UsesPage


class CoolingPage(UsesPage):
    """Products and lights with the time they were on."""

    step = StepId.COOLING
    kinds = (ProductKind.COOLING, ProductKind.ADDON)
    facts = UseFacts(amount=False, duration=True)

    def picker_title(self) -> str:
        return self.tr_("Tap what cooled or soothed the skin")

    def records_of(self, draft: SessionDraft) -> tuple[MaterialUse, ...]:
        return draft.cooling

    def with_records(self, draft: SessionDraft, records: tuple[MaterialUse, ...]) -> SessionDraft:
        return draft.with_(cooling=records)

    def again_verb(self) -> str:
        return self.tr_("Done, and next")

    def again_records(self, last: SessionDraft) -> tuple[MaterialUse, ...]:
        draft, now = self.presenter.draft, self.now()
        since = end_of_treatment(draft.with_(cooling=()))
        return tuple(over_by(one, now, since) for one in super().again_records(last))

    def begun_verb(self, records: tuple[Any, ...]) -> str:
        return self.tr_("Just put on, and next") if any(one.duration_s for one in records) else ""

    def begun_records(self, last: SessionDraft) -> tuple[MaterialUse, ...]:
        return super().again_records(last)
