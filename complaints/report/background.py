"""What every report says of the Panel and its procedure, made from the panel's own settings of that day, unless the panel
has put a text of its own into them."""

import re

from complaints.report.happened import IOPC
from complaints.report.paper_words import article, panel_names, settings_of
from complaints.report.totals import FEWEST_CASES, Report
from panel.law.number_words import spelled
from panel.law.period import day_words, listed
from panel.law.roles import Consulted, Role
from panel.models import PanelSettings
from panel.models.settings_fields import period_words

SUMMARY = "how the Panel deals with complaints, in summary"
REGULATIONS = "the Elected Local Policing Bodies (Complaints and Misconduct) Regulations 2012"
NUMBER = re.compile(r"(\d{1,3})[.)]\s+")


def background(report: Report, settings: PanelSettings | None = None) -> str:
    """The paragraphs, an empty line between them."""
    settings = settings or settings_of(report)
    if settings.report_background.strip():
        return settings.report_background
    made = of_a_nil_year(report, settings) if report.nil else of_a_year(report, settings)
    return "\n\n".join(made)


def function_of(report: Report) -> str:
    """What the Panel deals with, and under what."""
    return (
        f"The Panel deals with complaints about the conduct of the {report.names['commissioner']} and the Deputy under "
        f"{REGULATIONS}."
    )


def address_of(settings: PanelSettings) -> str:
    """To whom complaints are sent, in one line; "" where the panel has set no address for them."""
    lines = [line.strip().strip(",.") for line in settings.complaints_address.splitlines() if line.strip()]
    post, email, phone = ", ".join(lines), settings.complaints_email.strip(), settings.complaints_telephone.strip()
    found = [
        post,
        f"{'by email to ' if post else ''}{email}" if email else "",
        f"by telephone on {phone}" if phone else "",
    ]
    return ", or ".join(part for part in found if part)


def acts(settings: PanelSettings, matter: str) -> str:
    """Who acts in that matter, as the panel calls them: its Chairman where it has not said otherwise."""
    who = Role(settings.who_acts.get(matter, {}).get("who", Role.CHAIRMAN))
    own = {Role.CHAIRMAN: settings.chairman_word, Role.SUB_PANEL: settings.sub_panel_word}
    return own.get(who, who.words)


def having_asked(settings: PanelSettings, host: str) -> str:
    """Whom they have asked first: ", having consulted the Monitoring Officer of Exshire County Council"; "" for nobody."""
    found = settings.who_acts.get("filter")
    kinds = list(map(Consulted, found.get("after", ()))) if found else [Consulted.MONITORING_OFFICER]
    words = {
        Consulted.CHAIRMAN: f"the {settings.chairman_word}", Consulted.VICE_CHAIRMAN: f"the Vice-{settings.chairman_word}",
        Consulted.INDEPENDENT: "an independent member", Consulted.MONITORING_OFFICER: f"the Monitoring Officer of {host}",
    }  # fmt: skip
    return f", having consulted {listed([words[kind] for kind in kinds])}" if kinds else ""


def sent_to(settings: PanelSettings) -> str:
    """To whom complaints go."""
    to = address_of(settings)
    return f" Complaints are sent to {to}." if to else ""


def of_a_year(report: Report, settings: PanelSettings) -> list[str]:
    """Function, IOPC, who considers first, how it is counted."""
    body, host = settings.sub_panel_word, panel_names(report, settings).host_authority
    decides, appoints, refers = (acts(settings, key) for key in ("filter", "appoint", "resolve"))
    when = settings.procedure_approved.strip()
    under = f"Under the procedure that the Panel approved in {when} the" if when else "The"
    unit = "year" if report.year else "period"
    counted = (
        f"Complaints are counted in the {unit} in which they were received, decisions and endings in the {unit} in which they "
        f"took effect. Figures are as the register stood on {day_words(report.as_at)}. They name nobody"
    )
    small = f", and kinds of complaint with fewer than {spelled(FEWEST_CASES)} cases are not shown apart"
    return [
        f"{function_of(report)} It resolves them informally. It does not investigate, and can neither make findings nor "
        f"impose sanctions.{sent_to(settings)}",
        "A complaint that may involve a criminal offence must be referred to the IOPC, which can send it back. Complaints "
        "about policies, about the Chief Constable or about operational policing go elsewhere.",
        f"{under} {decides} considers each recorded complaint first{having_asked(settings, host)}. "
        f"The {appoints} can refer it to {article(body)} of {spelled(settings.seats)} members or to the Panel.",
        f"{counted}{small if report.merge_small else ''}.",
    ]


