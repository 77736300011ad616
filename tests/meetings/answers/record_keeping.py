"""What of the steps that every register shares is answered otherwise than in tests/panel/casework/answers.py."""

ANSWERS = {"reopen": {"why": "A minute is wrong."}}
