"""Run every check in the order of its price: ruff, mypy, import contracts, tests. Stops at the first failure."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TOOLS = Path(sys.executable).parent

CHECKS: tuple[tuple[str, list[str]], ...] = (
    ("ruff", [sys.executable, "-m", "ruff", "check", "."]),
    ("ruff format", [sys.executable, "-m", "ruff", "format", "--check", "."]),
    ("mypy", [sys.executable, "-m", "mypy"]),
    ("import contracts", [str(TOOLS / "lint-imports")]),
)


def main(arguments: list[str]) -> int:
    """Return 0 when all checks pass, else the exit code of the first that failed."""
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONUTF8": "1"}
    # Long tests are handed on to whichever core is free; "-n 0" runs them one after the other.
    spread = ["-n", "auto", "--dist", "worksteal"]
    tests = ("tests", [sys.executable, "-m", "pytest", *spread, *arguments])
    for name, command in (*CHECKS, tests):
        sys.stdout.write(f"== {name}\n")
        sys.stdout.flush()
        code = subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode
        if code:
            sys.stdout.write(f"== {name} failed\n")
            return code
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
