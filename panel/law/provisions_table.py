"""What each provision says, in our own plain words, by its key; and which of it was not read but remembered.

To correct the words, change them here and nowhere else. Lines marked in `FROM_MEMORY` want checking against the text.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from panel.law.meetings import PARAGRAPHS

_PROCEDURE: Final = {
    "para 1": "The procedure is for complaints about the conduct of the Commissioner and the Deputy.",
    "para 2": (
        "Conduct, not policy. A complaint about a policy, the Chief Constable or operational policing belongs "
        "elsewhere, and the complainant is told where."
    ),
    "para 3": (
        "Anything that points to a criminal offence by the office holder goes to the IOPC, which may refer it back to "
        "the Panel."
    ),
    "para 4": "Complaints are made to the Monitoring Officer of the host authority, by e-mail or letter.",
    "para 5": "Complaints are recorded, classified as the Regulations need, and their outcomes reported to the Panel.",
    "para 6": (
        "Complainant and office holder each get a copy of the record. The complainant’s identity may be left out for "
        "good reason, and a copy withheld where it could harm criminal proceedings or the public interest."
    ),
    "para 7": (
        "The Chairman considers the complaint first, with the Monitoring Officer’s help. If more detail is needed, "
        "the complainant is asked for it and the complaint waits."
    ),
    "para 8": (
        "A complaint is neither recorded nor dealt with if criminal proceedings have dealt or are dealing with the "
        "matter, or if it is withdrawn."
    ),
    "para 9": (
        "The Chairman may handle a recorded complaint in any suitable way, or take no action, where a circumstance of "
        "paragraph 10 applies. The Regulations ask for both a decision to do so and a ground."
    ),
    "para 10": (
        "The circumstances: it comes from the office holder’s staff and their work; it is more than 12 months old; "
        "the matter is already the subject of a complaint; it is anonymous; it is vexatious, abusive or repetitious."
    ),
    "para 11": (
        "The Chairman may appoint a sub-panel of three members, either to consider whether to take any action or to "
        "resolve the complaint informally."
    ),
    "para 12": (
        "There is no formal investigation. The office holder may be asked for documents or to attend and answer, and "
        "the sub-panel chooses how best to settle the matter; an apology is the office holder’s to offer."
    ),
    "para 13": (
        "The Panel cannot make formal findings or apply sanctions. It may give an opinion once it has looked into the "
        "matter and heard the office holder."
    ),
    "para 14": (
        "The outcome of informal resolution is put on record and copied to both. It is published only after both "
        "could make representations, the Chairman has considered them, and publication is in the public interest."
    ),
    "para 15": "The complainant can withdraw the complaint or ask that it goes no further.",
    "para 16": "The Chairman or the sub-panel can refer the complaint to the whole Panel.",
    "para 17": "The procedure is reviewed from time to time, and the law comes before it.",
}

_REGULATIONS: Final = {
    "reg 2": (
        "The words of the Regulations. Conduct is what somebody does, omits, says or decides; an agent may act for "
        "the complainant; a criminal offence is any that can be tried in England and Wales."
    ),
    "reg 3": (
        "A conduct matter is one in which something shows that an office holder may have committed a criminal offence, "
        "whether or not anybody complains."
    ),
    "reg 6": (
        "The Panel must be kept informed of all that is done under the Regulations and of every duty still open or "
        "broken. It assists the IOPC’s investigators."
    ),
    "reg 7": (
        "The Panel may delegate its functions, first of all to the Commissioner’s chief executive, but not informal "
        "resolution."
    ),
    "reg 7(3)": "Whoever handles regulations 9, 11 and 12 for the Panel notifies somebody of each matter considered.",
    "reg 8": (
        "The Panel secures and keeps the evidence, initially and from time to time, for as long as it is needed. It "
        "follows the IOPC’s directions, and may direct the office holder."
    ),
    "reg 9": (
        "The Panel decides whether the complaint is about its own office holder, and if so records it; if not, it "
        "notifies the right panel. Only criminal proceedings about the matter, or a withdrawal, excuse it."
    ),
    "reg 10": (
        "A complainant whose complaint is not recorded or passed on, in whole or in part, is told of the decision, "
        "which part it concerns, and the grounds."
    ),
    "reg 11": (
        "A conduct matter that shows itself in civil proceedings, begun or likely, is recorded; if it is another "
        "panel’s, that panel is notified."
    ),
    "reg 12": "A conduct matter that comes to light in any other way is recorded, without anybody having to complain.",
    "reg 13": (
        "A complaint that appears to involve a criminal offence goes to the IOPC by the end of the day after this "
        "first becomes clear. So does every conduct matter, and whatever the IOPC calls in."
    ),
    "reg 13(3)": (
        "The referral is made by the end of the day after it first becomes clear that the matter must go, or after "
        "the IOPC asks for it."
    ),
    "reg 14": "The IOPC decides whether a matter referred to it needs an investigation.",
    "reg 14(2)": (
        "If the IOPC decides that no investigation is needed it may refer the matter back. A complaint then takes its "
        "ordinary course; what becomes of a conduct matter is for the Panel."
    ),
    "reg 15": (
        "The Panel may handle a recorded complaint in another way, or take no action, if it considers that it should "
        "and one of six grounds applies. A complaint that is with the IOPC or due to go there is out of reach."
    ),
    "reg 15(1)": (
        "Only a recorded complaint can be disapplied, and none that is with the IOPC or must be referred to it."
    ),
    "reg 15(2)": "Both must hold: the Panel considers that another way, or no action, is right, and a ground applies.",
    "reg 15(2)(a)": (
        "The Panel considers that the complaint should be handled in another way, or that no action is due."
    ),
    "reg 15(2)(b)": "The Panel considers that the complaint fits one of the six descriptions.",
    "reg 15(3)": "The six descriptions of complaint that may be handled in another way or need no action.",
    "reg 15(3)(a)": "The whole complaint is about conduct towards somebody then on the office holder’s own staff.",
    "reg 15(3)(b)": (
        "The complaint came more than 12 months after the latest incident, and either no good reason for the delay is "
        "shown or the delay is likely to be unjust."
    ),
    "reg 15(3)(c)": "The matter is already before the Panel in another complaint.",
    "reg 15(3)(d)": (
        "No name and address is given, neither the complainant’s nor an interested person’s, and finding one out is "
        "not reasonably practicable."
    ),
    "reg 15(3)(e)": "The complaint is vexatious or oppressive, or abuses the procedure in another way.",
    "reg 15(3)(f)": "The complaint is repetitious, as paragraph (4) of the regulation defines it.",
    "reg 15(4)": (
        "A complaint is repetitious only if it is much the same as an earlier matter, brings no fresh allegation of "
        "substance and no evidence that could not have been had then, and the earlier one has ended."
    ),
    "reg 16": (
        "A withdrawal, or a wish for no further steps, is in writing and signed by the complainant, a solicitor or "
        "another authorised agent. The Panel records it at once, and tells the IOPC if the matter is still there."
    ),
    "reg 18": "If there is to be an investigation, the IOPC decides what form it takes.",
    "reg 22": (
        "The IOPC may suspend an investigation, or the Panel’s own procedure, where it would harm criminal "
        "proceedings, and says later whether it goes on."
    ),
    "reg 22(6)": (
        "When the criminal proceedings are over the IOPC may decide that the Regulations no longer apply to the "
        "complaint."
    ),
    "reg 24": (
        "The IOPC may stop an investigation. The Panel then does what the IOPC directs, and without a direction takes "
        "no further action."
    ),
    "reg 25": "The Panel is sent the report at the end of an investigation.",
    "reg 26": (
        "The Panel is told whether the IOPC thinks that an offence may have been committed, and of any prosecution."
    ),
    "reg 27": (
        "Informal resolution is for recorded complaints, except those that are with the IOPC or due to go there, and "
        "those handled in another way."
    ),
    "reg 28": (
        "The Panel, a sub-committee, one member or another person tries to settle the complaint, without "
        "investigating it. Both sides can comment, and a record of the outcome goes to both."
    ),
    "reg 30": (
        "The Panel tells the Commissioner where complaints are to be sent and how that address is to be made public."
    ),
    "reg 31": (
        "Once a complaint is recorded, the complainant gets a copy of the record and the office holder a copy of the "
        "complaint. Only the second may be anonymised or withheld, and withholding is kept under review."
    ),
    "reg 32": "The IOPC keeps the complainant and interested persons informed about its own investigation.",
    "reg 33": "The cases in which the IOPC need not tell them.",
    "reg 34": (
        "The Panel keeps a record of every complaint and purported complaint, every conduct matter, and everything it "
        "does under the Regulations."
    ),
    "reg 35": "The Panel gives the IOPC the information and documents it asks for.",
    "reg 36": (
        "The Panel gives the IOPC access to its premises and documents to check its arrangements, on 48 hours’ notice."
    ),
    "reg 37": "How, and within which time, people are told. The product has them told in writing, as soon as practicable.",
}

_ACT: Final = {
    "s 28(6)": (
        "The Panel reviews or scrutinises what the Commissioner decides and does, and makes a report or "
        "recommendations to the Commissioner where that is needed."
    ),
    "s 28(7)": "The Panel publishes each report and each recommendation that it makes to the Commissioner.",
    "s 29(1)": (
        "The Panel may require the Commissioner, and members of the Commissioner’s staff, to attend before it at "
        "reasonable notice and answer questions."
    ),
    "s 29(2)": "Members of the staff need not disclose the advice that they gave to the Commissioner.",
    "s 29(3)": (
        "The Panel may require the Commissioner to answer a report or recommendation in writing, within a reasonable "
        "period that the Panel determines."
    ),
    "s 29(4)": "The Commissioner does what the Panel so requires, an answer within that period included.",
    "s 31(3)": "Complaints may concern the Commissioner and the Deputy: these are the relevant office holders.",
    "Sch 1 para 6": "The Commissioner appoints a chief executive and a chief finance officer.",
    "Sch 1 para 6(4)": "The chief finance officer must have the qualification that a council’s finance officer has.",
    "Sch 1 para 8": (
        "The Commissioner may appoint a Deputy, unless something disqualifies the person; the appointment has a set "
        "end."
    ),
    "Sch 1 para 8(3)": "A Deputy’s post ends no later than the sixth day after the next ordinary election poll.",
    "Sch 1 para 8(3A)": "A Deputy’s post also ends when the winner of a by-election accepts office.",
    "Sch 1 para 9": "The Commissioner notifies the Panel of each senior appointment proposed before making it.",
    "Sch 1 para 9(2)": (
        "The notification names the candidate, the criteria, why the candidate meets them, and the terms and "
        "conditions."
    ),
    "Sch 1 para 10": (
        "The Panel reviews the proposal and reports in three weeks, beginning with the day it was notified, whether "
        "the candidate should be appointed. Days from an election poll to acceptance of office do not count."
    ),
    "Sch 1 para 11": (
        "Before it reports, the Panel holds a public confirmation hearing, at which the candidate is asked to appear "
        "and answer questions on the appointment."
    ),
    "Sch 1 para 12": (
        "The Commissioner may accept or reject the recommendation, and tells the Panel which. There is no veto."
    ),
    "Sch 6 para 27": "The whole Panel reviews senior appointments: no committee or sub-committee can do it.",
    "Sch 7 para 3": "Whoever resolves a complaint informally must not investigate it.",
    "Sch 8 para 1": "The Commissioner appoints the Chief Constable, and checks the barred list before.",
    "Sch 8 para 2": (
        "No Chief Constable is appointed until the Commissioner has notified the Panel of the decision, or the three weeks "
        "end with no report. A veto that is not reported by then falls."
    ),
    "Sch 8 para 3": "The Commissioner notifies the Panel of the proposed appointment of a Chief Constable.",
    "Sch 8 para 3(2)": (
        "The notification names the candidate, the criteria, why the candidate meets them, and the terms and "
        "conditions."
    ),
    "Sch 8 para 4": (
        "The Panel reviews the proposed appointment and reports, with a recommendation unless it vetoes, and "
        "publishes its report."
    ),
    "Sch 8 para 4(5)": "The report says whether the candidate should be appointed, unless the Panel vetoes.",
    "Sch 8 para 4(6)": (
        "The Panel reports in three weeks, beginning with the day it was notified. Days from an election poll to "
        "acceptance of office do not count."
    ),
    "Sch 8 para 4(7)": "The Panel publishes its report.",
    "Sch 8 para 4(8)": "How the report is published is for the Panel to decide.",
    "Sch 8 para 5": (
        "The Panel may veto the appointment of a Chief Constable if at least two thirds of those who are its members "
        "when it decides vote for that, and its report says so."
    ),
    "Sch 8 para 6": (
        "Before it reports, the Panel holds a public confirmation hearing, at which the candidate is asked to appear "
        "and answer questions on the appointment."
    ),
    "Sch 8 para 7": "The Commissioner may accept or reject the recommendation, and tells the Panel which.",
    "Sch 8 para 8": "After a veto the candidate is not appointed, and the Commissioner proposes another.",
    "Sch 8 para 10": "Regulations set out what follows a veto.",
}

_OTHERS: Final = {
    "2012/2271 reg 3": "The Commissioner notifies the Panel of the proposed precept by 1 February.",
    "2012/2271 reg 4": "The Panel reports on the proposed precept by 8 February; later its veto falls.",
    "2012/2271 reg 5": "The Commissioner answers a veto of the precept with a revised one by 15 February.",
    "2012/2271 Part 3": (
        "After a veto of a Chief Constable the Commissioner names a reserve candidate, whom the Panel hears and reports on; "
        "there is no second veto. The Commissioner decides, tells the Panel, and may name another."
    ),
    "LGA 1972 s 100B": "Agenda and reports are open to the public five clear days before the meeting.",
    "LGA 1972 s 100B(4)(b)": (
        "An item not on the agenda in time may be taken only as urgent, for special reasons that the chairman gives "
        "and the minutes record."
    ),
    "LGA 1972 s 100A(4)": (
        "A meeting may resolve to exclude the public while it is likely that exempt information would be disclosed; the "
        "resolution says of which description."
    ),
    **{
        f"LGA 1972 Sch 12A para {number}": f"{words} may be exempt, {where}."
        for country, where in (("england", "in England"), ("wales", "in Wales"))
        for number, words in PARAGRAPHS[country].items()
    },
    "SI 2020/392 Part 4": (
        "From 4 April 2020 to 6 May 2021 a member of a panel who took part online was present and voted, in England and in "
        "Wales."
    ),
    "2012/2734 regs 3-6": "The law on meetings of councils is applied to police and crime panels, with changes.",
    "LGFA 1988 s 113": "A chief finance officer must belong to one of the recognised accountancy bodies.",
    "SI 2023/649 para 24(b)": ("A veto needs two thirds of the total membership of the Panel."),
    "UK GDPR art 5": "Personal data is handled lawfully, fairly and openly, and whoever decides about it can show that it is.",
    "UK GDPR art 5(1)(e)": (
        "Personal data is kept in a form that shows whom it is about for no longer than it is needed."
    ),
    "UK GDPR art 17": (
        "Whom personal data is about may have it erased, among other reasons because it is needed no longer for what it "
        "was collected for."
    ),
    "UK GDPR art 17(3)": (
        "Nothing need be erased that a legal duty, a public task, archiving in the public interest or legal claims still "
        "need."
    ),
    "G hearings": (
        "Good practice for hearings, by the Local Government Association and the Centre for Public Scrutiny. It is "
        "guidance: a step may be left out with a reason."
    ),
    "G complaints": (
        "Good practice for complaints, by the Home Office, 9 November 2012. It is guidance: a step may be left out "
        "with a reason."
    ),
}

WORDS: Final[Mapping[str, str]] = MappingProxyType(_PROCEDURE | _REGULATIONS | _ACT | _OTHERS)

FROM_MEMORY: Final[Mapping[str, str]] = MappingProxyType(
    {
        "reg 7": "that Part 4 cannot be delegated is from memory",
        "reg 8": "the time is from memory",
        "reg 9": "the time, and telling the complainant of another panel, are from memory",
        "reg 11": "the time is from memory",
        "reg 12": "the time is from memory",
        "reg 13": "the time limit and the notices are from memory",
        "reg 13(3)": "from memory, the number too",
        "reg 3": "the number is from memory",
        "reg 7(3)": "whom a delegate must notify in a Commissioner’s area was not read",
        "reg 14(2)": "notices of a reference back are practice: no provision that orders them was read",
        "reg 15(4)": "how the earlier matter ended is from memory",
        "reg 16": "read in draft",
        "reg 28": "comments, the record and publication are from memory and from the procedure",
        "reg 31": "the time is from memory",
        "reg 37": "from memory",
        "Sch 1 para 8": "the disqualifications are from memory",
        "Sch 8 para 5": "read in the words of its twin, Schedule 5, paragraph 4(4)",
        "Sch 8 para 8": "from memory",
        "2012/2271 Part 3": "from memory, its three weeks too; no regulation was read",
        "2012/2734 regs 3-6": "that it applies Schedule 12A was read, what else it applies to a Welsh panel was not",
    }
)
