"""From ``resources/knowledge/*.toml`` to ``Knowledge``; refuses a broken set and names file, entry and key.

Each file holds ``[[table]]`` entries and one ``collected_on`` for all of them. Decimals stand in quotes, so that they
stay exact; units stand in the names of the keys. Sources are named by the ids of ``sources.toml``.
"""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any, NoReturn, TypeVar

from pydantic import ValidationError

from needlelog.domain.value import Value
from needlelog.errors import Fault, FaultCode
from needlelog.knowledge import checks
from needlelog.knowledge.model import (
    AftercareRule,
    AgentDose,
    AgeRule,
    AlarmRule,
    Ceiling,
    Citation,
    ClientQuestion,
    Combination,
    Concern,
    Conflict,
    Contraindication,
    DescribedDevice,
    DeviceEntry,
    EmergencyNumber,
    Entry,
    FollowUpAction,
    FollowUpMoment,
    FollowUpQuestion,
    FoundingFact,
    Guidance,
    IntervalRule,
    Knowledge,
    PreparationItem,
    PreparationRule,
    ProductEntry,
    ReactionEntry,
    Scale,
    SevereGrade,
    ShelfRule,
    Site,
    TimeOutItem,
    VisitMoment,
    WeightRule,
    Zone,
)

E = TypeVar("E", bound=Value)

SOURCES = "sources.toml"
TABLES: Mapping[str, tuple[str, ...]] = {
    SOURCES: ("source",),
    "sites.toml": ("ceiling", "site"),
    "zones.toml": ("zone",),
    "devices.toml": ("device", "described"),
    "products.toml": ("product",),
    "concerns.toml": ("concern",),
    "contraindications.toml": ("contraindication",),
    "preparation.toml": ("item", "rule"),
    "scales.toml": ("scale",),
    "reactions.toml": ("reaction",),
    "time_out.toml": ("item",),
    "aftercare.toml": ("rule",),
    "emergency.toml": ("number",),
    "ages.toml": ("rule",),
    "interval.toml": ("interval",),
    "alarm.toml": ("alarm",),
    "doses.toml": ("weight", "dose"),
    "questions.toml": ("question",),
    "guidance.toml": ("guidance",),
    "combinations.toml": ("combination",),
    "conflicts.toml": ("conflict",),
    "follow_up.toml": ("moment", "question", "action", "severe", "in_visit"),
    "founding.toml": ("fact",),
    "shelf.toml": ("shelf",),
}
"""The files of the set and the tables each may hold."""

_REASONS = {
    "missing": "is missing",
    "extra_forbidden": "is not a known key",
    "decimal_parsing": "is not a number",
    "decimal_type": "is not a number",
    "int_type": "is not a whole number",
    "bool_type": "is not true or false",
    "string_type": "is not text",
    "tuple_type": "is not a list",
    "too_short": "holds too little",
    "string_too_short": "is empty",
}


def broken(file: str, entry: str, key: str, reason: str) -> NoReturn:
    """Raise the fault that names the place and what is wrong there."""
    raise Fault(FaultCode.KNOWLEDGE_BROKEN, file=file, entry=entry, key=key, reason=reason)


def load_knowledge(folder: Path) -> Knowledge:
    """The whole set in ``folder``, cross-checked.

    Raises ``Fault``: ``RESOURCE_MISSING`` for a missing file, ``KNOWLEDGE_BROKEN`` for anything wrong in one.
    """
    return knowledge_of(read_files(folder))


def read_files(folder: Path) -> Mapping[str, bytes]:
    """The files of the set in ``folder`` by name; raises ``Fault`` for one that is missing or does not belong there."""
    unknown = sorted(path.name for path in folder.glob("*.toml") if path.name not in TABLES)
    if unknown:
        broken(unknown[0], "-", "-", "no such file belongs to the reference data")
    return {name: _bytes_of(folder / name) for name in TABLES}


