"""How plainly a text speaks: the length of its sentences, and the published index of its language where there is one.

An index counts, it does not understand: syllables are groups of vowels. The names of drugs and products and the
placeholders are replaced by a plain word first, as the guides of these measures ask. In English lower is easier, in
the others higher, and each limit is that of easy reading on its scale.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

MOST_MEAN, MOST_LONGEST = 15, 25
"""Words: of a sentence of plain text on average, and of the longest (rule M2 of the sheets)."""

MOST_MEAN_SIGNS, MOST_LONGEST_SIGNS = 24, 48
"""The same for Chinese, which has no blanks between words: one word is about one and a half signs long."""

Formula = Callable[[float, float, float], float]
"""From words a sentence, syllables a word and the share of words of four syllables or more."""


@dataclass(frozen=True, slots=True)
class Measure:
    """A published index: its name with its source, how it is computed, and where easy reading ends."""

    name: str
    formula: Formula
    limit: float
    higher_is_easier: bool = True

    def is_easy(self, value: float) -> bool:
        """Whether a text of this value is easy to read."""
        return value >= self.limit if self.higher_is_easier else value <= self.limit


MEASURES: Mapping[str, Measure] = {
    "en": Measure(
        "Flesch-Kincaid grade (Kincaid 1975)",
        lambda words, syllables, _: 0.39 * words + 11.8 * syllables - 15.59,
        6,
        higher_is_easier=False,
    ),
    # On the INFLESZ scale of Barrio-Cantalejo 2008: from 65 on quite easy.
    "es": Measure("Szigriszt-Pazos (1993)", lambda words, syllables, _: 206.835 - 62.3 * syllables - words, 65),
    # On the scale of Flesch: from 60 on plain, from 70 on fairly easy.
    "fr": Measure("Kandel-Moles (1958)", lambda words, syllables, _: 207 - 1.015 * words - 73.6 * syllables, 70),
    "de": Measure("Amstad (1978)", lambda words, syllables, _: 180 - words - 58.5 * syllables, 60),
    # From 50 on easy, from 75 on very easy.
    "pt": Measure("Martins (1996)", lambda words, syllables, _: 248.835 - 1.015 * words - 84.6 * syllables, 50),
    # With words of four syllables or more as hard ones; twelve years of school less those that it asks.
    "pl": Measure(
        "Gunning fog for Polish (Broda 2014), 12 less its years",
        lambda words, _, hard: 12 - 0.4 * (words + 100 * hard),
        3,
    ),
}
"""By language; the others have no measure of their own that is in general use."""

_VOWELS = {
    "en": re.compile(r"[aeiouy]+"),
    "es": re.compile(r"[aeoáéóíú]|(?<![qg])[uü](?![aeoáéó])|(?<![aeouáéó])i(?![aeoáéó])"),
    "fr": re.compile(r"[aeiouyàâäéèêëîïôöùûüœæ]+(?<!^)"),
    "de": re.compile(r"ei|ai|au|äu|eu|ie|aa|ee|oo|[aeiouyäöü]"),
    "pt": re.compile(r"ão|õe|ãe|[aeo]i|[ae]u|ou|qu(?=[ei])|gu(?=[ei])|i[ao](?=s?$)|[aeiouáâãàéêíóôõú]"),
    "pl": re.compile(r"i?[aeouyąęó]|i"),
}
_SILENT: Mapping[str, tuple[re.Pattern[str], ...]] = {
    "en": (re.compile(r"(?<=[^aeiouyl])e(s|d)?$"),),
    "fr": (re.compile(r"(?<=[^aeiouyé])(e|es)$"), re.compile(r"(?<=[qg])u(?=[eiéèê])")),
    "es": (re.compile(r"(?<=[qg])u(?=[eiéí])"),),
    "pt": (re.compile(r"(?<=[qg])u(?=[eiéí])"),),
}
_NAMES = re.compile(
    r"retino\w+|rétino\w+|hyaluronic acid|hyaluron\w*|hialur\w*|benzoyl peroxide|benzo\w+|ben[zo]\w*il\w*|hydroquinone|"
    r"hydro[ck]h?in\w*|hidroquinona|hydrochinon\w*|ibupro\w+|aspirin\w*|ácido\w*|minoxidil\w*|minoksydyl\w*|botox\w*|"
    r"vitamin C|vitamin\w*|witamin\w*|nadtlen\w*|pero[xó]\w*|SPF 30\+?",
    re.I,
)
_FIELD = re.compile(r"\{\w+\}")
_ENDS = re.compile(r"[.!?:。？！：؟\n]+")
_WORD = re.compile(r"[^\W\d_]+(?:['’\u05f3\u05f4][^\W\d_]+)?")
_SIGN = re.compile(r"[\u3400-\u9fff]")
_PLAIN = {"en": "cream"}
_PLAIN_FIELD = {"en": "Sunday"}


@dataclass(frozen=True, slots=True)
class Counted:
    """What was counted in texts: they add up."""

    sentences: int = 0
    words: int = 0
    syllables: int = 0
    hard: int = 0
    """Words of four syllables or more."""

    longest: int = 0

    def __add__(self, other: Counted) -> Counted:
        return Counted(
            self.sentences + other.sentences,
            self.words + other.words,
            self.syllables + other.syllables,
            self.hard + other.hard,
            max(self.longest, other.longest),
        )


@dataclass(frozen=True, slots=True)
class Reading:
    """How plainly texts speak. ``mean`` and ``longest`` are words a sentence, in Chinese signs."""

    language: str
    counted: Counted

    @property
    def mean(self) -> float:
        """Words of a sentence on average; 0 for no sentence."""
        return self.counted.words / self.counted.sentences if self.counted.sentences else 0.0

    @property
    def longest(self) -> int:
        """Words of the longest sentence."""
        return self.counted.longest

    @property
    def measure(self) -> Measure | None:
        """The index of this language, where there is one."""
        return MEASURES.get(self.language)

    @property
    def grade(self) -> float | None:
        """The value of the index; None where there is none, or nothing to measure."""
        if self.measure is None or not self.counted.words:
            return None
        words, counted = self.counted.words, self.counted
        return self.measure.formula(self.mean, counted.syllables / words, counted.hard / words)

    @property
    def limits(self) -> tuple[int, int]:
        """The most that a sentence of plain text has: on average, and the longest."""
        return (MOST_MEAN_SIGNS, MOST_LONGEST_SIGNS) if self.language == "zh" else (MOST_MEAN, MOST_LONGEST)

    @property
    def easy(self) -> bool:
        """Whether all of it keeps to plain reading."""
        mean, longest = self.limits
        value, measure = self.grade, self.measure
        return (
            self.mean <= mean
            and self.longest <= longest
            and (value is None or measure is None or measure.is_easy(value))
        )


def syllables(word: str, language: str) -> int:
    """Groups of vowels as they are spoken; at least one."""
    word = word.lower()
    for silent in _SILENT.get(language, ()):
        word = silent.sub("", word)
    return max(1, len(_VOWELS[language].findall(word)))


def sentences(text: str, language: str) -> list[list[str]]:
    """The words of each sentence, in Chinese its signs; placeholders and names of drugs read as a plain word."""
    plain = _NAMES.sub(
        _PLAIN.get(language, "sol"), _FIELD.sub(_PLAIN_FIELD.get(language, "sol"), text.replace("**", ""))
    )
    word = _SIGN if language == "zh" else _WORD
    return [words for part in _ENDS.split(plain) if (words := word.findall(part))]


@lru_cache(maxsize=4096)
def counted(text: str, language: str) -> Counted:
    """What there is to count in one text."""
    said = sentences(text, language)
    spoken = [_syllables(word, language) for part in said for word in part] if language in MEASURES else []
    lengths = [len(part) for part in said]
    return Counted(len(said), sum(lengths), sum(spoken), sum(one >= _HARD for one in spoken), max(lengths, default=0))


_HARD = 4
_syllables = lru_cache(maxsize=8192)(syllables)


def reading_of(texts: Iterable[str], language: str) -> Reading:
    """How plainly all of ``texts`` speak together; each ends its own last sentence."""
    return Reading(language, sum((counted(text, language) for text in texts if text), Counted()))
