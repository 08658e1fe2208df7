"""One page per step; pages never import one another."""
