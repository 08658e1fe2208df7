"""Age: below which a client is flagged. The ages are data (``ages.toml``)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from needlelog.domain.client import Client
from needlelog.domain.findings import Finding, Gate, Level, StepId
from needlelog.domain.session import SessionDraft
from needlelog.knowledge.model import AgeRule
from needlelog.rules.circumstances import Circumstances

_BLOCKING = frozenset({Level.STOP, Level.HOLD})


def age_rules_hit(client: Client, day: date, rules: Iterable[AgeRule]) -> tuple[AgeRule, ...]:
    """The rules whose age the client has not reached on ``day``, strictest first."""
    return rules_above(client.age_on(day), rules)


def rules_above(age: int, rules: Iterable[AgeRule]) -> tuple[AgeRule, ...]:
    """The rules whose age lies above ``age`` full years, strictest first."""
    return tuple(sorted((rule for rule in rules if age < rule.years), key=lambda rule: rule.years))


def under_age(age: int, rules: Iterable[AgeRule]) -> bool:
    """Whether ``age`` full years are those of a minor."""
    return any(rule.minor for rule in rules_above(age, rules))


def judge_age(draft: SessionDraft, around: Circumstances) -> Iterator[Finding]:
    """At most one finding: the strictest rule that applies."""
    client, day = around.client, around.visit_day(draft)
    for rule in age_rules_hit(client, day, around.knowledge.ages.values())[:1]:
        blocks = rule.level in _BLOCKING
        yield Finding(
            key=f"age:{rule.id}:{client.age_on(day)}",
            code=f"age-{rule.id}",
            step=StepId.CONSULTATION,
            level=rule.level,
            gate=Gate.NEEDLING if blocks else Gate.NONE,
            title=around.tr(rule.text),
            detail=around.tr(rule.note),
            sources=rule.sources,
            overridable=blocks,
        )
