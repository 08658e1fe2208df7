"""From the day of the next visit back to today: what the client does, leaves and asks before it, and by which day."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from needlelog.i18n import Words
from needlelog.knowledge.model import PreparationRule
from needlelog.knowledge.told import ToldRule
from needlelog.rules.aftercare import bounding_day


@dataclass(frozen=True, slots=True)
class Advice:
    """One rule as this client reads it. ``day`` is None where the rule has none, or the visit none yet."""

    rule: str
    kind: Literal["leave", "do", "ask", "call"]
    text: str
    told: str
    """The same under a heading that names the day, or whom to call."""

    brief: str
    days_before: int | None
    day: date | None


def advice_before(
    rules: Collection[PreparationRule],
    *,
    areas: frozenset[str],
    visit_on: date | None,
    today: date,
    told: Mapping[str, ToldRule],
    tr: Words,
) -> tuple[Advice, ...]:
    """What to mind before a visit on ``visit_on`` to these areas, the longest notice first.

    ``told`` are the sentences of the rules.

    A day that has passed is told as today; without a day of the visit the days are counted back from it in words.
    """
    found: list[Advice] = []
    for rule in rules:
        said = told[rule.id]
        if not said.text or (rule.areas and areas and areas.isdisjoint(rule.areas)):
            continue
        day: date | None = None
        by = ""
        if rule.days_before is not None and visit_on is not None:
            day = max(visit_on - timedelta(days=rule.days_before), today)
            by = bounding_day(day, tr)
        elif rule.days_before is not None:
            by = tr.plural("{count} day before your visit", "{count} days before your visit", rule.days_before)
        text, under_heading = (one.replace("{by}", by) for one in (said.text, said.told or said.text))
        found.append(Advice(rule.id, rule.kind, text, under_heading, said.brief, rule.days_before, day))
    order = {rule.id: rule.order for rule in rules}
    return tuple(sorted(found, key=lambda one: (-(one.days_before or 0), order[one.rule])))
