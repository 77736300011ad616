"""Pages of the Panel's business beside its meetings: work programme, what the Commissioner was told, days, calendar."""
