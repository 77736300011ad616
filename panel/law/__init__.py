"""The law without Django: days and periods, provisions, roles."""
