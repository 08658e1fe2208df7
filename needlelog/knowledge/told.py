"""The sentences of a rule as a client reads them: whole, and shorter under a heading that says the rest.

In English they follow from the rule's one sentence, derived here and nowhere else; other languages state each.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from needlelog.knowledge.contents import without_start
from needlelog.knowledge.model import AftercareRule, PreparationRule

_ENDS = (", until {until}", " until {until}")
_CALLS = ("Call us ", "Call the emergency number ")


@dataclass(frozen=True, slots=True)
class ToldRule:
    """One rule in one language, with its fields open. An empty ``text`` leaves the rule out."""

    text: str
    brief: str = ""
    """Aftercare: under a heading that names the end or whom to call. Preparation: in few words, for the other sheet."""

    told: str = ""
    """Preparation: under a heading that names the day or whom to call."""


def english_aftercare(rules: Iterable[AftercareRule]) -> dict[str, ToldRule]:
    """The sentences of the aftercare rules by their ids: ``Do not swim until {until}.``, ``Do not swim.``"""
    return {rule.id: ToldRule(rule.text, under_its_end(rule.text)) for rule in rules}


def english_preparation(rules: Iterable[PreparationRule]) -> dict[str, ToldRule]:
    """The sentences of the preparation rules by their ids."""
    return {rule.id: ToldRule(rule.text, rule.brief, under_its_start(rule.text)) for rule in rules}


def under_its_end(text: str) -> str:
    """An English sentence under a heading that says until when, or whom to call."""
    return _without_call(_without_end(text))


def under_its_start(text: str) -> str:
    """An English sentence under a heading that says from when, or whom to call."""
    return _without_call(without_start(text))


def _without_end(text: str) -> str:
    for ending in _ENDS:
        text = text.replace(ending, "")
    return text


def _without_call(text: str) -> str:
    for start in _CALLS:
        if text.startswith(start):
            rest = text[len(start) :]
            return rest[:1].upper() + rest[1:]
    return text
