"""The sentences of a sheet in each language, with their version: as shipped, and with what a clinic says otherwise.

Each text has a stable key, under which a clinic's own one is kept: ``main``, ``diary_rows.1``,
``rules.no-make-up.brief``.
"""

from __future__ import annotations

import string
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from needlelog.documents.client_words import has_words
from needlelog.errors import Fault, FaultCode
from needlelog.knowledge.told import ToldRule, under_its_end, under_its_start
from needlelog.paths import resources

FALLBACK = "en"
RULES = "rules"
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class SheetTexts:
    """All texts of one sheet in one language by their keys, and whether a clinician has reviewed them."""

    id: str
    version: str
    language: str
    reviewed: bool
    texts: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class OwnTexts:
    """What a clinic says in other words than the shipped ones, by the same keys.

    An empty text leaves a rule or a line of a list out; a key that is not shipped (any more) is passed over.
    """

    texts: Mapping[str, str]
    version: str = ""
    reviewed: bool = False
    """Whether the clinic says that a clinician has reviewed all texts of this sheet."""


def languages_of(sheet: str) -> tuple[str, ...]:
    """The languages in which ``sheet`` (a folder of the resources) has all it says."""
    return tuple(sorted(path.stem for path in (resources() / sheet).glob("*.toml") if _is_whole(sheet, path.stem)))


def _is_whole(sheet: str, language: str) -> bool:
    """Whether there are texts and words: half in English is worse than all in English."""
    texts = language.isalpha() and (resources() / sheet / f"{language}.toml").is_file()
    return texts and (language == FALLBACK or has_words(language))


def language_for(sheet: str, wanted: str) -> str:
    """The language in which a client who wants ``wanted`` gets ``sheet``: English where there is no text."""
    wanted = wanted.partition("-")[0].lower()
    return wanted if _is_whole(sheet, wanted) else FALLBACK


def shipped_texts(sheet: str, language: str, rules: Mapping[str, ToldRule]) -> SheetTexts:
    """The texts as they were shipped in ``language``; ``rules`` are the English sentences of the rules by their ids.

    Raises ``Fault(RESOURCE_MISSING)``.
    """
    path = resources() / sheet / f"{language}.toml"
    try:
        data: dict[str, Any] = tomllib.loads(path.read_text("utf-8"))
        head = {key: data.pop(key) for key in ("id", "version", "language", "reviewed")}
        translated = data.pop(RULES, {})
        found = {
            f"{key}.{place}" if place else key: str(text)
            for key, value in data.items()
            for place, text in (enumerate(value, start=1) if isinstance(value, list) else ((0, value),))
        }
        for rule, english in rules.items():
            # A sheet with a rule in English warns all the same; one without it would not.
            said = translated.get(rule) or {key: getattr(english, key) for key in ("text", "brief", "told")}
            found |= {f"{RULES}.{rule}.{key}": str(text) for key, text in said.items() if text}
        return SheetTexts(**head, texts=found)
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise Fault(FaultCode.RESOURCE_MISSING, name=path.name) from error


def texts_used(shipped: SheetTexts, own: OwnTexts | None) -> SheetTexts:
    """The texts a client gets: the clinic's own where it has some, else the shipped ones."""
    if own is None:
        return shipped
    mine = {key: text for key, text in own.texts.items() if key in shipped.texts}
    mine |= _following(mine, shipped)
    return replace(
        shipped,
        version=f"{shipped.version} {own.version}".strip(),
        reviewed=shipped.reviewed or own.reviewed,
        texts={**shipped.texts, **mine},
    )


def _following(mine: Mapping[str, str], shipped: SheetTexts) -> dict[str, str]:
    """What a clinic's own sentence of a rule says under a heading, where it gives no other words for that place.

    It is this that stands on the sheet: ours beside it would say the rule as if nobody had touched it.
    """
    found = {}
    for key, text in mine.items():
        rule, _, part = key.rpartition(".")
        if part != "text" or not text or not key.startswith(f"{RULES}."):
            continue
        place, shorter = ("told", under_its_start) if f"{rule}.told" in shipped.texts else ("brief", under_its_end)
        if f"{rule}.{place}" not in mine and f"{rule}.{place}" in shipped.texts:
            found[f"{rule}.{place}"] = shorter(text) if shipped.language == FALLBACK else text
    return found


def fields_of(text: str) -> frozenset[str]:
    """The fields in a text, such as ``until``; raises ``ValueError`` where a brace stands alone."""
    if "{{" in text or "}}" in text:
        raise ValueError("{{ and }} are no field")
    return frozenset(
        name + (f"!{kind}" if kind else "") + (f":{form}" if form else "")
        for _, name, form, kind in string.Formatter().parse(text)
        if name is not None
    )


def as_template(used: SheetTexts, kind: type[T], *lists: str) -> T:
    """``used`` as the template ``kind``, whose fields are the keys, ``lists`` those of several lines.

    Raises ``Fault(RESOURCE_MISSING)`` where a text is missing, or is one too many.
    """
    values: dict[str, Any] = {"id": used.id, "version": used.version, "language": used.language}
    values["reviewed"] = used.reviewed
    values[RULES] = _rules(used.texts)
    for name in lists:
        values[name] = tuple(text for key, text in used.texts.items() if key.startswith(f"{name}.") and text)
    values |= {key: text for key, text in used.texts.items() if "." not in key}
    try:
        return kind(**values)
    except (TypeError, ValueError) as error:
        raise Fault(FaultCode.RESOURCE_MISSING, name=f"{used.language}.toml") from error


def _rules(texts: Mapping[str, str]) -> dict[str, ToldRule]:
    found: dict[str, dict[str, str]] = {}
    for key, text in texts.items():
        if key.startswith(f"{RULES}."):
            _, rule, part = key.split(".")
            found.setdefault(rule, {})[part] = text
    return {rule: ToldRule(**parts) for rule, parts in found.items()}
