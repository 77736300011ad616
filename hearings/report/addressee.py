"""To whom the report goes and from whom: letterhead, address, signature, and the letter that goes with it."""

from hearings.report import what_follows
from hearings.report.words import ACT, PARAGRAPHS, REGULATIONS, named, number_words
from panel.files.paper import Paper, letterhead, lines, plain, signature, split, title
from panel.law.period import day_words
from panel.models import OfficeHolder

TITLES = ("Mr", "Mrs", "Ms", "Miss", "Mx", "Dr", "Sir", "Dame", "Lord", "Lady")


def host_lines(report) -> list[str]:
    """Below the panel's name: which council is its host."""
    return [f"Hosted by {report.house.host_authority}"] if report.house.host_authority else []


def day_of(report):
    """The day as of which people hold their offices in it."""
    return report.sent_on or (report.record.on if report.record and report.record.held else None) or report.look.today


def commissioner(report) -> OfficeHolder | None:
    """Who held the office of Commissioner on that day."""
    day = day_of(report)
    rows = report.panel.office_holders.filter(office=OfficeHolder.Office.COMMISSIONER)
    return next((row for row in rows if row.holds(day)), None)


def office(report) -> str:
    """ "Police and Crime Commissioner", or the panel's own word."""
    return f"Police and Crime {report.pcc}" if report.pcc == "Commissioner" else report.pcc


def address(report) -> list[str]:
    """Who it goes to, with office and address."""
    who = commissioner(report)
    typed = report.text.address.splitlines() if report.text else []
    area = f" for {report.house.police_area}" if report.house.police_area else ""
    name = []
    if who is not None:
        before = who.short_name.split(" ", 1)[0] if who.short_name else ""
        name = [f"{before} {who.name}" if before in TITLES and not who.name.startswith(before) else who.name]
    return [*name, f"{office(report)}{area}", *(line.strip() for line in typed if line.strip())]


def signed_by(report) -> list[str]:
    """Who signs, and as what: as the officer wrote it, else the Chairman of that day; who withdrew from the hearing for an
    interest does not sign for the Panel, but who chaired it then, or the Vice-Chairman."""
    if report.text and report.text.signed_by:
        return [report.text.signed_by, report.text.signed_as or report.house.name]
    chairman = report.look.names["chairman"]
    name = chairman_on(report, day_of(report))
    chaired = report.record.chair if report.record else ""
    withdrew = {one.name for one in report.record.interests if one.withdrew} if report.record else set()
    if name and name not in withdrew:
        return [name, f"{chairman}, {report.house.name}"]
    if name:
        vice = chairman_on(report, day_of(report), "vice_chairman")
        signs = chaired if chaired and chaired not in withdrew else "" if vice in withdrew else vice
        as_what = f"Vice-{chairman}" if signs == vice else "In the chair at the hearing"
        return [signs, f"{as_what}, {report.house.name}"] if signs else ["For the Panel", report.house.name]
    return [chaired or f"The {chairman}", f"{chairman}, {report.house.name}" if not chaired else report.house.name]


def chairman_on(report, day, office="chairman") -> str:
    """The Panel's Chairman on that day, or the holder of the other office, by name; "" where there was none."""
    held = report.panel.chairmanships.filter(office=office).select_related("member")
    return next((row.member.name for row in held if row.holds(day)), "")


def covering_letter(report) -> Paper:
    """The letter that goes with the report: what is enclosed, what it says, and what follows."""
    who = commissioner(report)
    day = day_words(report.sent_on) if report.sent_on else ""
    reference = report.case.reference
    greeting = f"Dear {who.short_name}" if who is not None and who.short_name else f"Dear {report.pcc}"
    enclosed = "Advice of the members present" if report.advisory else "Report of the Panel"
    about = f"Proposed appointment of {named(report.names)} as {report.post}: {kind_of(report)}"
    return Paper(
        title=about, subject=reference, author=report.house.name, running=report.house.name,
        day=f"Our reference {reference}",
        foot=f"Our reference {reference}", size=12,
        blocks=(
            letterhead(report.house.name, *host_lines(report)),
            lines(*address(report), space=12),
            split(day, f"Our reference: {reference}"),
            lines(greeting, space=6),
            title(about),
            *(plain(words) for words in letter_words(report) if words),
            signature("Yours sincerely" if who is not None else "Yours faithfully", *signed_by(report)),
            lines(f"Enclosed: {enclosed}{f', {day}' if day else ''}", space=0),
        ),
    )  # fmt: skip


def kind_of(report) -> str:
    """What goes with the letter, in its heading."""
    if report.advisory:
        return "advice of the members present"
    if report.veto:
        return "veto, which has fallen" if report.fell else "veto"
    return "report on the reserve candidate" if report.facts.reserve else "the Panel’s report"


def letter_words(report) -> list[str]:
    """What the letter says."""
    people = named(report.names)
    if report.of_practice:
        under = ""
    elif report.facts.reserve:
        under = f", made under Part 3 of the {REGULATIONS}"
    elif report.veto and not report.fell:
        under = f", made under paragraphs 4 and 5 of Schedule 8 to the {ACT}"
    else:
        paragraph = PARAGRAPHS[report.schedule]["report"]
        under = f", made under paragraph {paragraph} of Schedule {report.schedule} to the {ACT}"
    what = "the advice of the members present" if report.advisory else f"the report of the {report.house.name}"
    found = [f"I enclose {what} on the proposed appointment of {people} as {report.post}{under}."]
    for _, decision in report.decisions:
        r = decision.resolution
        if r.veto:
            vetoed = (
                "The Panel voted to veto the appointment." if report.fell else "The Panel has vetoed the appointment."
            )
            found.append(
                f"{vetoed} {number_words(decision.votes_for, capital=True)} of the "
                f"{decision.in_office} people who were members on {day_words(r.entry.on)} voted for the veto; "
                f"{number_words(decision.needed, capital=True).lower()} were needed."
            )
        elif r.advisory:
            found.append("The meeting had no quorum: the members present advise as the paper says.")
        else:
            be = "be appointed" if r.recommendation == "appoint" else "be not appointed"
            found.append(f"The Panel recommends that {r.person} {be}.")
    return [*found, *what_follows.told(report), what_follows.publication(report)]
