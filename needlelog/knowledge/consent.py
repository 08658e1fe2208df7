"""Reads the consent texts in ``resources/consent``: one TOML file for each language and version."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from needlelog.domain.consent import ConsentText
from needlelog.errors import Fault, FaultCode

FALLBACK = "en"
_KEYS: dict[str, type] = {"title": str, "version": str, "language": str, "reviewed": bool, "paragraphs": list}


def load_consent_texts(folder: Path) -> tuple[ConsentText, ...]:
    """Every shipped text, by language, the newest version first; a text's id is its file's name (``en-1``).

    Raises ``Fault``: ``RESOURCE_MISSING`` when there is none, ``KNOWLEDGE_BROKEN`` for a damaged one.
    """
    texts = [_text(path) for path in sorted(folder.glob("*.toml"))]
    if not texts:
        raise Fault(FaultCode.RESOURCE_MISSING, name=folder.name)
    newest_first = sorted(texts, key=lambda text: int(text.version), reverse=True)
    return tuple(sorted(newest_first, key=lambda text: text.language))


def text_for(texts: Sequence[ConsentText], language: str) -> ConsentText:
    """The newest text in ``language``; in English where there is none, else whichever there is."""
    by_language = {text.language: text for text in reversed(texts)}
    return by_language.get(language) or by_language.get(FALLBACK) or texts[0]


def _broken(path: Path, key: str, reason: str) -> Fault:
    return Fault(FaultCode.KNOWLEDGE_BROKEN, file=path.name, entry=path.stem, key=key, reason=reason)


def _text(path: Path) -> ConsentText:
    raw = _parsed(path)
    for key in sorted(set(raw) | set(_KEYS)):
        if key not in _KEYS:
            raise _broken(path, key, "is not a known key")
        if key not in raw:
            raise _broken(path, key, "is missing")
        if type(raw[key]) is not _KEYS[key]:
            raise _broken(path, key, "has the wrong type")
    paragraphs = raw["paragraphs"]
    if not paragraphs or not all(isinstance(paragraph, str) and paragraph.strip() for paragraph in paragraphs):
        raise _broken(path, "paragraphs", "holds an empty paragraph, or none")
    if not (raw["version"].isascii() and raw["version"].isdigit()):
        raise _broken(path, "version", "is not a whole number")
    if path.stem != f"{raw['language']}-{raw['version']}":
        raise _broken(path, "version", "language and version are not those of the file's name")
    try:
        return ConsentText(
            id=path.stem,
            version=raw["version"],
            language=raw["language"],
            title=raw["title"],
            text="\n\n".join(paragraphs),
        )
    except (ValidationError, Fault) as error:
        raise _broken(path, "title", "is empty or holds text that cannot be shown") from error


def _parsed(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise _broken(path, "-", str(error)) from error
    except OSError as error:
        raise Fault(FaultCode.READ_FAILED, path=path, reason=error.strerror or "") from error
