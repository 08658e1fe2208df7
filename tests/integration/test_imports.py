"""What a start does not need is not loaded: the unlock screen waits for none of it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LOOK = "import sys; print(' '.join(sorted({name.partition('.')[0] for name in sys.modules})))"


def loaded_by(code: str, *arguments: str) -> set[str]:
    done = subprocess.run(
        [sys.executable, "-c", f"{code}\n{LOOK}", *arguments], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return set(done.stdout.split())


@pytest.mark.parametrize(
    "code",
    [
        "import needlelog.paths, needlelog.files",
        "from needlelog.vault import Vault, RecoveryKey, passphrase_strength",
        "from needlelog.vault.key_file import read_key_file",
        "import needlelog.bootstrap",
    ],
)
def test_the_unlock_screen_loads_no_database_key_or_picture_library(code: str) -> None:
    heavy = {"sqlmodel", "sqlalchemy", "pydantic", "sqlcipher3", "alembic", "cryptography", "PIL", "reportlab"}
    assert loaded_by(code) & heavy == set()


OPEN = """
import sys
from pathlib import Path
from needlelog.storage.database import Database
path = Path(sys.argv[1])
Database.create(path, bytes(32)).close()
Database.open(path, bytes(32)).close()
import needlelog.photos.store
"""


def test_an_up_to_date_database_is_opened_without_the_migrations(tmp_path: Path) -> None:
    assert loaded_by(OPEN, str(tmp_path / "clinic.db")) & {"alembic", "mako", "PIL"} == set()