def knowledge_of(contents: Mapping[str, bytes]) -> Knowledge:
    """The set that these files hold, cross-checked; raises ``Fault(KNOWLEDGE_BROKEN)`` for anything wrong in one."""
    fingerprint = hashlib.sha256()
    files: dict[str, dict[str, Any]] = {}
    for name in TABLES:
        content = contents[name]
        fingerprint.update(name.encode() + b"\0" + hashlib.sha256(content).digest())
        files[name] = _parsed(name, content)
    reader = _Reader(files)
    knowledge = Knowledge(
        version=f"{reader.newest.isoformat()}+{fingerprint.hexdigest()[:12]}",
        citations=reader.citations(),
        sites=reader.entries("sites.toml", "site", Site),
        zones=reader.entries("zones.toml", "zone", Zone),
        ceiling=reader.one("sites.toml", "ceiling", Ceiling),
        devices=reader.entries("devices.toml", "device", DeviceEntry),
        products=reader.entries("products.toml", "product", ProductEntry),
        concerns=reader.entries("concerns.toml", "concern", Concern),
        contraindications=reader.entries("contraindications.toml", "contraindication", Contraindication),
        preparation=reader.entries("preparation.toml", "item", PreparationItem),
        preparing=reader.entries("preparation.toml", "rule", PreparationRule),
        scales=reader.entries("scales.toml", "scale", Scale),
        reactions=reader.entries("reactions.toml", "reaction", ReactionEntry),
        time_out=reader.entries("time_out.toml", "item", TimeOutItem),
        aftercare=reader.entries("aftercare.toml", "rule", AftercareRule),
        emergency_numbers=reader.entries("emergency.toml", "number", EmergencyNumber, key="country"),
        ages=reader.entries("ages.toml", "rule", AgeRule),
        interval=reader.one("interval.toml", "interval", IntervalRule),
        alarm=reader.one("alarm.toml", "alarm", AlarmRule),
        doses=reader.entries("doses.toml", "dose", AgentDose),
        shelf=reader.one("shelf.toml", "shelf", ShelfRule),
        weight=reader.one("doses.toml", "weight", WeightRule),
        questions=reader.entries("questions.toml", "question", ClientQuestion),
        described_devices=reader.entries("devices.toml", "described", DescribedDevice),
        guidance=reader.entries("guidance.toml", "guidance", Guidance),
        combinations=reader.entries("combinations.toml", "combination", Combination),
        conflicts=reader.entries("conflicts.toml", "conflict", Conflict),
        follow_up_moments=reader.entries("follow_up.toml", "moment", FollowUpMoment),
        follow_up_questions=reader.entries("follow_up.toml", "question", FollowUpQuestion),
        follow_up_actions=reader.entries("follow_up.toml", "action", FollowUpAction),
        severe_grades=reader.entries("follow_up.toml", "severe", SevereGrade),
        visit_moments=reader.entries("follow_up.toml", "in_visit", VisitMoment),
        founding=reader.entries("founding.toml", "fact", FoundingFact),
    )
    for problem in checks.problems(knowledge):
        broken(*problem)
    return knowledge


def check_drawn_zones(knowledge: Knowledge, drawn: Mapping[str, Iterable[str]]) -> None:
    """Raise ``Fault(KNOWLEDGE_BROKEN)`` unless the maps draw exactly each zone's views.

    ``drawn`` holds, for each view's name, the ids of the zones on that drawing.
    """
    on_maps = {(zone, view) for view, zones in drawn.items() for zone in zones}
    in_data = {(zone.id, view.value) for zone in knowledge.zones.values() for view in zone.views}
    for zone, view in sorted(on_maps ^ in_data):
        reason = "is drawn on the map but not listed" if (zone, view) in on_maps else "is listed but not on the map"
        broken("zones.toml", zone, "views", f"{view} {reason}")


