"""How the skin took an earlier visit, in words: what was graded then, and what since."""

from __future__ import annotations

from needlelog.domain.reactions import Observation
from needlelog.i18n import Words
from needlelog.knowledge.model import Knowledge
from needlelog.workflow.last_time import Taken
from ui.widgets.trade_words import reaction_text


def taken_text(tr: Words, knowledge: Knowledge, taken: Taken, red_on_day: int | None = None) -> str:
    """``redness 2 Mild, on day 3 infection 3 Severe``, or ``redness 2 Mild, red flag on day 3``; "" for nothing."""

    def told(seen: Observation) -> str:
        grade, name = reaction_text(knowledge, seen.reaction, seen)
        return f"{tr(name).lower()} {grade}"

    parts = [told(taken.at_visit)] if taken.at_visit else []
    if taken.since:
        parts.append(tr("on day {day} {reaction}", day=taken.since.day, reaction=told(taken.since.seen)))
    if red_on_day is not None and not (taken.since and taken.since.day == red_on_day):
        # Where the grade of that day stands there, it speaks for itself.
        parts.append(tr("red flag on day {day}", day=red_on_day))
    return ", ".join(parts)
