"""Everything the screens may ask of an unlocked clinic, in one bundle that is handed in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from needlelog.clock import Clock, local
from needlelog.domain.clinic import Practitioner
from needlelog.domain.consent import ConsentText
from needlelog.i18n import Words, record_date, record_time
from needlelog.knowledge.model import Knowledge
from needlelog.services.adverse_events import AdverseEvents
from needlelog.services.client_files import ClientFiles
from needlelog.services.clients import Clients
from needlelog.services.follow_ups import FollowUps
from needlelog.services.history import History
from needlelog.services.materials import Materials
from needlelog.services.papers import Papers
from needlelog.services.pictures import Pictures
from needlelog.services.practice import Practice
from needlelog.services.prints import Prints
from needlelog.services.proof import Proof
from needlelog.services.reference import Reference
from needlelog.services.series import SeriesPlans
from needlelog.services.sessions import Sessions
from needlelog.services.stock import Stock
from needlelog.services.templates import Templates
from needlelog.services.wordings import Wordings

AHEAD = timedelta(minutes=5)
"""By how much what was saved may lie ahead of the clock before somebody must look at it."""


@dataclass(frozen=True, slots=True)
class Desk:
    """The verbs of one unlocked clinic. ``close`` ends every connection to the database."""

    tr: Words
    clock: Clock
    reference: Reference
    templates: Templates
    wordings: Wordings
    practice: Practice
    clients: Clients
    sessions: Sessions
    series: SeriesPlans
    history: History
    follow_ups: FollowUps
    adverse_events: AdverseEvents
    materials: Materials
    stock: Stock
    papers: Papers
    pictures: Pictures
    prints: Prints
    proof: Proof
    close: Callable[[], None]

    @property
    def client_files(self) -> ClientFiles:
        """The whole files of clients, made from all the others."""
        return ClientFiles(
            history=self.history,
            sessions=self.sessions,
            follow_ups=self.follow_ups,
            adverse_events=self.adverse_events,
            papers=self.papers,
            pictures=self.pictures,
        )

    @property
    def consent_texts(self) -> tuple[ConsentText, ...]:
        """The consents as they are shown now, the clinic's own before the shipped ones."""
        return self.wordings.consent_texts

    def notices(self) -> tuple[str, ...]:
        """What everybody who treats must know of what the clinic goes by: its figures, its wording and its clock."""
        return *self.reference.notices(), *self.wordings.notices(), *self._clock_notices()

    def _clock_notices(self) -> tuple[str, ...]:
        """What was saved ahead of now: nobody but the reader knows whether the clock is wrong, or was wrong then."""
        now = self.clock.now()
        newest = max((one.saved_at for one in self.sessions.open() if one.saved_at is not None), default=now)
        if newest - now <= AHEAD:
            return ()
        text = (
            "An open visit was saved at {when}; this computer's clock now shows {now}. If {now} is wrong, put the "
            "computer's date and time right before you go on. If it is right, leave the clock: it was ahead when the "
            "visit was saved; correct the times in that visit, such as numbing."
        )
        zone = self.practice.clinic().time_zone
        return (self.tr(text, when=_shown(newest, zone), now=_shown(now, zone)),)

    @property
    def knowledge(self) -> Knowledge:
        """The reference data as it is used now, with the clinic's own values in the place of ours."""
        return self.reference.knowledge

    @property
    def me(self) -> Practitioner:
        """Whoever is unlocked now."""
        return self.practice.me


def _shown(moment: datetime, zone: str) -> str:
    at = local(moment, zone)
    return f"{record_date(at)}, {record_time(at)}"
