"""The client form: who, contact, skin and allergies, history."""
