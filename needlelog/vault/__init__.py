"""The keys: one random database key, wrapped for each practitioner and for the printed recovery key.

Only this package imports ``cryptography``, and only where a key is really used: the unlock screen reads who may
unlock without it.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from needlelog.vault.key_file import Cost, KeyHolder
    from needlelog.vault.passphrase import Hint, Strength, passphrase_strength
    from needlelog.vault.recovery import RecoveryKey
    from needlelog.vault.sealing import DatabaseKey, KeySealer
    from needlelog.vault.vault import Vault

_HOMES = {
    "Cost": "key_file",
    "KeyHolder": "key_file",
    "Hint": "passphrase",
    "Strength": "passphrase",
    "passphrase_strength": "passphrase",
    "RecoveryKey": "recovery",
    "DatabaseKey": "sealing",
    "KeySealer": "sealing",
    "Vault": "vault",
}

__all__ = [
    "Cost",
    "DatabaseKey",
    "Hint",
    "KeyHolder",
    "KeySealer",
    "RecoveryKey",
    "Strength",
    "Vault",
    "passphrase_strength",
]


def __getattr__(name: str) -> Any:
    # The unlock screen needs the key file alone: the rest is loaded by whoever names it.
    if name not in _HOMES:
        raise AttributeError(name)
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
