"""What every page's shell shows."""


def shell(request):
    """Panel, person, navigation and footer."""
    return {"shell": {}}
