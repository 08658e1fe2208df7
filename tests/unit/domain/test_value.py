"""What every value has in common."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from tests import builders


def test_a_refused_value_does_not_quote_what_was_typed() -> None:
    with pytest.raises(ValidationError) as refused:
        builders.a_client(birth_date="Ana Nowak, born in spring")
    assert "Nowak" not in str(refused.value)
