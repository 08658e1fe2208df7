"""What somebody went on against, and what they were told and considered, put into words with where it comes from."""

from __future__ import annotations

from collections.abc import Iterator

from needlelog.documents.record_rows import RecordRows
from needlelog.documents.tables import Told
from needlelog.domain.findings import Finding, Source, level_word


class ReasonRows:
    """The findings of one signed visit that were answered, or that nobody answered."""

    def __init__(self, rows: RecordRows) -> None:
        self._rows = rows
        self._draft = rows.draft
        self._knowledge = rows.knowledge
        self._words = rows.words

    def overrides(self) -> Iterator[tuple[str, Told]]:
        """The reasons given for going on against a finding."""
        for override in self._draft.overrides:
            finding = override.finding
            reason = self._words("Reason: {reason}", reason=override.reason)
            yield self._rows.at(override.at), Told(self._told(finding, reason, override.by), self._all_sources(finding))

    def precautions(self) -> Iterator[tuple[str, Told]]:
        """What was told and needs no reason: who considered it and when, or that it was told and not answered."""
        words = self._words
        for one in self._draft.considered:
            said = self._rows.joined(words("Considered by {name}", name=one.by), one.note)
            yield self._rows.at(one.at), Told(self._told(one.finding, said), self._first_source(one.finding))
        for finding in self._draft.unanswered:
            yield words("Told, not answered"), Told(self._told(finding), self._first_source(finding))

    def _all_sources(self, finding: Finding) -> tuple[str, ...]:
        return tuple(self._words("Source: {source}", source=self._cited(source)) for source in finding.sources)

    def _first_source(self, finding: Finding) -> tuple[str, ...]:
        """The source that gives its figure; the record on the screen names them all."""
        first, more = self._all_sources(finding)[:1], len(finding.sources) - 1
        if more < 1:
            return first
        return (self._words("{source} and {count} more", source=first[0], count=more),)

    def _cited(self, source: Source) -> str:
        """As people write it, with its address."""
        known = self._knowledge.citations.get(source.address)
        return f"{known.said}, {source.address}" if known else source.address

    def _told(self, finding: Finding, *answer: str) -> str:
        return self._rows.joined(
            f"{level_word(finding.level, self._words)}: {self._words(finding.title)}", finding.detail, *answer
        )
