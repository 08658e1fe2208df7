"""An adverse event of a signed visit."""
