"""Which entry of the reference data a finding rests on, so that one tap leads from the finding to its sources."""

from __future__ import annotations

from needlelog.domain.findings import Finding
from needlelog.knowledge.model import Knowledge
from needlelog.rules.next_visit import CODE as NEXT_VISIT
from needlelog.rules.no_anaesthetic import CODE as NO_ANAESTHETIC
from needlelog.rules.traceability import rests_on

_OF_SITE = frozenset({"depth-zone", "depth-warn", "zone-never"})
_OF_PRODUCT = ("numbing-", "depth-device", "depth-evaluated", "device-skin-type")


def place_of(finding: Finding, knowledge: Knowledge) -> str:
    """``table:entry``, or "" where a finding rests on nothing but the record itself."""
    code = finding.code
    if code in knowledge.contraindications:
        return f"contraindications:{code}"
    if code in _OF_SITE:
        zone = knowledge.zones.get(finding.field.removeprefix("zone:"))
        return f"sites:{zone.site}" if zone else ""
    if code == "depth-ceiling":
        return f"ceiling:{knowledge.ceiling.id}"
    if code == "depth-unsourced" or code.startswith("depth-rf"):
        return f"ceiling:{knowledge.ceiling.id}"
    if code in {"interval-series", "concern-use"}:
        return f"concerns:{finding.key.split(':')[1]}"
    if code == "combination":
        return f"combinations:{finding.key.split(':')[1]}"
    if code.startswith("interval-"):
        return f"interval:{knowledge.interval.id}"
    if code.startswith("age-"):
        return f"ages:{code.removeprefix('age-')}"
    if rests_on(finding):
        return f"guidance:{rests_on(finding)}"
    if code in {NO_ANAESTHETIC, NEXT_VISIT}:
        return f"contraindications:{finding.key.split(':')[1]}"
    if code in {"numbing-agent", "numbing-several"}:
        agent = finding.key.split(":")[1]
        return f"doses:{agent}" if agent in knowledge.doses else ""
    if code.startswith(_OF_PRODUCT):
        return _named(finding, knowledge)
    return ""


def _named(finding: Finding, knowledge: Knowledge) -> str:
    """The device or anaesthetic that the finding names; the clinic may call its own otherwise, then there is none."""
    said = f"{finding.title} {finding.detail}"
    tables = (("devices", knowledge.devices), ("products", knowledge.products))
    named = [
        (len(entry.name), f"{table}:{entry.id}")
        for table, entries in tables
        for entry in entries.values()
        if entry.name in said
    ]
    # "Exceed Unlimited" holds "Exceed" as well: the longest name is the one that is meant.
    return max(named)[1] if named else ""
