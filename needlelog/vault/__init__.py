"""The keys: one random database key, wrapped for each practitioner and for the printed recovery key.

Only this package imports ``cryptography``, and only where a key is really used: the unlock screen reads who may
unlock without it.
"""

from needlelog.vault.key_file import Cost, KeyHolder
from needlelog.vault.passphrase import Hint, Strength, passphrase_strength
from needlelog.vault.recovery import RecoveryKey
from needlelog.vault.sealing import DatabaseKey, KeySealer
from needlelog.vault.vault import Vault

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
