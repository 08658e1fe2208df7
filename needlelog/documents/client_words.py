"""The words of the papers for clients in their own language, from the catalogues of ``resources/locale``."""

from __future__ import annotations

import gettext
from functools import lru_cache
from io import BytesIO
from pathlib import Path

from needlelog.errors import Fault, FaultCode
from needlelog.i18n import DOMAIN, Words
from needlelog.paths import resources

CATALOGUE = f"LC_MESSAGES/{DOMAIN}.po"


def languages_with_words() -> tuple[str, ...]:
    """The languages that have a catalogue."""
    return tuple(sorted(path.parent.parent.name for path in (resources() / "locale").glob(f"*/{CATALOGUE}")))


def client_words(language: str) -> Words:
    """The words in ``language``, the English ones where there is no catalogue; raises ``Fault(RESOURCE_MISSING)``."""
    if language not in languages_with_words():
        return Words()
    return words_from(resources() / "locale" / language / CATALOGUE, language)


@lru_cache(maxsize=16)
def words_from(path: Path, language: str) -> Words:
    """The words of the catalogue at ``path``, read once; raises ``Fault(RESOURCE_MISSING)``."""
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import PoFileError, read_po

    compiled = BytesIO()
    try:
        with path.open("rb") as file:
            write_mo(compiled, read_po(file, locale=language, abort_invalid=True))
        compiled.seek(0)
        catalogue = gettext.GNUTranslations(compiled)
    except (OSError, ValueError, PoFileError) as error:
        raise Fault(FaultCode.RESOURCE_MISSING, name=path.name) from error
    return Words(language=language, catalogue=catalogue)
