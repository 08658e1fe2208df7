"""What the program can do: one verb, one function."""
