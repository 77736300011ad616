"""What pages show of a complaint beyond the common."""


def present(look):
    """The complaint's own parts of the case page."""
    return {}
