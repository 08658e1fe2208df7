"""Topical anaesthetic: dwell, dose and area against the product's own label. All limits come with the product."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from decimal import Decimal

from needlelog.domain.findings import Finding, Gate, Level, Source, StepId
from needlelog.domain.session import Numbing, SessionDraft
from needlelog.domain.text import fold
from needlelog.knowledge.entry import sources_of
from needlelog.knowledge.model import AgentDose, Knowledge
from needlelog.rules.circumstances import Circumstances
from needlelog.rules.label_again import judge_again
from needlelog.rules.label_amounts import has_greatest_amount, judge_amounts
from needlelog.rules.label_figures import together
from needlelog.rules.limits_in_force import change_said, draft_in_force

MG_PER_G_PER_PERCENT = Decimal(10)  # 1 % of 1 g is 10 mg: arithmetic, not a clinical figure


def dwell(numbing: Numbing, now: datetime) -> timedelta | None:
    """How long it has been, or was, on the skin."""
    if numbing.on_at is None:
        return None
    return (numbing.removed_at or now) - numbing.on_at


def applied_mg(numbing: Numbing) -> tuple[tuple[str, Decimal], ...]:
    """Agent and milligrams applied: grams x percent x 10 (``clinical.md`` section 6)."""
    if numbing.applied_g is None:
        return ()
    return tuple(
        (agent, numbing.applied_g * percent * MG_PER_G_PER_PERCENT) for agent, percent in numbing.limits.agents
    )


def dose_of(knowledge: Knowledge, agent: str) -> AgentDose | None:
    """What is known of the most of this agent, however the label spells it."""
    return knowledge.doses.get(fold(agent))


def most_mg(dose: AgentDose, weight_kg: Decimal | None) -> Decimal | None:
    """The most of an agent for a body of this weight: by kilogram or in all, the stricter counts.

    Without a weight only the limit in all is known; None where there is none.
    """
    by_weight = None if weight_kg is None else dose.mg_per_kg * weight_kg
    known = [limit for limit in (by_weight, dose.most_mg) if limit is not None]
    return min(known, default=None)


def _finding(numbing: Numbing, code: str, level: Level, title: str, detail: str, *, gate: Gate, facts: str) -> Finding:
    return Finding(
        key=f"{code}:{numbing.id}:{facts}",
        code=code,
        step=StepId.NUMBING,
        level=level,
        gate=gate,
        title=title,
        detail=detail,
        sources=(Source(address=numbing.limits.source),) if numbing.limits.source else (),
        overridable=gate is not Gate.NONE,
        field=f"numbing:{numbing.id}",
    )


def _minutes(span: timedelta) -> int:
    return int(span.total_seconds() // 60)


def judge_numbing_on(draft: SessionDraft, around: Circumstances) -> Iterator[Finding]:
    """Each application that is still on the skin."""
    for numbing in draft.numbing:
        span = dwell(numbing, around.now)
        if span is None or numbing.removed_at is not None:
            continue
        values = {"name": numbing.name, "minutes": _minutes(span)}
        title = around.tr("{name} is still on the skin", **values)
        detail = around.tr("On for {minutes} min. Remove it completely before needling.", **values)
        yield _finding(numbing, "numbing-on", Level.HOLD, title, detail, gate=Gate.NEEDLING, facts="on")


def _judge_dwell(numbing: Numbing, around: Circumstances, changed: str) -> Iterator[Finding]:
    tr, limits = around.tr, numbing.limits
    span = dwell(numbing, around.now)
    if span is None:
        return
    values = {"name": numbing.name, "minutes": _minutes(span)}
    if limits.dwell_max_min is not None and _minutes(span) > limits.dwell_max_min:
        title = tr("{name} has been on longer than its label allows", **values)
        detail = tr("{minutes} min; the label allows {most} min at most.", most=limits.dwell_max_min, **values)
        detail = f"{detail} {changed}".strip()
        yield _finding(numbing, "numbing-long", Level.HOLD, title, detail, gate=Gate.SIGNING, facts="long")
    elif numbing.removed_at and limits.dwell_min_min is not None and _minutes(span) < limits.dwell_min_min:
        title = tr("{name} came off earlier than its label asks", **values)
        detail = tr("{minutes} min; the label asks for at least {least} min.", least=limits.dwell_min_min, **values)
        yield _finding(numbing, "numbing-short", Level.NOTE, title, detail, gate=Gate.NONE, facts="short")


def _judge_broken_skin(numbing: Numbing, draft: SessionDraft, around: Circumstances) -> Iterator[Finding]:
    """Never on punctured skin (``clinical.md`` section 6): what was put on a zone after its first pass."""
    tr, on_at = around.tr, numbing.on_at
    if on_at is None:
        return
    punctured = {one.zone for one in draft.needling.passes if one.at <= on_at}
    met = punctured.intersection(numbing.zones) if numbing.zones else punctured
    if met:
        title = tr("{name} went onto needled skin", name=numbing.name)
        detail = tr("It belongs on intact skin only. Wipe it off now and watch for signs of too much anaesthetic.")
        facts = ",".join(sorted(met))
        yield _finding(numbing, "numbing-broken-skin", Level.STOP, title, detail, gate=Gate.NEEDLING, facts=facts)


def _judge_agents(draft: SessionDraft, around: Circumstances) -> Iterator[Finding]:
    """All of one agent in this visit against the limit of injections, where a cream's label gives no greatest amount.

    Worth a note and no more: on the skin far less gets in (``clinical.md`` section 6).
    """
    tr, weight = around.tr, draft.consultation.weight_kg
    agents: dict[str, Decimal] = {}
    unlabelled: dict[str, Numbing] = {}
    for numbing in draft.numbing:
        for agent, milligrams in applied_mg(numbing):
            agents[agent] = agents.get(agent, Decimal(0)) + milligrams
            if not has_greatest_amount(numbing, around):
                unlabelled[agent] = numbing
    told: set[str] = set()
    for agent, numbing in unlabelled.items():
        dose = dose_of(around.knowledge, agent)
        most = most_mg(dose, weight) if dose else None
        if dose is None or most is None or agents[agent] <= most:
            continue
        told.add(fold(agent))
        applied = f"{agents[agent].normalize():f}"
        by = tr("at {kg} kg", kg=weight) if weight is not None else tr("body weight not recorded")
        yield Finding(
            key=f"numbing-agent:{dose.id}:{applied}:{most.normalize():f}",
            code="numbing-agent",
            step=StepId.NUMBING,
            level=Level.NOTE,
            gate=Gate.NONE,
            title=tr("More {agent} than the advice for this body", agent=tr(dose.name).lower()),
            detail=tr(
                "{applied} mg applied; {most} mg at most ({by}). A limit of injections: on the skin far less gets in. "
                "This cream's label gives none, so ask the prescriber.",
                applied=applied,
                most=f"{most.normalize():f}",
                by=by,
            ),
            sources=sources_of(dose, "mg_per_kg"),
            field=f"numbing:{numbing.id}",
        )
    yield from _from_several_creams(draft, around, told)


def _from_several_creams(draft: SessionDraft, around: Circumstances, told: set[str]) -> Iterator[Finding]:
    """An agent that more than one kind of cream holds: each label knows of its own cream only. Not those ``told``."""
    tr = around.tr
    of_agent: dict[str, list[tuple[Numbing, ...]]] = {}
    for alike in together(one for one in draft.numbing if one.on_at is not None):
        for agent in dict.fromkeys(fold(agent) for one in alike for agent, _ in one.limits.agents):
            of_agent.setdefault(agent, []).append(alike)
    for agent, creams in of_agent.items():
        if len(creams) == 1 or agent in told:
            continue
        applied = [one for alike in creams for one in alike]
        grams = [mg for one in applied for name, mg in applied_mg(one) if fold(name) == agent]
        total = f"{sum(grams, Decimal(0)).normalize():f}"
        names = ", ".join(dict.fromkeys(one.name for one in applied))
        dose = dose_of(around.knowledge, agent)
        noted = (
            tr("{total} mg together.", total=total) if len(grams) == len(applied) else tr("Not all grams are noted.")
        )
        yield Finding(
            key=f"numbing-several:{agent}:{total}:{','.join(sorted({str(one.id) for one in applied}))}",
            code="numbing-several",
            step=StepId.NUMBING,
            level=Level.ASK,
            title=tr("{agent} from more than one cream", agent=tr(dose.name) if dose else agent.capitalize()),
            detail=tr(
                "{names}: {noted} Each label limits its own cream only; ask the prescriber what they may come to.",
                names=names,
                noted=noted,
            ),
            sources=sources_of(dose, "mg_per_kg") if dose else (),
            field=f"numbing:{applied[-1].id}",
        )


def doubted_weight(draft: SessionDraft, around: Circumstances) -> bool:
    """Whether the body weight of this visit is hardly one of an adult: another unit, or a slip of the finger."""
    weight, rule = draft.consultation.weight_kg, around.knowledge.weight
    adult = around.client.age_on(around.visit_day(draft)) >= rule.adult_from_years
    return weight is not None and adult and not rule.adult_least_kg <= weight <= rule.adult_most_kg


def _judge_weight(draft: SessionDraft, around: Circumstances) -> Iterator[Finding]:
    tr, known = around.tr, draft.consultation.weight_kg
    if known is None or not draft.numbing or not doubted_weight(draft, around):
        return
    weight = f"{known.normalize():f}"
    yield Finding(
        key=f"weight-doubted:{weight}",
        code="weight-doubted",
        step=StepId.NUMBING,
        level=Level.ASK,
        title=tr("{kg} kg for an adult? Check the body weight", kg=weight),
        detail=tr("The most for this body is worked out with it."),
        sources=around.knowledge.weight.sources,
        field=f"numbing:{draft.numbing[-1].id}",
    )


def judge_numbing(draft: SessionDraft, around: Circumstances) -> Iterator[Finding]:
    """What speaks against each application, and against all of one content together."""
    recorded = draft.numbing
    draft = draft_in_force(draft, around.products, around.knowledge)
    yield from judge_numbing_on(draft, around)
    for kept, numbing in zip(recorded, draft.numbing, strict=True):
        yield from _judge_dwell(numbing, around, change_said(kept, around.products, around.knowledge, around.tr))
        yield from _judge_broken_skin(numbing, draft, around)
    for used in together(draft.numbing):
        yield from judge_amounts(used, around)
    yield from judge_again(draft, around)
    yield from _judge_agents(draft, around)
    yield from _judge_weight(draft, around)
