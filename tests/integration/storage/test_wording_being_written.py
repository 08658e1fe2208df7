"""Half-written wording in the file: one for each practitioner, paper and language, gone with the version it became."""

from __future__ import annotations

from uuid import UUID, uuid4

import pytest

from needlelog.domain.own_texts import SheetKind
from needlelog.errors import Fault
from tests.integration.storage import builders
from tests.integration.storage.conftest import Store

AFTERCARE = SheetKind.AFTERCARE


@pytest.fixture
def ana(store: Store) -> UUID:
    store.practitioners.add(one := builders.practitioner())
    return one.id


def test_it_comes_back_as_it_stood_and_the_newest_replaces_the_one_before(store: Store, ana: UUID) -> None:
    store.own_texts.save_draft(builders.own_texts_draft(ana, texts={"main": "A"}))
    last = builders.own_texts_draft(ana, beside=3, texts={"main": "  A\n{", "title": ""})
    store.own_texts.save_draft(last)
    assert store.own_texts.draft(ana, AFTERCARE, "en") == last
    store.own_texts.drop_draft(ana, AFTERCARE, "en")
    assert store.own_texts.draft(ana, AFTERCARE, "en") is None


def test_each_has_its_own_by_person_paper_and_language(store: Store, ana: UUID) -> None:
    store.practitioners.add(bea := builders.practitioner().with_(id=uuid4(), name="Bea"))
    drafts = [
        builders.own_texts_draft(ana),
        builders.own_texts_draft(bea.id),
        builders.own_texts_draft(ana, language="es"),
        builders.own_texts_draft(ana, sheet="consent"),
    ]
    for draft in drafts:
        store.own_texts.save_draft(draft)
    found = [store.own_texts.draft(one.practitioner_id, one.sheet, one.language) for one in drafts]
    assert found == drafts
    store.own_texts.drop_draft(ana, AFTERCARE, "en")
    found = [store.own_texts.draft(one.practitioner_id, one.sheet, one.language) for one in drafts]
    assert found == [None, *drafts[1:]]


def test_it_goes_with_the_version_it_became_or_stays_with_it(store: Store, ana: UUID) -> None:
    store.practitioners.add(bea := builders.practitioner().with_(id=uuid4(), name="Bea"))
    for who in (ana, bea.id):
        store.own_texts.save_draft(builders.own_texts_draft(who))
    store.own_texts.add(builders.own_texts(), written_by=ana)
    assert store.own_texts.draft(ana, AFTERCARE, "en") is None
    assert store.own_texts.draft(bea.id, AFTERCARE, "en") is not None
    with pytest.raises(Fault):
        store.own_texts.add(builders.own_texts(), written_by=bea.id)
    assert store.own_texts.draft(bea.id, AFTERCARE, "en") is not None, "nothing was kept, nothing is lost"


def test_a_version_comes_back_with_the_words_it_was_based_on(store: Store) -> None:
    version = builders.own_texts(base={"main": "Deine Haut heilt. שלום", "rules.no-make-up.text": "Kein Make-up."})
    store.own_texts.add(version)
    assert store.own_texts.all() == ((1, version),)
