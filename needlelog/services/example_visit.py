"""A made-up visit, so that wording can be looked at on paper before any client is treated with it in hand."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from uuid import UUID

from needlelog.domain.client import Client
from needlelog.domain.clinic import Clinic, Practitioner
from needlelog.domain.consent import Consent, ConsentText, Signature
from needlelog.domain.session import Aftercare, Needling, Numbing, SessionDraft
from needlelog.domain.treatment import Direction, Endpoint, NeedlingPass
from needlelog.i18n import Words
from needlelog.knowledge.model import Knowledge

ZONES = ("forehead", "cheek_left", "cheek_right", "nose", "chin")
CONCERN = "acne-scars"
BORN = date(1990, 5, 14)
_CLIENT = UUID(int=1)
_VISIT = UUID(int=2)
_FIRST_PASS = 100


def example_client(language: str, now: datetime, tr: Words) -> Client:
    """Nobody: a client who reads ``language``."""
    return Client(
        id=_CLIENT, number=1, full_name=tr("Example Client"), birth_date=BORN, language=language, added_at=now
    )


def example_visit(knowledge: Knowledge, clinic: Clinic, me: Practitioner, now: datetime, tr: Words) -> SessionDraft:
    """A visit that ends ``now``: a face numbed and needled as usual, with the next visit agreed."""
    passes = tuple(
        NeedlingPass(
            id=UUID(int=_FIRST_PASS + place),
            zone=zone,
            device=tr("Example pen"),
            lot="EX-1",
            depth_mm=depth,
            direction=Direction.VERTICAL,
            count=1,
            endpoint=Endpoint.ERYTHEMA,
            at=now,
        )
        for place, (zone, depth) in enumerate(_usual_depths(knowledge))
    )
    cream = Numbing(id=UUID(int=_FIRST_PASS - 1), name=tr("Example cream"), lot="EX-2", on_at=now, removed_at=now)
    return SessionDraft(
        id=_VISIT,
        client_id=_CLIENT,
        practitioner_id=me.id,
        practitioner=me.signature,
        started_at=now,
        time_zone=clinic.time_zone,
        knowledge_version=knowledge.version,
        numbing=(cream,),
        needling=Needling(passes=passes, ended_at=now),
        aftercare=Aftercare(next_visit_at=now + timedelta(days=knowledge.interval.usual_from_days)),
    )


def _usual_depths(knowledge: Knowledge) -> Iterator[tuple[str, Decimal]]:
    for zone in ZONES:
        depth = knowledge.sites[knowledge.zones[zone].site].default_to_mm
        if depth is not None:
            yield zone, depth


def with_consent(visit: SessionDraft, shown: ConsentText, client: Client, now: datetime) -> SessionDraft:
    """The made-up visit with this text as if it were signed."""
    signed = Consent(
        shown=shown,
        confirmed_name=client.full_name,
        confirmed_birth_date=client.birth_date,
        signature=Signature(typed_name=client.full_name, at=now),
    )
    return visit.with_(consent=signed)
