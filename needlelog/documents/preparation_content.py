"""What one preparation sheet says, from the client, the planned places and the day of the visit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from needlelog.clock import local
from needlelog.documents.client_words import hold_to_one_language
from needlelog.documents.preparation_sheet import PreparationSheet
from needlelog.documents.preparation_texts import PreparationTexts, preparation_texts
from needlelog.domain.client import Client
from needlelog.domain.clinic import Clinic
from needlelog.domain.papers import SheetForm
from needlelog.i18n import Words
from needlelog.knowledge.model import Knowledge
from needlelog.rules.glance import views_that_show
from needlelog.rules.preparation import advice_before


@dataclass(frozen=True, slots=True)
class NextVisit:
    """The visit to prepare for: when (None where no date was agreed), what for, and where (ids)."""

    at: datetime | None = None
    concerns: tuple[str, ...] = ()
    zones: tuple[str, ...] = ()


def preparation_for(
    visit: NextVisit,
    client: Client,
    clinic: Clinic,
    knowledge: Knowledge,
    *,
    now: datetime,
    form: SheetForm,
    words: Words,
    texts: PreparationTexts | None = None,
) -> PreparationSheet:
    """The sheet for this visit as it is made at ``now``; raises ``Fault(TIME_ZONE_UNKNOWN)``.

    ``words`` are in the language of the sheet, which is the client's (``preparation_language``, ``client_words``), and
    ``texts`` its template where it is not the shipped one.
    """
    zone = clinic.time_zone
    rules = tuple(knowledge.preparing.values())
    texts = texts or preparation_texts(words.language, rules)
    hold_to_one_language(texts.language, words)
    zones = tuple(one for one in visit.zones if one in knowledge.zones)
    advice = advice_before(
        rules,
        areas=frozenset(knowledge.zones[one].area for one in zones),
        visit_on=local(visit.at, zone).date() if visit.at else None,
        today=local(now, zone).date(),
        told=texts.rules,
        tr=words,
    )
    return PreparationSheet(
        clinic=clinic,
        client_name=client.full_name,
        client_birth_date=client.birth_date,
        client_label=client.label,
        time_zone=zone,
        made_at=now,
        visit_at=visit.at,
        advice=advice,
        texts=texts,
        concerns=tuple(words(knowledge.concerns[one].name) for one in visit.concerns if one in knowledge.concerns),
        zones=tuple(words(knowledge.zones[one].name) for one in zones),
        zone_ids=zones,
        views=views_that_show(zones, knowledge.zones),
        form=form,
    )
