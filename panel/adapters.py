"""allauth's adapter: people are invited, nobody signs up."""

from allauth.account.adapter import DefaultAccountAdapter


class NoSignupAdapter(DefaultAccountAdapter):
    """Closes sign-up."""

    def is_open_for_signup(self, request):
        """Never: accounts are by invitation."""
        return False
