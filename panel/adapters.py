"""allauth's adapter: people are invited, nobody signs up; what it says, in our words."""

from allauth.account.adapter import DefaultAccountAdapter


class NoSignupAdapter(DefaultAccountAdapter):
    """Closes sign-up. The same error for a wrong password, an unknown person and a closed account."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": "Email address or password is wrong",
        "account_inactive": "Email address or password is wrong",
        "too_many_login_attempts": "Too many attempts. Try again in 5 minutes",
        "incorrect_password": "Password is wrong",
        "enter_current_password": "Current password is wrong",
        "incorrect_code": "Code is wrong",
    }

    def is_open_for_signup(self, request):
        """Never: accounts are by invitation."""
        return False
