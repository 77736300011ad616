"""The language in which a procedure is declared."""
