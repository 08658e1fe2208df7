"""What holds between visits: contact, skin type, allergies, standing facts, notes, papers given."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from uuid import UUID

from PySide6.QtWidgets import QVBoxLayout, QWidget

from needlelog.domain.client import ROMAN, AllergyState, Client, Fact
from needlelog.domain.papers import Paper, Withdrawal
from needlelog.domain.partial_date import record_partial_date
from needlelog.i18n import Words
from needlelog.knowledge.model import Knowledge
from ui.toolkit.buttons import button
from ui.toolkit.kit import Kit
from ui.toolkit.labels import label, set_tone
from ui.widgets.card import Card
from ui.widgets.languages import language_name
from ui.widgets.phrases import moment_text, withdrawn_text
from ui.widgets.trade_words import allergy_state, fact_kind, paper_kind


class SideCard(Card):
    """A narrow card of lines: a quiet name, and what is recorded under it."""

    def __init__(self, title: str, action: QWidget | None = None) -> None:
        super().__init__(title, action)
        outer = self.layout()
        if outer is not None:
            outer.setContentsMargins(20, 14, 20, 16)
            outer.setSpacing(10)
        self.body.setSpacing(10)

    def line(self, name: str, *texts: str, tone: str = "") -> None:
        """One recorded thing; nothing where there is nothing."""
        shown = [text for text in texts if text]
        if not shown:
            return
        column = QVBoxLayout()
        column.setSpacing(0)
        if name:
            column.addWidget(label(name, "caption", muted=True))
        for text in shown:
            made = label(text, "body", wrap=True)
            set_tone(made, tone)
            column.addWidget(made)
        self.body.addLayout(column)


def contact_card(kit: Kit, client: Client, edit: QWidget) -> SideCard:
    """How to reach the client."""
    tr = kit.tr
    card = SideCard(tr("Contact"), edit)
    card.line(tr("Phone"), client.phone or tr("not recorded"))
    card.line(tr("E-mail"), client.email)
    card.line(tr("Address"), client.address)
    card.line(tr("Emergency contact"), client.emergency_contact)
    card.line(tr("Language"), language_name(client.language))
    return card


def health_card(kit: Kit, client: Client, knowledge: Knowledge, today: date) -> SideCard:
    """Skin type, allergies with what they did, and standing facts."""
    tr = kit.tr
    card = SideCard(tr("Health"))
    skin = tr("not recorded")
    if client.fitzpatrick is not None:
        scale = knowledge.scales.get("fitzpatrick")
        meaning = next((one.meaning for one in scale.grades if one.value == client.fitzpatrick), "") if scale else ""
        skin = "  ".join(part for part in (ROMAN[client.fitzpatrick], meaning) if part)
    card.line(tr("Skin type (Fitzpatrick)"), skin)
    if client.allergy_state is AllergyState.KNOWN:
        named = [f"{one.substance}: {one.reaction}" if one.reaction else one.substance for one in client.allergies]
        card.line(tr("Allergies"), *named, tone="stop")
    else:
        card.line(tr("Allergies"), allergy_state(tr, client.allergy_state))
    for fact in client.facts:
        card.line(fact_kind(tr, fact.kind), fact.text, fact_dates(tr, fact, today))
    card.line(tr("Notes"), client.notes)
    return card


def fact_dates(tr: Words, fact: Fact, today: date) -> str:
    """``since 01-May-2015``, ``01-Sep-2025 to 30-Jun-2026``; "" without dates."""
    if fact.since and fact.until:
        return tr("{since} to {until}", since=record_partial_date(fact.since), until=record_partial_date(fact.until))
    if fact.since:
        return tr("since {since}", since=record_partial_date(fact.since))
    if fact.until:
        ended = fact.until.last_day <= today
        return (
            tr("until {until}", until=record_partial_date(fact.until))
            if ended
            else tr("ends {until}", until=record_partial_date(fact.until))
        )
    return ""


def papers_card(
    kit: Kit,
    papers: Sequence[Paper],
    zone: str,
    withdrawn: Mapping[UUID, Withdrawal],
    open_paper: Callable[[Paper], Callable[[], None]],
) -> SideCard:
    """The papers this client was given, newest first, and which were withdrawn; each opens as it was."""
    tr = kit.tr
    card = SideCard(tr("Papers"))
    for paper in papers:
        kind, when = paper_kind(tr, paper), moment_text(paper.made_at, zone)
        made = button(kit.theme, f"{kind}\n{when}", "quiet", "sheet")
        made.setAccessibleName(tr("{kind}, {when}", kind=kind, when=when))
        made.setProperty("align", "left")
        made.clicked.connect(open_paper(paper))
        card.body.addWidget(made)
        if paper.id in withdrawn:
            told = label(withdrawn_text(tr, withdrawn[paper.id], zone), "body", wrap=True)
            set_tone(told, "hold")
            card.body.addWidget(told)
    return card
