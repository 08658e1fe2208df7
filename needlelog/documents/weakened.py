"""A clinic's own wording held against the shipped rules: what it leaves out, and what it says less firmly."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from needlelog.documents.placeholders import MEANINGS
from needlelog.documents.wording import Rule, Wording
from needlelog.i18n import Words
from needlelog.knowledge.model import PreparationRule

MOST_NAMED = 2
"""Sources; the others are counted."""


@dataclass(frozen=True, slots=True)
class Weakened:
    """One text that says less than the shipped one: which, of what rule ("" for none), and what is lost, in words."""

    key: str
    rule: str
    said: str


def weakened(wording: Wording, texts: Mapping[str, str], tr: Words) -> tuple[Weakened, ...]:
    """Everything in which ``texts``, by key, say less than the shipped ones, in the order of the sheet."""
    found = []
    for key, text in wording.differing(texts).items():
        lost = _lost(wording, key, text, tr)
        if lost:
            rule = wording.rule_of(key)
            found.append(Weakened(key, rule.id if rule else "", f"{lost} {_shipped(wording, key, rule, tr)}"))
    return tuple(found)


def _lost(wording: Wording, key: str, text: str, tr: Words) -> str:
    shipped = wording.shipped.texts[key]
    if not text.strip():
        if wording.rule_of(key) is None:
            return tr("A line is left out.")
        return tr("The rule is left out.") if wording.part_of(key) == "text" else ""
    for name in ("until", "by", "reactions"):
        if f"{{{name}}}" in shipped and f"{{{name}}}" not in text:
            return tr("{placeholder} is lost: {meaning}.", placeholder=f"{{{name}}}", meaning=tr(MEANINGS[name]))
    return ""


def _shipped(wording: Wording, key: str, rule: Rule | None, tr: Words) -> str:
    text = wording.shipped.texts[key]
    if rule is None:
        return tr("Shipped: “{text}”", text=text)
    named = [source.address for source in rule.sources[:MOST_NAMED]]
    if len(rule.sources) > MOST_NAMED:
        named.append(tr("{count} more", count=len(rule.sources) - MOST_NAMED))
    about = "; ".join(one for one in (_span(rule, tr), ", ".join(named)) if one)
    return tr("Shipped: “{text}” ({sources})", text=text, sources=about)


def _span(rule: Rule, tr: Words) -> str:
    """How long a rule holds, as the reference data says it: ``48 h``."""
    if isinstance(rule, PreparationRule):
        return tr.plural("{count} day before", "{count} days before", rule.days_before) if rule.days_before else ""
    if rule.until_days is not None:
        return tr.plural("{count} day", "{count} days", rule.until_days)
    return tr("{count} h", count=rule.until_h) if rule.until_h is not None else ""
