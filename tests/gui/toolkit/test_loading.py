"""What loading leaves behind, and what comes back when it goes wrong."""

from __future__ import annotations

import gc
import linecache
from collections.abc import Iterator

import pytest

from needlelog import errors
from ui.toolkit.loading import lasting_modules


@pytest.fixture(autouse=True)
def _thawed() -> Iterator[None]:
    yield
    gc.unfreeze()


def test_no_source_lines_are_kept_while_loading_but_they_can_be_read() -> None:
    linecache.clearcache()
    with lasting_modules():
        assert linecache.getline(errors.__file__, 1)
        assert not gc.isenabled()
    assert errors.__file__ not in linecache.cache
    assert linecache.getline(errors.__file__, 1)
    assert errors.__file__ in linecache.cache


def test_what_breaks_while_loading_leaves_the_process_as_it_was() -> None:
    before = linecache.cache
    with pytest.raises(ImportError), lasting_modules():
        raise ImportError
    assert linecache.cache is before
    assert gc.isenabled()