def _bytes_of(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError as error:
        raise Fault(FaultCode.RESOURCE_MISSING, name=path.name) from error
    except OSError as error:
        raise Fault(FaultCode.READ_FAILED, path=path, reason=error.strerror or "") from error


def _parsed(name: str, content: bytes) -> dict[str, Any]:
    try:
        return tomllib.loads(content.decode("utf-8"), parse_float=_no_float)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise Fault(FaultCode.KNOWLEDGE_BROKEN, file=name, entry="-", key="-", reason=str(error)) from error


class _Bare(str):
    """A decimal that stands without quotes."""


def _no_float(text: str) -> Any:
    return _Bare(text)


def _json(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(type(value).__name__)


def _refuse_bare(file: str, entry: str, value: object, key: str) -> None:
    if isinstance(value, _Bare):
        broken(file, entry, key, "a decimal must stand in quotes")
    if isinstance(value, dict):
        for name, inner in value.items():
            _refuse_bare(file, entry, inner, f"{key}.{name}" if key else name)
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            _refuse_bare(file, entry, inner, f"{key}.{index}")


_OF_A_SOURCE = {"id", "address", "kind"}
_OF_A_CITATION = {"title", "publisher", "year"}


class _Reader:
    """Turns parsed files into entries; knows the sources."""

    def __init__(self, files: Mapping[str, dict[str, Any]]) -> None:
        self._files = files
        self._days: dict[str, date] = {}
        for name, content in files.items():
            for key in content:
                if key != "collected_on" and key not in TABLES[name]:
                    broken(name, "-", key, "is not a known key")
            day = content.get("collected_on")
            if type(day) is not date:
                broken(name, "-", "collected_on", "is missing" if day is None else "is not a date")
            self._days[name] = day
        self._sources: dict[str, dict[str, str]] = {}
        for id_, raw in self._raw(SOURCES, "source", "id"):
            if wrong := (_OF_A_SOURCE - raw.keys()) | (raw.keys() - _OF_A_SOURCE - _OF_A_CITATION):
                broken(SOURCES, id_, ", ".join(sorted(wrong)), "is missing or not known")
            if raw["kind"] not in checks.SOURCE_KINDS:
                broken(SOURCES, id_, "kind", f"is none of {', '.join(checks.SOURCE_KINDS)}")
            if not raw["address"]:
                broken(SOURCES, id_, "address", "is empty")
            self._sources[id_] = {"address": raw["address"], "kind": raw["kind"]}

    def citations(self) -> dict[str, Citation]:
        """How people name the sources, by address; those that nobody has named are left out."""
        named = [(id_, raw) for id_, raw in self._raw(SOURCES, "source", "id") if _OF_A_CITATION & raw.keys()]
        kept = _OF_A_CITATION | {"address"}
        made = (self._made(SOURCES, id_, {key: raw[key] for key in kept if key in raw}, Citation) for id_, raw in named)
        return {one.address: one for one in made}

    @property
    def newest(self) -> date:
        """The newest day on which anything was collected."""
        return max(self._days.values())

    def _raw(self, file: str, table: str, key: str) -> list[tuple[str, dict[str, Any]]]:
        tables = self._files[file].get(table)
        if not isinstance(tables, list) or not tables or not all(isinstance(raw, dict) for raw in tables):
            broken(file, "-", table, "holds no entries")
        found: dict[str, dict[str, Any]] = {}
        for position, raw in enumerate(tables, start=1):
            id_ = raw.get(key)
            if not isinstance(id_, str) or not id_:
                broken(file, f"{table} {position}", key, "is missing" if id_ is None else "is not text")
            if id_ in found:
                broken(file, id_, key, "stands twice")
            found[id_] = raw
        return list(found.items())

    def entries(self, file: str, table: str, kind: type[E], *, key: str = "id") -> dict[str, E]:
        """Every entry of one table by its id, in the file's order."""
        return {id_: self._made(file, id_, raw, kind) for id_, raw in self._raw(file, table, key)}

    def one(self, file: str, table: str, kind: type[E]) -> E:
        """The one entry of a table that stands alone."""
        raw = self._files[file].get(table)
        if not isinstance(raw, dict):
            broken(file, table, table, "is missing")
        return self._made(file, table, {"id": table, **raw}, kind)

    def _made(self, file: str, entry: str, raw: dict[str, Any], kind: type[E]) -> E:
        _refuse_bare(file, entry, raw, "")
        if "sources" in kind.model_fields:
            raw = self._sourced(file, entry, raw, kind)
        if issubclass(kind, Entry):
            raw = {"collected_on": self._days[file], **raw}
        try:
            # JSON, because only there strictness still takes text for exact numbers and lists for tuples.
            return kind.model_validate_json(json.dumps(raw, default=_json), strict=True)
        except ValidationError as error:
            first = error.errors(include_url=False, include_context=False, include_input=False)[0]
            place = ".".join(str(part) for part in first["loc"]) or "-"
            broken(file, entry, place, _REASONS.get(first["type"], first["msg"]))
        except Fault as fault:
            broken(file, entry, "-", f"holds text that cannot be shown ({fault.code.value})")
        except TypeError as error:
            broken(file, entry, "-", f"holds a value of kind {error}")

    def _sourced(self, file: str, entry: str, raw: dict[str, Any], kind: type[Value]) -> dict[str, Any]:
        seen = raw.get("seen", "yes")
        if seen not in checks.SEEN:
            broken(file, entry, "seen", f"is none of {', '.join(checks.SEEN)}")
        rest = {key: value for key, value in raw.items() if key != "seen"}
        if not issubclass(kind, Entry):
            return {**rest, "sources": self._named(file, entry, "sources", raw.get("sources"), seen)}
        if "own" in raw:
            broken(file, entry, "own", "is not a known key")
        variants = raw.get("variants", [])
        if not isinstance(variants, list) or not all(isinstance(one, dict) for one in variants):
            broken(file, entry, "variants", "is not a list")
        told = [
            {**one, "sources": self._named(file, entry, f"variants.{at}.sources", one.get("sources"), seen)}
            for at, one in enumerate(variants)
        ]
        sources = self._named(file, entry, "sources", raw.get("sources"), seen)
        return {**rest, "seen": seen, "sources": sources, **({"variants": told} if told else {})}

    def _named(self, file: str, entry: str, key: str, names: object, seen: str) -> list[dict[str, str]]:
        """The sources of these names; general knowledge was never seen anywhere."""
        if not isinstance(names, list) or not names:
            broken(file, entry, key, "names no source")
        for name in names:
            if name not in self._sources:
                broken(file, entry, key, f"{name} is not in {SOURCES}")
        found = [self._sources[name] for name in names]
        return [{**source, "seen": "no" if source["kind"] == checks.UNVERIFIED else seen} for source in found]
