"""What the record of a visit needs, one item each; and what of it the needle waits for before the time-out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from needlelog.domain.findings import Finding, Gate, Level, StepId
from needlelog.domain.session import SessionDraft
from needlelog.rules.circumstances import Circumstances

MISSING = "missing-"
"""How the code of the finding of every item begins."""


@dataclass(frozen=True, slots=True)
class Item:
    """One thing the record needs. ``field`` is where on the step's page it is entered.

    ``must``: no reason stands in for it, since only the one who was there can say it with one tap.
    """

    key: str
    step: StepId
    text: str
    done: bool
    gate: Gate = Gate.SIGNING
    field: str = ""
    must: bool = False
    about: str = ""
    """What the item rests on now, so that a reason given before it changed does not speak for it."""

    @property
    def finding_key(self) -> str:
        """The key of the finding that says that it is missing."""
        return f"missing:{self.key}:{self.about}" if self.about else f"missing:{self.key}"


def finding_of(item: Item) -> Finding:
    """That ``item`` is not done."""
    return Finding(
        key=item.finding_key,
        code=f"{MISSING}{item.key}",
        step=item.step,
        level=Level.MISSING,
        gate=item.gate,
        title=item.text,
        overridable=not item.must,
        field=item.field,
    )


def allergies_item(draft: SessionDraft, around: Circumstances) -> Item:
    """The allergies as they stand on file, confirmed at this visit."""
    done = draft.consultation.allergies_confirmed_at is not None
    return Item(
        "allergies", StepId.CONSULTATION, around.tr("Allergies confirmed"), done, Gate.NEEDLING, field="allergies"
    )


def consent_items(draft: SessionDraft, around: Circumstances) -> Iterator[Item]:
    """Who the client is, as they say it, and their signature under the text."""
    tr, consent, step = around.tr, draft.consent, StepId.CONSENT
    identity = bool(consent.confirmed_name and consent.confirmed_birth_date)
    signed = consent.shown is not None and consent.signature is not None
    yield Item("identity", step, tr("Client confirmed name and date of birth"), identity, Gate.NEEDLING, "identity")
    yield Item("consent", step, tr("Consent signed"), signed, Gate.NEEDLING, "signature")
    if consent.shown is not None and consent.shown.language != around.client.language:
        told = consent.understanding is not None
        text = tr("Said who interpreted the consent, or that the client read it")
        yield Item("interpreter", step, text, told, Gate.NEEDLING, "interpreter")
