"""All clients: find one, add one."""
