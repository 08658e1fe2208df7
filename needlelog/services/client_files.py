"""The whole file of a client: every visit with all that belongs to it, read and drawn one after another."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from needlelog.domain.client import Client
from needlelog.domain.follow_up import FollowUpRecord
from needlelog.domain.history import VisitSummary
from needlelog.domain.session import Photo
from needlelog.domain.signed import SignedSession
from needlelog.errors import Fault, FaultCode
from needlelog.services.adverse_events import AdverseEvents
from needlelog.services.follow_ups import FollowUps
from needlelog.services.history import History
from needlelog.services.papers import Papers
from needlelog.services.pictures import Pictures
from needlelog.services.sessions import Sessions

if TYPE_CHECKING:
    from needlelog.documents.client_file import FiledVisit
    from needlelog.documents.photo_rows import FiledPhoto


class ClientFiles:
    """Makes them; slow, and meant for a thread of its own."""

    def __init__(
        self,
        *,
        history: History,
        sessions: Sessions,
        follow_ups: FollowUps,
        adverse_events: AdverseEvents,
        papers: Papers,
        pictures: Pictures,
    ) -> None:
        self._history = history
        self._sessions = sessions
        self._follow_ups = follow_ups
        self._adverse_events = adverse_events
        self._papers = papers
        self._pictures = pictures

    def make(
        self,
        client: Client,
        *,
        photos: bool,
        went_on: Callable[[int, int], None],
        breathe: Callable[[], None],
    ) -> bytes:
        """The PDF; ``went_on`` hears how many visits are done of how many, ``breathe`` is called between pages.

        Whatever they raise ends it. Raises ``Fault(CHARACTER_NOT_PRINTABLE)``.
        """
        from needlelog.documents.client_file import Making

        visits, given_up = self._history.visits(client.id), self._sessions.discarded_for(client.id)

        def read(summary: VisitSummary) -> FiledVisit:
            return self._filed(summary, photos=photos)

        return self._papers.client_file(client, visits, given_up, Making(read, went_on, breathe), photos=photos)

    def _filed(self, summary: VisitSummary, *, photos: bool) -> FiledVisit:
        from needlelog.documents.client_file import FiledVisit

        signed = next(iter(self._history.readable((summary.id,))), None)
        if signed is None:
            return FiledVisit(summary, None)
        # What is due by now is not in the file, and costs a look at every other visit.
        since = self._follow_ups.records((signed.id,)).get(signed.id, FollowUpRecord())
        told = signed.with_(draft=self._papers.as_known_now(signed.draft))
        return FiledVisit(
            summary,
            told,
            since,
            self._adverse_events.of(signed),
            self._photos(signed, since) if photos else (),
            self._papers.code(signed),
        )

    def _photos(self, signed: SignedSession, since: FollowUpRecord) -> tuple[FiledPhoto, ...]:
        from needlelog.documents.photo_rows import FiledPhoto, Taken

        draft = signed.draft
        of = (
            (Taken.BEFORE, draft.consultation.photos),
            (Taken.AFTER, draft.reactions.photos),
            (Taken.FOLLOW_UP, [photo for one in since.answers for photo in one.photos]),
        )
        return tuple(FiledPhoto(photo, taken, self._small(photo)) for taken, some in of for photo in some)

    def _small(self, photo: Photo) -> bytes | None:
        from needlelog.documents.photo_rows import EDGE_PX

        try:
            return self._pictures.thumbnail(photo, EDGE_PX)
        except Fault as fault:
            if fault.code not in (FaultCode.PHOTO_DAMAGED, FaultCode.PHOTO_UNREADABLE, FaultCode.PHOTO_TOO_LARGE):
                raise
            return None
