"""The visit at the chair: a shell with the step rail, and one page per step."""
