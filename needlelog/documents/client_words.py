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


def has_words(language: str) -> bool:
    """Whether there is a catalogue in ``language``."""
    return language.isalpha() and (resources() / "locale" / language / CATALOGUE).is_file()


def client_words(language: str) -> Words:
    """The words in ``language``, the English ones where there is no catalogue; raises ``Fault(RESOURCE_MISSING)``."""
    if not has_words(language):
        return Words()
    return words_from(resources() / "locale" / language / CATALOGUE, language)


def hold_to_one_language(language: str, words: Words) -> None:
    """Raise ``ValueError`` where texts and words differ: a sheet of two languages must not reach a client."""
    if language != words.language:
        raise ValueError(f"texts in {language}, words in {words.language}")


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
