"""For every test: the program never talks to anyone."""

from __future__ import annotations

import socket
from typing import Any

import pytest
from hypothesis import settings

# How long an example takes is no behaviour: a busy machine must not turn a test red.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """A connection to anything but a socket of this machine's own files fails the test."""

    def refuse(self: socket.socket, address: Any) -> None:
        if self.family != getattr(socket, "AF_UNIX", None):
            raise AssertionError(f"something wanted to talk to {address}")
        real(self, address)

    real = socket.socket.connect
    monkeypatch.setattr(socket.socket, "connect", refuse)
