"""The session as a list of steps and the small machine that moves through them."""
