"""The unlock screen: who, and the passphrase or the recovery key."""
