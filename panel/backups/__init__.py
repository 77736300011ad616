"""Backups: database, documents, heads, erasures and version in one consistent set, and the way back."""
