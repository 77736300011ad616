"""Letters: drafted with the facts of a case, checked, sent, kept as they went, and found again."""