def of_a_nil_year(report: Report, settings: PanelSettings) -> list[str]:
    """The same of a year in which nothing came, as the published report has it."""
    body, host = settings.sub_panel_word, panel_names(report, settings).host_authority
    decides, appoints, refers = (acts(settings, key) for key in ("filter", "appoint", "resolve"))
    when = settings.procedure_approved.strip()
    approved = f"The Panel approved its procedure in {when} (Appendix 1). " if when else ""
    many = spelled(settings.seats)
    return [
        f"{function_of(report)}{sent_to(settings)}",
        f"A complaint that may involve a criminal offence must be referred to the {IOPC.removesuffix(' (IOPC)')}, which can "
        "send it back to the Panel.",
        f"{approved}The {decides} considers each complaint first"
        + (
            f"{having_asked(settings, host)}."
            if "filter" in settings.who_acts
            else f", supported by the Panel’s Monitoring Officer, who is that of {host}, the host authority."
        ),
        f"The procedure is for complaints about conduct. It is not for policies of the {report.names['commissioner']}, nor for "
        "operational policing, which has a procedure of its own.",
        f"The {appoints} can refer a complaint to {article(body)} of {many} members, who consider whether to act on it or "
        f"resolve it informally. The {refers} or those members can refer it to the whole Panel.",
    ]


def supporting(report: Report, settings: PanelSettings | None = None) -> str:
    """What Appendix 1 is called."""
    settings = settings or settings_of(report)
    when = settings.procedure_approved.strip()
    if settings.procedure_apart or settings.procedure_text.strip():
        return f"Appendix 1: Complaints procedure{f', {when}' if when else ''}"
    return f"Appendix 1: {SUMMARY}"


def appendix(report: Report, settings: PanelSettings | None = None) -> str:
    """What is printed of it: nothing where the procedure stands behind the report as a paper of its own; the panel's own
    text; else a summary made from its settings."""
    settings = settings or settings_of(report)
    if settings.procedure_apart:
        return ""
    return settings.procedure_text.strip() or "\n\n".join(summary(report, settings))


def within(settings: PanelSettings, name: str) -> str:
    """ " within 5 working days", where the panel has set that time."""
    words = period_words(settings, name)
    return f" within {words}" if words else ""


def summary(report: Report, settings: PanelSettings) -> list[str]:
    """The procedure in numbered paragraphs, from the Regulations and the panel's own settings."""
    body, host = settings.sub_panel_word, panel_names(report, settings).host_authority
    decides, appoints, refers = (acts(settings, key) for key in ("filter", "appoint", "resolve"))
    to = address_of(settings) or f"the Monitoring Officer of {host}"
    records = "The scrutiny officer or the Monitoring Officer" if settings.officer_records else "The Monitoring Officer"
    words = report.names["commissioner"]
    aim = within(settings, "conclude_weeks")
    found = [
        f"Complaints about the conduct of the {words} or the Deputy are sent to {to}, and acknowledged"
        f"{within(settings, 'acknowledge_days')}.",
        "What is about policies, about the Chief Constable or about operational policing is not for the Panel, and is sent on.",
        "Where there are signs of a criminal offence, the complaint is referred to the Independent Office for Police Conduct "
        "by the end of the next day. It can send it back.",
        f"{records} decides{within(settings, 'record_days')} whether to record a complaint. It is not recorded where criminal "
        "proceedings have dealt or are dealing with the matter, or where it is withdrawn.",
        f"Complainant and office holder get a copy of the record{within(settings, 'copies_days')}. The name of the complainant "
        "can be left out for a good reason, and a copy withheld where it might harm a criminal matter or the public interest.",
        f"The {decides} decides{within(settings, 'consider_days')} how a recorded complaint is handled"
        f"{having_asked(settings, host)}.",
        "No action may be taken, or the complaint handled in another way, where it comes from the staff of the office "
        "holder and is about their work; is more than 12 months old without good reason or so that injustice would "
        "follow; is the subject of a complaint already; is anonymous; is an abuse of the procedure; or is repetitious.",
        f"The {appoints} can refer it to {article(body)} of {spelled(settings.seats)} members, to consider whether to "
        "act or to resolve it informally.",
        "Nobody investigates. The office holder can be asked for documents and to attend; both sides can comment; an "
        "explanation, a meeting or an apology may follow.",
        "The Panel has no power to make findings or to apply sanctions. It can give its opinion.",
        "A record of the outcome is made, and both sides get a copy. It is published only after both could say what they "
        f"think, and where the {acts(settings, 'publish')} finds it in the public interest.",
        "A complainant can withdraw a complaint in writing.",
        f"The {refers} or the {body} can refer a complaint to the whole Panel.",
    ]
    return [*found, f"The aim is to conclude a complaint{aim}."] if aim else found


def contact(settings: PanelSettings) -> str:
    """Name, telephone and e-mail, as far as they are set; "" where nobody is named."""
    name = settings.contact_name.strip().rstrip(".")
    phone, email = settings.contact_telephone.strip(), settings.contact_email.strip()
    reach = [f"Telephone {phone}" if phone else "", f"e-mail {email}" if email else ""]
    said = ", ".join(part for part in reach if part)
    if not name:
        return ""
    return f"{name}. {said[:1].upper()}{said[1:]}" if said else name


def papers(settings: PanelSettings) -> str:
    """What the proper officer says of background papers."""
    post = settings.proper_officer.strip()
    who = f"the proper officer (the {post.removeprefix('the ').removeprefix('The ')})" if post else "the proper officer"
    return f"In the opinion of {who} there are no background papers relating to the subject matter of this report."
