"""What goes to the public of an outcome: the version in which nobody can be known, and the Panel's page of them."""
