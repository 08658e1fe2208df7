"""A clinic's own wording held against the shipped rules: what it leaves out, and what it says less firmly."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from needlelog.documents.firmness import Firmness, firmness, plain
from needlelog.documents.placeholders import MEANINGS
from needlelog.documents.wording import Rule, Wording
from needlelog.domain.own_texts import SheetKind
from needlelog.i18n import Words
from needlelog.knowledge.model import PreparationRule

MOST_NAMED = 2
"""Sources; the others are counted."""

EVERYWHERE = 6
"""A word is told everywhere where more than one rule in so many has it."""

_FORBIDDING = frozenset({"avoid", "leave", "ask"})
_ACTING = frozenset({"avoid", "leave", "ask", "do", "call"})
_TIMED = frozenset({"avoid", "leave", "do", "normal", "results"})
_DIGITS = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Weakened:
    """One text that says less than the shipped one: which, of what rule ("" for none), and what is lost, in words."""

    key: str
    rule: str
    said: str


@dataclass(frozen=True, slots=True)
class _Compared:
    """One text of the clinic beside the shipped one."""

    wording: Wording
    key: str
    text: str
    words: Firmness | None

    @property
    def shipped(self) -> str:
        return self.wording.shipped.texts[self.key]

    @property
    def kind(self) -> str:
        """That of the rule; ``main`` and ``paragraph`` for texts that say as much, "" for headings and small lines."""
        rule = self.wording.rule_of(self.key)
        if rule is not None:
            return rule.kind
        return {"main": "main", "paragraphs": "paragraph"}.get(self.key.partition(".")[0], "")

    def lost(self, found: Callable[[Firmness], re.Pattern[str]]) -> bool:
        """Whether the shipped text has such a word, and the own one has none."""
        if self.words is None:
            return False
        told = found(self.words)
        return bool(told.search(plain(self.shipped))) and not told.search(plain(self.text))


def weakened(wording: Wording, texts: Mapping[str, str], tr: Words) -> tuple[Weakened, ...]:
    """Everything in which ``texts``, by key, say less than the shipped ones, in the order of the sheet."""
    found = (_of_text(wording, key, text, tr) for key, text in wording.differing(texts).items())
    return tuple(one for one in found if one is not None)


# At each key that is typed, one text of a hundred has changed.
@lru_cache(maxsize=4096)
def _of_text(wording: Wording, key: str, text: str, tr: Words) -> Weakened | None:
    one = _Compared(wording, key, text, firmness(wording.shipped.language))
    lost = _left_out(one, tr) if not text.strip() else _lost(one, tr)
    if not lost:
        return None
    rule = wording.rule_of(key)
    return Weakened(key, rule.id if rule else "", f"{lost} {_shipped(one, rule, tr)}")


def _left_out(one: _Compared, tr: Words) -> str:
    if one.wording.part_of(one.key):
        # Without its shorter wording a rule is said in full, which loses nothing, or not on the other sheet.
        parts = {"text": tr("The rule is left out."), "brief": _not_on_the_other_sheet(one, tr)}
        return parts.get(one.wording.part_of(one.key), "")
    if one.kind == "paragraph":
        last = [key for key in one.wording.shipped.texts if key.startswith("paragraphs.")][-1]
        # The last one says of the shipped text that nobody has reviewed it.
        return tr("The paragraph is left out.") if one.key != last else ""
    if one.lost(lambda words: words.calls) or one.lost(lambda words: words.forbids):
        return tr("The line is left out.")
    return ""


def _not_on_the_other_sheet(one: _Compared, tr: Words) -> str:
    preparing = one.wording.sheet is SheetKind.PREPARATION
    return tr("The rule is left out of the aftercare sheet.") if preparing else ""


def _lost(one: _Compared, tr: Words) -> str:
    """What ``one`` says less, the worst of it; "" where it says as much."""
    for name in ("until", "by", "reactions"):
        if f"{{{name}}}" in one.shipped and f"{{{name}}}" not in one.text:
            return tr("{placeholder} is lost: {meaning}.", placeholder=f"{{{name}}}", meaning=tr(MEANINGS[name]))
    if one.lost(lambda words: words.emergency):
        return tr("It no longer sends to the emergency number.")
    if one.lost(lambda words: words.calls) and "{phone}" not in one.text:
        return tr("It no longer asks to call.")
    if one.kind in _FORBIDDING and one.words is not None and _forbids_no_more(one, one.words):
        return tr("It no longer forbids: its “not” or “no” is gone.")
    return _changed(one, tr) if one.kind and one.words else ""


def _forbids_no_more(one: _Compared, words: Firmness) -> bool:
    return words.holds_back(one.shipped) and not words.holds_back(one.text)


def _changed(one: _Compared, tr: Words) -> str:
    words = one.words
    if words is None:
        return ""
    own, shipped = plain(one.text), plain(one.shipped)
    if one.kind == "do" and words.forbids.match(own) and not words.forbids.match(shipped):
        return tr("It forbids what the rule asks for.")
    if one.kind in _ACTING:
        gained = [found for found in words.softens.findall(own) if found not in shipped]
        if gained:
            return tr("“{word}” makes it softer.", word=gained[0])
    if one.kind in _TIMED:
        figures = set(_DIGITS.findall(one.text)) - set(_DIGITS.findall(one.shipped))
        if figures:
            return tr(
                "It states a figure of its own, {figure}: days and times come from the rule.", figure=min(figures)
            )
    left, whole = words.words(one.text), words.words(one.shipped)
    if one.kind == "paragraph" and left * 4 < whole * 3:
        return tr("More than a quarter of it is cut.")
    if one.kind not in {"normal", "results"} and left * 2 < whole:
        return tr("It is cut to less than half.")
    told = words.parts(one.shipped) - _told_everywhere(one.wording)
    if told and told.isdisjoint(words.parts(one.text)):
        return tr("It speaks of something else.")
    return ""


@lru_cache(maxsize=64)
def _told_everywhere(wording: Wording) -> frozenset[str]:
    """What so many rules of a sheet hold, such as "until", that none is told by it."""
    words = firmness(wording.shipped.language)
    texts = [text for key, text in wording.shipped.texts.items() if wording.part_of(key) == "text"]
    if words is None:
        return frozenset()
    counted = Counter(part for text in texts for part in words.parts(text))
    return frozenset(part for part, count in counted.items() if count * EVERYWHERE > len(texts))


def _shipped(one: _Compared, rule: Rule | None, tr: Words) -> str:
    text = one.shipped
    if rule is None:
        return tr("Shipped: “{text}”", text=text)
    named = [source.address for source in rule.sources[:MOST_NAMED]]
    if len(rule.sources) > MOST_NAMED:
        named.append(tr("{count} more", count=len(rule.sources) - MOST_NAMED))
    about = "; ".join(part for part in (_span(rule, tr), ", ".join(named)) if part)
    return tr("Shipped: “{text}” ({sources})", text=text, sources=about)


def _span(rule: Rule, tr: Words) -> str:
    """How long a rule holds, as the reference data says it: ``48 h``."""
    if isinstance(rule, PreparationRule):
        return tr.plural("{count} day before", "{count} days before", rule.days_before) if rule.days_before else ""
    if rule.until_days is not None:
        return tr.plural("{count} day", "{count} days", rule.until_days)
    return tr("{count} h", count=rule.until_h) if rule.until_h is not None else ""
