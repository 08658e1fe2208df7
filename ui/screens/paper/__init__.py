"""A kept paper: seen, printed and saved again, byte for byte."""
