"""What was asked and answered, what the Panel found on competence and independence, how it decided, and why."""

from hearings.attendance import span_of_times
from hearings.models import Resolution
from hearings.report.answers import asked_and_answered
from hearings.report.words import counted, lower_first, number_words, paragraphs, sentence
from panel.files.paper import bold, heading, numbered, table
from panel.law.period import listed

THEMES = (
    ("competence", "Professional competence"),
    ("independence", "Personal independence"),
    ("other", "Other matters"),
)
HAS = {
    "competence": "has the professional competence for the post",
    "independence": "has the personal independence for the post",
}
INFORMATION = {"1": "information relating to an individual", "2": "information likely to reveal who an individual is"}


def findings(report) -> list:
    """For each candidate what was asked and answered, with the Panel's conclusion on each of the two."""
    found = []
    several = len(report.decisions) > 1
    for part, decision in report.decisions or [(part, None) for part in report.parts]:
        name = decision.resolution.person if decision else part.name
        said = asked_and_answered(report, part)
        about = f": {name}" if several else ""
        if said.get(""):
            found.append(heading(f"Questions and answers{about}"))
            found += [numbered(line) for line in said[""]]
        for theme, words in THEMES:
            concluded = conclusion(report, part, decision, theme)
            if said.get(theme) or concluded:
                found.append(heading(f"{words}{about}"))
                found += [numbered(line) for line in said.get(theme, [])]
                found += concluded
    return found


def conclusion(report, part, decision, theme) -> list:
    """The Panel's conclusion on competence or on independence; nothing where the record has none."""
    if decision is None or theme not in HAS:
        return []
    r = decision.resolution
    satisfied = getattr(r, theme)
    if not satisfied:
        return []
    who = "The members present were" if r.advisory else "The Panel was"
    words = f"{who} {'' if satisfied == Resolution.Finding.SATISFIED else 'not '}satisfied"
    more = getattr(r, f"{theme}_words")
    rest = f"that {report.called(part, r.person)} {HAS[theme]}"
    if more.strip().endswith("."):  # a sentence of its own
        return [numbered(bold(words), f"{rest}. {sentence(more)}")]
    return [numbered(bold(words), sentence(f"{rest}{f', {lower_first(more)}' if more else ''}"))]


def section(report) -> list:
    """How the Panel decided, and its reasons."""
    words = "Reasons for the veto" if report.veto else "Reasons" if report.advisory else "Decision and reasons"
    several = len(report.decisions) > 1
    found = [numbered(line) for line in (exclusion(report),) if line]
    for _, decision in report.decisions:
        r = decision.resolution
        found += [
            numbered(line) for line in paragraphs(f"{r.person}: {r.reasons}" if several and r.reasons else r.reasons)
        ]
        found += [numbered(line) for line in paragraphs(r.concerns)]
        if r.veto:
            found.append(vote_table(decision))
        by_name = names_of_votes(decision)
        if by_name:
            found.append(numbered(by_name))
    return [heading(words), *found] if found else []


def vote_line(decision) -> str:
    """The vote in a sentence: agreed, unanimous, or how many were for it."""
    if decision.taken == Resolution.Taken.AGREED:
        return "This was agreed without a vote."
    if decision.unanimous:
        return "The members who voted were unanimous."
    said = [
        f"{counted(decision.votes_for, 'member', capital=True)} voted for this",
        f"{number_words(decision.votes_against)} against",
    ]
    if decision.abstained:
        said.append(f"{number_words(decision.abstained)} abstained")
    left = decision.in_office - (decision.voted or 0)
    rest = f"; {number_words(left)} of the {decision.in_office} in office did not vote" if left else ""
    return f"{listed(said)}{rest}."


def vote_table(decision) -> dict:
    """The votes on a veto, against all members in office."""
    figures = [
        decision.votes_for, decision.votes_against, decision.abstained, decision.in_office - (decision.voted or 0),
        decision.in_office, decision.needed,
    ]  # fmt: skip
    heads = ["For", "Against", "Abstained", "Did not vote", "In office", "Needed"]
    return table("The vote on the veto", heads, [[str(n) for n in figures]], [2.5, 2.5, 2.8, 2.8, 2.7, 2.7])


def names_of_votes(decision) -> str:
    """Who voted how, where it was taken by name; each vote under who cast it."""
    said = []
    for cast, words in (("for", "For"), ("against", "Against"), ("abstained", "Abstained")):
        names = [
            f"{v.voter} (for {v.member.name})" if v.for_another else v.voter for v in decision.votes if v.cast == cast
        ]
        if names:
            said.append(f"{words}: {listed(names)}.")
    return " ".join(["By name.", *said]) if said else ""


def exclusion(report) -> str:
    """The resolution to exclude the public, with its provisions; nothing where none was moved."""
    record = report.record
    if record is None or not record.held:
        return ""
    moved = record.exclusion
    if moved.moved == "lost":
        return "A motion to exclude the public was lost, and the item stayed open."
    if moved.moved != "carried":
        return ""
    numbers = [str(n) for n in moved.paragraphs] or ["1"]
    wales = all(int(n) >= 12 for n in numbers if n.isdigit())
    part = "Part 4" if wales else "Part 1"
    kinds = listed([INFORMATION[n] for n in numbers if n in INFORMATION])
    exempt = f"exempt information{kinds.removeprefix('information') if len(numbers) == 1 and kinds else ''}"
    word = "paragraph" if len(numbers) == 1 else "paragraphs"
    said = (
        "The Panel resolved under section 100A(4) of the Local Government Act 1972 to exclude the public for part of the "
        f"hearing, as {exempt} was likely to be disclosed ({word} {listed(numbers)} of {part} of Schedule 12A)"
    )
    why = moved.public_interest.strip().rstrip(".")
    clause = why and not why[0].isupper()  # else it was typed as a sentence, and stays one
    weighed = f", because {why}." if clause else f". {why}." if why else "."
    away = span_of_times(moved.from_time, moved.until_time)
    then = f" The public was excluded{away}." if away else ""
    return f"{said}{weighed}{then}{f' It resolved: {sentence(moved.resolution)}' if moved.resolution else ''}"


def no_quorum(resolution) -> str:
    """Without a quorum: that the Panel decided nothing, who makes this paper, and on what power."""
    answers = resolution.entry.answers
    who, power = answers.get("taken_by") or "", answers.get("power") or ""
    said = "The meeting had no quorum, so this is not a recommendation of the Panel."
    if who:
        said += f" The decision was taken by {who.rstrip('.')}{f', under {power.rstrip(chr(46))}' if power else ''}."
    return said
