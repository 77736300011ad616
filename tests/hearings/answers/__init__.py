"""A valid answer to each step of a hearing: one module for each chapter of `hearings/procedure/`."""
