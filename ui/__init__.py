"""The window: screens over widgets over the toolkit; it asks the services and never the database."""
