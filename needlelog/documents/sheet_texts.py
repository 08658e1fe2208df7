"""The fixed sentences of a sheet, one file a language in a folder of its own, each with its own version."""

from __future__ import annotations

import tomllib
from typing import Any, TypeVar

from needlelog.errors import Fault, FaultCode
from needlelog.paths import resources

FALLBACK = "en"
T = TypeVar("T")


def languages_of(sheet: str) -> tuple[str, ...]:
    """The languages in which ``sheet`` (a folder of the resources) has its sentences."""
    return tuple(sorted(path.stem for path in (resources() / sheet).glob("*.toml")))


def texts_of(sheet: str, language: str, kind: type[T], *lists: str) -> T:
    """The sentences in ``language``, or the English ones where there are none, ``lists`` being keys of several lines.

    Raises ``Fault(RESOURCE_MISSING)``.
    """
    name = language if language in languages_of(sheet) else FALLBACK
    path = resources() / sheet / f"{name}.toml"
    try:
        data: dict[str, Any] = tomllib.loads(path.read_text("utf-8"))
        for key in lists:
            data[key] = tuple(data[key])
        return kind(**data)
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise Fault(FaultCode.RESOURCE_MISSING, name=path.name) from error
