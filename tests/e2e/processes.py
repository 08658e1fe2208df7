"""The other side: starts a child, reads its lines as they come, kills it."""

from __future__ import annotations

import json
import os
import selectors
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self

ROOT = Path(__file__).resolve().parents[2]
PATIENCE_S = 60.0


class Child:
    """One start of the program in its own process; ``told`` is every line it has said so far.

    ``under`` is a command that starts it, for a system that allows it less.
    """

    def __init__(self, scenario: str, folder: Path, /, *, under: Sequence[str] = (), **given: Any) -> None:
        environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONUTF8": "1", "PYTHONHASHSEED": "0"}
        environment.pop("QT_LOGGING_RULES", None)
        environment |= given.pop("environment", {})
        self.told: list[dict[str, Any]] = []
        self._rest = b""
        self._errors = tempfile.TemporaryFile()  # noqa: SIM115 - lives as long as the child
        self._process = subprocess.Popen(
            [*under, sys.executable, "-m", "tests.e2e.child", scenario, json.dumps({"folder": str(folder), **given})],
            cwd=ROOT,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=self._errors,
        )
        self.raw = b""

    @property
    def pid(self) -> int:
        """The number of its process."""
        return self._process.pid

    def line(self, patience_s: float = PATIENCE_S) -> dict[str, Any]:
        """The next thing it says."""
        while b"\n" not in self._rest:
            self._read(patience_s)
        line, self._rest = self._rest.split(b"\n", 1)
        self.told.append(json.loads(line))
        return self.told[-1]

    def until(self, **facts: Any) -> dict[str, Any]:
        """Read on to the first line that says all of ``facts``."""
        while True:
            line = self.line()
            if all(line.get(key) == value for key, value in facts.items()):
                return line

    def kill(self) -> dict[str, Any]:
        """Pull the plug; returns the last thing it said before."""
        self._process.send_signal(signal.SIGKILL)
        self._process.wait(PATIENCE_S)
        assert self._process.stdout is not None
        left = self._rest + self._process.stdout.read()
        self.raw += left[len(self._rest) :]
        whole, _, self._rest = left.rpartition(b"\n")
        self.told += [json.loads(line) for line in whole.splitlines() if line]
        assert self._process.returncode == -signal.SIGKILL, self.errors()
        return self.told[-1]

    def end(self) -> int:
        """Wait until it ends by itself; returns the exit code."""
        assert self._process.stdout is not None
        self.raw += (left := self._process.stdout.read())
        self.told += [json.loads(line) for line in (self._rest + left).splitlines() if line]
        self._rest = b""
        return self._process.wait(PATIENCE_S)

    def finish(self) -> list[dict[str, Any]]:
        """Wait for a good end; returns all it said."""
        code = self.end()
        assert code == 0, f"exit code {code}: {self.errors()}"
        return self.told

    def errors(self) -> str:
        """What it wrote to stderr."""
        self._errors.seek(0)
        return self._errors.read().decode(errors="replace")

    def _read(self, patience_s: float) -> None:
        assert self._process.stdout is not None
        with selectors.DefaultSelector() as watched:
            watched.register(self._process.stdout, selectors.EVENT_READ)
            end = time.monotonic() + patience_s
            if not watched.select(max(0.0, end - time.monotonic())):
                raise AssertionError(f"nothing said for {patience_s} s: {self.errors()}")
        found = os.read(self._process.stdout.fileno(), 1 << 16)
        if not found:
            raise AssertionError(f"ended with {self._process.wait(PATIENCE_S)}: {self.errors()}")
        self._rest += found
        self.raw += found

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._process.poll() is None:
            self._process.kill()
            self._process.wait(PATIENCE_S)
        if self._process.stdout is not None:
            self._process.stdout.close()
        self._errors.close()
