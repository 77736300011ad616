"""The grounds of regulation 15(3) as letters say them: to the complainant in plain words, to the office holder in the law's."""

from typing import Any

from panel.law.period import day_words

PLAIN_ABUSE = {"vexatious": "does no more than trouble or upset", "oppressive": "puts unfair pressure on somebody"}
LAW_ABUSE = {"vexatious": "vexatious", "oppressive": "oppressive"}


def plain_words(fields: Any, letter: str) -> str:
    """The ground in plain words, with what was answered to its questions: "it is only about how ..."."""
    answers = fields.entry.answers
    match letter:
        case "a":
            return f"it is only about how {fields.officeholder} behaved towards somebody who worked for the office at the time"
        case "b":
            days = [p.happened_on for p in fields.look.parts if p.happened_on and p.pk in fields.moved]
            between = f" ({day_words(max(days))})" if days else ""
            limb = (
                "we saw no good reason for the delay"
                if answers.get("limb") == "no_reason"
                else "it would not be fair to deal with it so late"
            )
            made = day_words(fields.made)
            return f"more than 12 months passed between what happened{between} and your complaint ({made}), and {limb}"
        case "c":
            return "somebody has already complained about the same matter, and we are dealing with that"
        case "d":
            return "it gives no name and address, and we could not find out who sent it"
        case "e":
            return f"it {PLAIN_ABUSE.get(str(answers.get('abuse')), 'uses the complaints process for something else')}"
    return "it is much the same as an earlier complaint, has nothing new in it that matters, and brings no new evidence"


def law_words(answers: dict[str, Any], letter: str) -> str:
    """The ground in the words of the law."""
    match letter:
        case "a":
            return "it is concerned entirely with conduct towards a person then working as a member of the office holder’s staff"
        case "b":
            limb = (
                "no good reason for the delay was shown"
                if answers.get("limb") == "no_reason"
                else "injustice would be likely to be caused by it"
            )
            return f"more than 12 months elapsed between the latest incident and the complaint, and {limb}"
        case "c":
            return "the matter is already the subject of a complaint"
        case "d":
            return (
                "it discloses neither name and address of the complainant or of another interested person, and these cannot "
                "reasonably be ascertained"
            )
        case "e":
            other = "otherwise an abuse of the procedures for dealing with complaints"
            return f"it is {LAW_ABUSE.get(str(answers.get('abuse')), other)}"
    return "it is repetitious within the meaning of regulation 15(4)"
