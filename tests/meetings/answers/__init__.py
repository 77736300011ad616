"""A valid answer to each step of a meeting: one module for each chapter of `meetings/procedure/`."""
