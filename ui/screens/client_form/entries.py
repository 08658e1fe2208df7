"""What the form reads from its fields, as one set of changes to a client, and how two sets of changes meet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from needlelog.domain.client import Client

EDITED = (
    "full_name",
    "known_as",
    "birth_date",
    "phone",
    "email",
    "address",
    "emergency_contact",
    "language",
    "fitzpatrick",
    "allergy_state",
    "allergies",
    "facts",
    "notes",
)
# These belong together: a list of allergies of one side with the other side's state would say something untrue.
_TOGETHER = {"allergies": "allergy_state", "allergy_state": "allergies"}


@dataclass(frozen=True, slots=True)
class Meeting:
    """My changes put on top of a record that somebody else changed meanwhile."""

    client: Client
    theirs: tuple[str, ...]
    """Fields that only they changed: kept as they left them."""
    both: tuple[str, ...]
    """Fields that both changed: mine are used."""


def changed_fields(base: Client, now: Client) -> frozenset[str]:
    """The edited fields in which two versions of one client differ."""
    found = {name for name in EDITED if getattr(base, name) != getattr(now, name)}
    return frozenset(found | {_TOGETHER[name] for name in found if name in _TOGETHER})


def meet(base: Client, mine: Client, stored: Client) -> Meeting:
    """``mine`` where I changed ``base``, ``stored`` everywhere else, following on ``stored``'s version."""
    my_changes = changed_fields(base, mine)
    their_changes = changed_fields(base, stored)
    taken: dict[str, Any] = {name: getattr(mine, name) for name in my_changes}
    return Meeting(
        client=stored.with_(**taken),
        theirs=tuple(name for name in EDITED if name in their_changes - my_changes),
        both=tuple(name for name in EDITED if name in their_changes & my_changes),
    )
