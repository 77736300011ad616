"""All that is held on one person."""
