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

OPEN_NAMED = 3
"""Up to so many open precautions are named beside the question; more are counted. The drawer says them whole."""

LINES = 10
"""Up to so many findings are read out; more are counted. What each of them says stands in the record."""


@dataclass(frozen=True, slots=True)
class DepthQuestion:
    """What is asked, and the answer that goes on."""

    title: str
    text: str
    verb: str


def about_these(asked: Sequence[Finding], new: Sequence[NeedlingPass]) -> tuple[NeedlingPass, ...]:
    """Those passes of ``new`` whose zones these findings are about; all where they name none of them."""
    fields = {finding.field for finding in asked}
    return tuple(one for one in new if f"zone:{one.zone}" in fields) or tuple(new)


def open_in_words(tr: Words, still_open: Sequence[Finding]) -> str:
    """``Still open here: Tattoo: Left cheek; Only 9 days since the last visit.``; "" for nothing."""
    if not still_open:
        return ""
    titles = "; ".join(one.title for one in still_open[:OPEN_NAMED])
    more = len(still_open) - OPEN_NAMED
    if more > 0:
        titles = tr("{titles} and {count} more", titles=titles, count=more)
    return tr("Still open here: {titles}.", titles=titles)


def depth_question(
    tr: Words,
    knowledge: Knowledge,
    asked: Sequence[Finding],
    new: Sequence[NeedlingPass],
    still_open: Sequence[Finding] = (),
) -> DepthQuestion:
    """One question for every finding of ``asked``, at least one, about the depths of the passes of ``new``.

    What else is open about these zones is named: whoever goes deeper than the guides there should have it in mind.
    """
    kept = tr("Your answer is kept in the record with the pass.")
    beside = open_in_words(tr, still_open)
    about = about_these(asked, new)
    depths = [one.depth_mm for one in about]
    zones = zones_in_words(tr, knowledge, list(dict.fromkeys(one.zone for one in about)), NAMED)
    verb = tr("Yes, {depth} mm: {zones}", depth=written(min(depths), max(depths)), zones=zones)
    if len(asked) == 1:
        return DepthQuestion(asked[0].title, "\n".join(filter(None, (asked[0].detail, beside, kept))), verb)
    lines = [f"\u2022 {one.title}" for one in asked[:LINES]]
    if len(asked) > LINES:
        more = len(asked) - LINES
        lines.append(tr.plural("and {count} more", "and {count} more", more))
    details = list(dict.fromkeys(one.detail for one in asked if one.detail))
    said = details if len(details) == 1 else []
    text = "\n".join(filter(None, (*lines, *said, beside, kept)))
    return DepthQuestion(tr("Are these depths meant?"), text, verb)
