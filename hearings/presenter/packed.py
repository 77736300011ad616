"""What goes with a hearing that is packed whole: its reports, and members and votes, which have rows of their own."""

from hearings.attendance import decision_of
from hearings.presenter.people import members_shown, vote_words
from hearings.report.frozen import copies, of_row
from panel.files.spreadsheets import csv_lines

SEAT_COLUMNS = ("Candidate", "Hearing", "Member", "Council", "How")
VOTE_COLUMNS = ("Decided", "On what", "For", "Against", "Abstained", "Members in office", "Needed", "Vote by name")


def packed_files(look, looks) -> list[tuple[str, str, bytes | str]]:
    """(name, what it is, content) of each file; `looks` are those at every hearing of the case, the first one first."""
    files: list[tuple[str, str, bytes | str]] = []
    for copy in copies(look):
        files.append((f"report-{copy.number}.docx", f"Report: {copy.short}", copy.file("docx")))
        files.append(
            (f"letter-{copy.number}.docx", f"Letter with the report: {copy.short}", copy.file("docx", letter=True))
        )
        for row in copy.earlier:
            before = of_row(look, row)
            name = f"report-{copy.number}-version-{row.revision}.docx"
            files.append((name, f"Report: {before.short}", before.file("docx")))
    seats, votes = [], []
    for one in looks:
        meeting = one.facts.meeting
        if meeting is None or not meeting.held:
            continue
        candidates = " and ".join(one.facts.candidates)
        for row in members_shown(one):
            seats.append([candidates, meeting.on, *(cell["words"] for cell in row["cells"])])
        for resolution in one.facts.own_resolutions:
            votes += vote_rows(resolution)
    if seats:
        files.append(("members.csv", "Who was at each hearing", "".join(csv_lines(SEAT_COLUMNS, seats))))
    if votes:
        files.append(("votes.csv", "What was decided, with the votes", "".join(csv_lines(VOTE_COLUMNS, votes))))
    return files


def vote_rows(resolution) -> list[list]:
    """A row for the resolution, then one for each member who voted by name, under who cast the vote."""
    decision = decision_of(resolution)
    decided, what = resolution.entry.on, str(resolution)
    numbers = [decision.votes_for, decision.votes_against, decision.abstained]
    return [
        [decided, what, *numbers, decision.in_office, decision.needed, ""],
        *([decided, what, "", "", "", "", "", vote_words(vote, str.capitalize)] for vote in decision.votes),
    ]
