"""What the rules look at in their tests: the shipped reference data, the builders' client and list, a fixed moment."""

from __future__ import annotations

from functools import cache
from typing import Any

from needlelog.i18n import Words
from needlelog.knowledge.model import Knowledge
from needlelog.knowledge.reading import load_knowledge
from needlelog.paths import resources
from needlelog.rules.circumstances import Circumstances
from tests import builders


@cache
def shipped() -> Knowledge:
    """The reference data as shipped, read once."""
    return load_knowledge(resources() / "knowledge")


def around(**changes: Any) -> Circumstances:
    """Circumstances of the builders' visit; any field replaced by keyword."""
    listed = (builders.a_device(), builders.a_cartridge(), builders.an_anaesthetic(), builders.a_product())
    usual: dict[str, Any] = {
        "client": builders.a_client(),
        "knowledge": shipped(),
        "products": {product.id: product for product in listed},
        "now": builders.ENDED,
        "tr": Words(),
        "last_visit_on": None,
    }
    return Circumstances(**(usual | changes))
