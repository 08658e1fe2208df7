"""What a text may hold in braces: filled in when the paper is made, the day as well as the clinic's own name."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from needlelog.documents.sheet_texts import fields_of
from needlelog.errors import Fault, FaultCode
from needlelog.i18n import isolated
from needlelog.knowledge.model import AftercareRule, PreparationRule

CLINIC = ("clinic", "phone", "practitioner")
"""Stand in any text."""

MEANINGS: Mapping[str, str] = {
    "until": "the day and time until which it holds, counted from the end of the visit",
    "by": "the day from which or by which it holds, counted back from the next visit",
    "reactions": "what was seen at this visit beyond what is expected",
    "clinic": "the name of the clinic",
    "phone": "the clinic's phone for clients",
    "practitioner": "whoever treats",
}
"""What is filled in for each placeholder."""

_NO_FIELD = "{\u2060"
"""A brace in a filled-in value: the joiner leaves no ink, and no later filling takes it for a placeholder."""


@dataclass(frozen=True, slots=True)
class Placeholder:
    """One placeholder of one text: ``{name}``, and whether the shipped text has it and should not lose it."""

    name: str
    meaning: str
    needed: bool

    @property
    def written(self) -> str:
        """As it stands in a text: ``{until}``."""
        return f"{{{self.name}}}"


def own_to(rule: AftercareRule | PreparationRule | None, part: str, shipped: str) -> tuple[str, ...]:
    """The placeholders that only this text of a rule may have, the needed ones first."""
    needed = [name for name in ("until", "by", "reactions") if f"{{{name}}}" in shipped]
    if isinstance(rule, AftercareRule):
        ends = (rule.until_h, rule.rf_until_h, rule.until_days) != (None, None, None)
        may = ["until"] * ends + ["reactions"] * ("{reactions}" in rule.text)
    elif rule is not None and part != "brief":
        may = ["by"] * (rule.days_before is not None)
    else:
        may = []
    return tuple(dict.fromkeys((*needed, *may)))


def check_fields(text: str, known: Collection[str], field: str) -> None:
    """Raise ``Fault`` (PLACEHOLDER_UNKNOWN, PLACEHOLDER_OPEN) for a text with any placeholder but ``known``."""
    listed = ", ".join(f"{{{name}}}" for name in known) or "–"
    try:
        found = fields_of(text)
    except ValueError as error:
        raise Fault(FaultCode.PLACEHOLDER_OPEN, field=field, known=listed) from error
    for name in sorted(found - set(known)):
        raise Fault(FaultCode.PLACEHOLDER_UNKNOWN, field=field, name=f"{{{name}}}", known=listed)


def filled(texts: Mapping[str, str], values: Mapping[str, str], *, right_to_left: bool = False) -> dict[str, str]:
    """``texts`` with what the clinic stands for filled in; the days of the rules stay open."""
    said = {
        f"{{{name}}}": (isolated(value) if right_to_left else value).replace("{", _NO_FIELD)
        for name, value in values.items()
    }
    return {key: _with(text, said) if "{" in text else text for key, text in texts.items()}


def _with(text: str, said: Mapping[str, str]) -> str:
    for written, value in said.items():
        text = text.replace(written, value)
    return text
