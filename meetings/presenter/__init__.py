"""What the pages of a meeting show."""
