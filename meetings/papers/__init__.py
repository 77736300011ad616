"""The papers of a meeting as Word files: agenda, minutes, item sheets for the Chairman."""
