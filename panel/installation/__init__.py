"""The installation: its panels, and who makes them. An installation administrator sees no panel's people or cases."""
