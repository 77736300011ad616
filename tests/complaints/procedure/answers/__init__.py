"""A valid answer to each step of a complaint: one module for each chapter of `complaints/procedure/`."""
