"""The parts of the last page: the sheet, the list of what is missing, and signing."""
