"""The client, the clinic's list and the shipped reference data, any of it replaced by keyword."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from needlelog.bootstrap import words
from needlelog.knowledge.model import Knowledge
from needlelog.knowledge.reading import load_knowledge
from needlelog.paths import resources
from needlelog.rules.circumstances import Circumstances
from tests import builders


@pytest.fixture(scope="session")
def knowledge() -> Knowledge:
    """The shipped reference data."""
    return load_knowledge(resources() / "knowledge")


@pytest.fixture
def around(knowledge: Knowledge) -> Callable[..., Circumstances]:
    """Makes the circumstances of the visit in ``a_full_draft``, a hundred minutes after it began."""

    def make(**changes: Any) -> Circumstances:
        listed = (builders.a_device(), builders.a_cartridge(), builders.an_anaesthetic(), builders.a_product())
        usual: dict[str, Any] = {
            "client": builders.a_client(),
            "knowledge": knowledge,
            "products": {product.id: product for product in listed},
            "now": builders.a_moment(100),
            "tr": words(),
        }
        return Circumstances(**(usual | changes))

    return make
