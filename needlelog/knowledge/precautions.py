"""The shapes of what is asked before the needle: contraindications with their waits, preparation, time-out, ages."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from needlelog.domain.findings import Level
from needlelog.domain.materials import DeviceKind
from needlelog.domain.value import Line, Named, Value
from needlelog.knowledge.entry import Entry


class Wait(Value):
    """How long to wait after something ended, or before it begins: the value used and every value the sources gave.

    ``said`` is the value in the source's own measure where it is not days: ``12 months``; ``counted`` says then how the
    days come of it.
    """

    days: Annotated[int, Field(gt=0)]
    said: Line = ""
    counted: Line = ""
    all_values: str = ""


class Contraindication(Entry):
    """One contraindication or precaution. ``only_for`` narrows it to device kinds; ``anaesthetic_only`` to numbing.

    What is ``no_anaesthetic`` speaks against the numbing cream as well as against the treatment.

    What is ``standing`` holds until somebody says otherwise: it is confirmed at the next visit, not asked again.
    What is ``derived_from`` something the program knows is not asked: for the birth date the age rules judge it.
    What is ``ahead`` has not begun: the day asked for is that on which it begins, and ``wait`` counts back from there.
    """

    title: Named
    question: Named
    level: Level
    group: Literal["skin-today", "health", "medicines", "allergies", "recent-treatments", "lifestyle"]
    wait: Wait | None = None
    detail: str = ""
    only_for: tuple[DeviceKind, ...] = ()
    leave_out: Line = ""
    """What the map says of the zones where it is, which may be treated around it; nothing where they may not."""

    anaesthetic_only: bool = False
    no_anaesthetic: bool = False
    area_bound: bool = False
    standing: bool = False
    derived_from: Literal["birth-date"] | None = None
    ahead: bool = False


class PreparationItem(Entry):
    """One thing the client was asked to do or leave before the visit.

    What the screening asks about as well names its ``contraindication``, which says what there is to say of it.
    """

    question: Named
    detail: str = ""
    contraindication: Line = ""


TimeOutMatter = Literal[
    "client", "consent", "allergies", "products", "numbing", "zones", "depths", "device", "cartridge", "day"
]
"""What an item of the time-out can be about; ``day`` is the one on which it is said."""


class TimeOutItem(Entry):
    """One item of the pause before needling, said again once what it is about has changed."""

    text: Named
    undone_by: tuple[TimeOutMatter, ...] = ()
    denied_by: tuple[str, ...] = ()
    """Contraindications that say the opposite: while one keeps the needle out, the item cannot be said."""


class AgeRule(Entry):
    """Below ``years`` the finding of ``level`` is raised, worded as ``text``; ``minor``: nobody of age is below."""

    years: int
    level: Level
    text: Named
    minor: bool = False
