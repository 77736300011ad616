"""Questions that the steps of several chapters ask."""
