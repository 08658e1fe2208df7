"""The trade's words as frozen, validated values. They know nothing of storage, screens or papers."""
