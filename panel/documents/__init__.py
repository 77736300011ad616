"""Files of a case: what they are, and where they are kept."""
