"""The letters of complaints: their kinds, the facts that their texts ask for, and whom they may not name."""
