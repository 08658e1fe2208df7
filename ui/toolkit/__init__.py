"""The only doors to dialogs, threads, the theme and printing; knows no client and no service."""
