"""What is still open from an earlier visit when a client is treated again."""

from __future__ import annotations

from needlelog.domain.adverse_events import EventHistory
from needlelog.domain.follow_up import FollowUpAnswer
from needlelog.domain.value import Moment, Named, Value


class Unsettled(Value):
    """A red answer about which nothing was written yet, or an adverse event that is not over, and the visit it is of.

    Either ``red`` or ``event`` is set.
    """

    visit_at: Moment
    time_zone: Named
    red: FollowUpAnswer | None = None
    event: EventHistory | None = None
