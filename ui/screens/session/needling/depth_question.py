"""The question before a pass that goes deeper than the sources give: one tap, which names the figure it is about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from needlelog.domain.findings import Finding
from needlelog.domain.treatment import NeedlingPass
from needlelog.i18n import Words
from needlelog.knowledge.model import Knowledge
from ui.screens.session.needling.depths import written
from ui.screens.session.needling.pass_words import NAMED, zones_in_words

LINES = 10
"""Up to so many findings are read out; more are counted. What each of them says stands in the record."""


@dataclass(frozen=True, slots=True)
class DepthQuestion:
    """What is asked, and the answer that goes on."""

    title: str
    text: str
    verb: str


def depth_question(
    tr: Words, knowledge: Knowledge, asked: Sequence[Finding], new: Sequence[NeedlingPass]
) -> DepthQuestion:
    """One question for every finding of ``asked``, at least one, about the depths of the passes of ``new``."""
    kept = tr("Your answer is kept in the record with the pass.")
    about = [one for one in new if f"zone:{one.zone}" in {finding.field for finding in asked}] or list(new)
    depths = [one.depth_mm for one in about]
    zones = zones_in_words(tr, knowledge, list(dict.fromkeys(one.zone for one in about)), NAMED)
    verb = tr("Yes, {depth} mm: {zones}", depth=written(min(depths), max(depths)), zones=zones)
    if len(asked) == 1:
        return DepthQuestion(asked[0].title, "\n".join(filter(None, (asked[0].detail, kept))), verb)
    lines = [f"\u2022 {one.title}" for one in asked[:LINES]]
    if len(asked) > LINES:
        more = len(asked) - LINES
        lines.append(tr.plural("and {count} more", "and {count} more", more))
    details = list(dict.fromkeys(one.detail for one in asked if one.detail))
    said = details if len(details) == 1 else []
    return DepthQuestion(tr("Are these depths meant?"), "\n".join((*lines, *said, kept)), verb)
