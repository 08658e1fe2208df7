"""Papers as PDF: layout, fonts and the sheets themselves."""
