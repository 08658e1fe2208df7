"""A client as the banner shows them, the same on every screen."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from needlelog.domain.client import Client
from needlelog.knowledge.model import AgeRule
from needlelog.rules.client_age import under_age
from ui.widgets.client_banner import AllergyShown, BannerFacts


def banner_facts(client: Client, day: date, ages: Iterable[AgeRule], recalled: Iterable[str] = ()) -> BannerFacts:
    """Name, birth, age on ``day``, number, the under-age flag by rule, the allergy state and recalled lots."""
    return BannerFacts(
        name=client.full_name,
        born=client.birth_date,
        age=client.age_on(day),
        number=client.label,
        known_as=client.known_as,
        under_age=under_age(client.age_on(day), ages),
        allergy=AllergyShown(client.allergy_state.value),
        allergies=tuple(one.substance for one in client.allergies),
        recalled=tuple(recalled),
    )
