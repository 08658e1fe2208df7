"""The window: the way in, the places behind it, and the lock that leads back out."""
