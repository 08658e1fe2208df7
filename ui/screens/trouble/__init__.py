"""What the window shows when the data folder cannot be used."""
