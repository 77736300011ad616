"""Made-up data for every component, as the pictures of the pages show it (18 November 2026). Nothing here is a rule."""

LAW, TARGET, GUIDANCE = {"kind": "law"}, {"kind": "target"}, {"kind": "guidance"}
LATE_LAW = {"kind": "law", "late": True}


def links(*words, current=None):
    """Links to nowhere, one of them current."""
    return [{"words": w, "url": "#", "current": w == current} for w in words]


def shell(person="Priya Nair", role="scrutiny officer", current="Complaints", nav=None):
    """What panel.context_processors.shell gives to base.html."""
    nav = nav or ("Home", "Complaints", "Hearings", "Panel", "Annual report", "History")
    return {
        "panel": {
            "name": "Exshire Police and Crime Panel",
            "slug": "exshire",
            "host": "Exshire County Council",
            "url": "#",
        },
        "person": {"name": person, "role": role},
        "nav": links(*nav, current=current),
        "footer": links("Help", "What each role can see and do", "Accessibility", "Privacy"),
        "search": links("Search complaints", "Search hearings"),
    }


OFFICER = shell()
CHAIRMAN = shell("Cllr Margaret Holt", "Chairman", "Home", ("Home", "Complaints", "Hearings", "Help"))
BAR = {
    "words": "A complaint that appears to involve a criminal offence goes to the IOPC by the end of the day after this "
    "first becomes clear.",
    "provision": "paragraph 3 of the procedure, regulation 13",
}
READING = {
    "quote": {
        "heading": "Allegation 1, 14 October 2026",
        "text": "I asked why our front counter was closing. He said I was “wasting everybody’s time” and had a steward "
        "walk me out in front of a hundred people.",
    },
    "advice": {
        "who_when": "Helen Farrow, 12 November 2026",
        "conclusion": "Sub-panel to resolve it informally",
        "text": "No criminal offence appears, so it need not go to the IOPC.",
    },
}

IDENTITY = {
    "reference": "EX-C-2026-0019",
    "tag": {"words": "Recorded"},
    "title": "Public meeting at Larkford",
    "badges": [{"words": "Not to be named to the Commissioner"}],
    "facts": [
        {"label": "Complainant", "value": "Gillian Thorpe"},
        {"label": "About", "value": "Daniel Ashcombe, Commissioner"},
        {"label": "Received", "value": "27 October 2026", "note": "(22 days ago)"},
        {"label": "Next due", "value": "9 November 2026, 9 days late", "late": True},
    ],
}
TABS = links("Overview", "Allegations (3)", "Documents (3)", "Timeline", "History", current="Overview")
STAGES = [
    {"words": "Received", "state": "done", "note": "27 October 2026"},
    {"words": "Recorded", "state": "current", "note": "4 November 2026, waiting for the Chairman"},
    {"words": "Route decided", "state": "todo", "note": "by the Chairman"},
    {"words": "Being handled", "state": "todo", "note": "sub-panel, full Panel or informally"},
    {"words": "Outcome recorded", "state": "todo"},
    {"words": "Closed", "state": "todo"},
]
BELOW = (
    "Allegation 3 left at Received: redirected on 2 November 2026. The complaint can also end by withdrawal "
    "(paragraph 15) or go to the IOPC (paragraph 3) from here."
)
NEXT = {
    "button": {
        "words": "Record that the copy was sent",
        "url": "#",
        "provision": "paragraph 6, regulation 31",
        "note": "To Mr Ashcombe, anonymised as Helen Farrow decided on 16 November 2026.",
    },
    "steps": [
        {
            "words": "Cllr Margaret Holt decides how it is handled",
            "note": "Only the Chairman can do this.",
            "provision": "paragraphs 7, 9 and 10, regulations 15, 27 and 28",
            "link": {"words": "Send her a reminder", "url": "#"},
        },
        {
            "words": "Ask Mrs Thorpe for more information",
            "url": "#",
            "note": "Progress waits until she answers.",
            "provision": "paragraph 7, regulation 9",
        },
        {"words": "Add a file note, call or meeting", "url": "#", "note": "Changes nothing else."},
    ],
    "more": [
        {"words": "Refer to prosecutors", "url": "#", "provision": "paragraph 3"},
        {"words": "Void, logged by mistake", "url": "#", "note": "Leaves the counts."},
    ],
}
CANNOT = [
    {
        "words": "Appoint a sub-panel",
        "why": "The Chairman has not sent it to a sub-panel.",
        "provision": "paragraph 11, regulation 28",
        "first": "the Chairman decides how it is handled.",
    },
    {
        "words": "Close the complaint",
        "why": "Allegations 1 and 2 are still open.",
        "provision": "paragraph 5, regulation 34",
        "first": {"words": "record the outcome", "url": "#"},
    },
]
DUTIES = [
    {
        "what": "Send the copy of the complaint to Mr Ashcombe",
        "who": "Priya Nair",
        "late": True,
        "badge": TARGET,
        "when": "9 November 2026, 9 days late",
        "provision": "paragraph 6, regulation 31",
        "links": links("Waive this duty"),
        "count": {
            "words": "How 9 November was counted",
            "lines": [
                {"day": "4 Nov", "words": "Wednesday: recorded, not counted", "counted": False},
                {"day": "5 Nov", "words": "Thursday: day 1", "counted": True},
                {"day": "7-8 Nov", "words": "weekend, not counted", "counted": False},
                {"day": "9 Nov", "words": "Monday: day 3, the last day", "counted": True},
            ],
        },
    },
    {
        "what": "Decide how it is handled",
        "who": "Cllr Margaret Holt",
        "when": "Today, 18 November 2026",
        "today": True,
        "badge": TARGET,
        "provision": "paragraph 7, regulation 15",
    },
    {
        "what": "Keep the evidence safe",
        "who": "Priya Nair",
        "when": "Since 27 October 2026, no end date",
        "badge": LAW,
        "provision": "regulation 8",
    },
]
EVENTS = [
    {
        "words": "Copy to be anonymised",
        "when": "16 November 2026",
        "who": "Helen Farrow",
        "provision": "paragraph 6, regulation 31",
    },
    {"words": "Monitoring Officer advised", "url": "#", "when": "12 November 2026", "who": "Helen Farrow"},
    {"words": "Recorded, allegations 1 and 2", "when": "4 November 2026", "who": "Priya Nair", "note": "By email."},
]
ALLEGATIONS = {
    "caption": "Allegations",
    "columns": [
        {"words": "Allegation", "quiet": True},
        {"words": "Date", "nowrap": True},
        {"words": "Status", "quiet": True},
        {"words": "What was decided"},
    ],
    "rows": [
        {
            "cells": [
                "1. Told her she was “wasting everybody’s time” and had her sent out",
                "14 October 2026",
                {"tag": {"words": "Recorded"}},
                "Recorded 4 November 2026",
            ]
        },
        {
            "cells": [
                "3. Was wrong to close the front counter at Larkford",
                "2 September 2026",
                {"tag": {"words": "Redirected"}},
                "Policy, not conduct: sent to the Commissioner’s office (paragraph 2, regulation 9)",
            ]
        },
    ],
}
SUMMARY = [
    {"label": "How it arrived", "value": "Email sent 26 October 2026 at 9:42pm", "change": {"url": "#"}},
    {"label": "Copies", "lines": ["Record to Mrs Thorpe: sent 6 November 2026", "Complaint: not sent yet"]},
    {
        "label": "Decision",
        "value": "A sub-panel resolves it informally",
        "note": "As the Monitoring Officer advised.",
        "change": {"url": "#", "words": "the decision"},
    },
    {"label": "Status", "tag": {"words": "Waiting for information"}},
]
COUNTS = [
    {"number": 3, "words": "overdue", "url": "#overdue", "late": True},
    {"number": 2, "words": "today", "url": "#today"},
    {"number": 4, "words": "later this week", "url": "#week"},
    {"number": 9, "words": "after this week", "url": "#"},
    {"number": 5, "words": "waiting for others", "url": "#others"},
]


def case(reference, title):
    """A case to link to."""
    return {"reference": reference, "url": "#", "title": title}


OVERDUE = [
    {
        "what": "Refer to the IOPC",
        "url": "#",
        "case": case("EX-C-2026-0021", "Use of an office card"),
        "late": True,
        "by": "17 November 2026",
        "by_note": "Tuesday, 1 day late",
        "badge": LATE_LAW,
        "provision": "paragraph 3, regulation 13",
    },
    {
        "what": "Send the copy of the complaint to the Commissioner",
        "url": "#",
        "note": "Anonymised copy",
        "late": True,
        "case": case("EX-C-2026-0019", "Public meeting at Larkford"),
        "by": "9 November 2026",
        "by_note": "Monday, 9 days late",
        "badge": TARGET,
        "provision": "paragraph 6, regulation 31",
    },
]
TODAY = [
    {
        "what": "Publish the agenda for 26 November 2026",
        "url": "#",
        "by": "Today",
        "badge": LAW,
        "case": case("EX-H-2026-0003", "Proposed Chief Constable"),
        "provision": "five clear days, LGA 1972",
    }
]
OTHERS = [
    {
        "who": "Cllr Margaret Holt",
        "what": "to decide how it is handled",
        "by": "Today",
        "badge": TARGET,
        "case": case("EX-C-2026-0019", "Public meeting at Larkford"),
        "provision": "paragraph 7, regulation 15",
    },
    {
        "who": "IOPC",
        "what": "to decide whether to investigate",
        "case": case("EX-C-2026-0015", "Gift of tickets"),
        "by": "No date set",
        "by_note": "15 days since referral",
        "badge": None,
        "provision": "paragraph 3",
    },
]

DECISIONS = [
    {
        "title": "Public meeting at Larkford",
        "caption": "Decide how a complaint is handled, EX-C-2026-0019",
        "sentence": "Gillian Thorpe says the Commissioner, Daniel Ashcombe, had her sent out of a public meeting and "
        "mocked her online.",
        "by": "Today, 18 November 2026",
        "url": "#",
        "advice": "Sub-panel to resolve it informally",
    },
    {
        "title": "Unanswered letters",
        "caption": "Decide how a complaint is handled, EX-C-2026-0017",
        "sentence": "Colin Brade says the Commissioner did not answer his letters.",
        "url": "#",
        "late": True,
        "by": "9 November 2026, 9 days late",
    },
]

LIST = {
    "caption": "Open complaints",
    "columns": [
        {"words": "Reference", "url": "?sort=reference", "quiet": True, "nowrap": True},
        {"words": "Complaint", "url": "?sort=title", "quiet": True},
        {"words": "About", "url": "?sort=about"},
        {"words": "Status", "url": "?sort=status", "quiet": True},
        {"words": "Received", "url": "?sort=received"},
        {"words": "Next due", "url": "?sort=-due", "sort": "ascending"},
    ],
    "rows": [
        {
            "late": late,
            "cells": [
                reference,
                {"words": title, "url": "#", "strong": True, "note": who},
                about,
                {"tag": {"words": status}},
                received,
                {"words": due, "late": late, "note": what},
            ],
        }
        for reference, title, who, about, status, received, due, what, late in (
            (
                "EX-C-2026-0021",
                "Use of an office card",
                "Anonymous",
                "Mr Ashcombe",
                "Received",
                "11 Nov 2026",
                "17 Nov 2026, late",
                "Refer to the IOPC",
                True,
            ),
            (
                "EX-C-2026-0018",
                "Claims for travel",
                "Alan Dunmore",
                "Ms Calloway",
                "Waiting for information",
                "29 Oct 2026",
                "16 Nov 2026, late",
                "Chase for the dates",
                True,
            ),
            (
                "EX-C-2026-0012",
                "Reply to a resident",
                "Nadia Rahim",
                "Mr Ashcombe",
                "Informal resolution",
                "24 Aug 2026",
                "24 Nov 2026",
                "Mr Ashcombe to comment",
                False,
            ),
            (
                "EX-C-2026-0008",
                "Conduct at a parade",
                "Peter Yarrow",
                "Ms Calloway",
                "Outcome recorded",
                "19 May 2026",
                "27 Nov 2026",
                "Decide on publishing",
                False,
            ),
            (
                "EX-C-2026-0015",
                "Gift of tickets",
                "Moira Kell",
                "Mr Ashcombe",
                "Referred to the IOPC",
                "30 Sep 2026",
                "No date",
                "IOPC to decide",
                False,
            ),
            (
                "EX-C-2026-0002",
                "Withdrawn by letter",
                "Name withheld",
                "Mr Ashcombe",
                "Withdrawn",
                "3 Jan 2026",
                "No date",
                "",
                False,
            ),
        )
    ],
}

ENTRIES = [
    {
        "words": "Copy of the complaint to be anonymised",
        "number": 31,
        "seal": "7c1e 90ab",
        "who": "Helen Farrow",
        "when": "16 November 2026 at 3:10pm",
        "provision": "paragraph 6, regulation 31",
        "reason": "naming her again online is likely if she is named to the office holder.",
        "changes": [
            {"field": "Copy to Mr Ashcombe", "old": "Full", "new": "Anonymised"},
            {"field": "Ground", "old": "", "new": "Good reason, paragraph 6"},
        ],
    },
    {
        "words": "Copy of the record sent to Mrs Thorpe",
        "number": 26,
        "seal": "b1f0 63c8",
        "who": "Priya Nair",
        "when": "9 November 2026 at 8:50am",
        "effect": "took effect 6 November 2026",
        "case": case("EX-C-2026-0019", "Public meeting at Larkford"),
    },
    {
        "words": "Allegation 3 redirected",
        "number": 10,
        "who": "Helen Farrow",
        "when": "2 November 2026 at 11:20am",
        "provision": "paragraph 2, regulation 9",
        "reversed": True,
        "changes": [{"field": "Allegation 3, status", "old": "Received", "new": None}],
    },
]
VERIFIED = {
    "ok": True,
    "words": "Checked 18 November 2026 at 6:00am. All 31 entries are as they were sealed.",
    "seal": "7c1e 90ab 42d5",
    "url": "#",
}
NOT_VERIFIED = {
    "ok": False,
    "words": "Entry 19 was changed outside the product on or after 12 November 2026.",
    "problems": ["Entry 19: the status of allegation 2"],
}

DOCUMENTS = [
    {"words": "The complaint", "url": "#", "note": "Email, 4KB", "when": "27 October 2026", "who": "Priya Nair"},
    {"words": "Card statement", "url": "#", "note": "PDF, 2 pages", "badge": {"words": "Restricted"}},
    {"words": "A file you cannot open"},
]
STATS = [
    {"label": "Received", "number": 17, "url": "#"},
    {"label": "(a) the office’s own staff", "note": "paragraph 9", "number": 0, "url": "#"},
]
CLOCK_LABELS = {
    1: {"words": "9 November, day 1", "row": 1},
    10: {"words": "Today, day 10", "strong": True, "row": 1},
    18: {"words": "Hearing, day 18", "row": 1},
    21: {"words": "Last day, day 21", "row": 2},
}
CLOCK = {
    "rows": 2,
    "cells": [
        {"kind": kind, "label": CLOCK_LABELS.get(day), "side": "middle"}
        for day, kind in enumerate(
            ["gone"] * 8 + ["out", "today"] + ["ahead"] * 7 + ["hearing"] + ["ahead"] * 2 + ["last"], start=1
        )
    ],
    "words": [
        {"words": "9 November, day 1"},
        {"words": "Today, day 10", "strong": True},
        {"words": "Hearing, day 18"},
        {"words": "Last day, day 21"},
    ],
}
DOTS = ["can"] * 10 + ["need"] + ["can"] * 2 + ["cannot"] * 3
CHECKLIST = [
    {
        "badge": LAW,
        "words": "Publish the agenda",
        "url": "#",
        "note": "Five clear days before: today.",
        "tag": {"words": "Due today"},
    },
    {"badge": GUIDANCE, "words": "Plan questions by theme", "url": "#", "status": "Completed"},
    {"badge": LAW, "words": "Recommend, or veto", "status": "Cannot start yet", "muted": True},
]

TASKS = [
    {"id": "task-1", "words": "Commissioner and Deputy", "url": "#", "hint": "", "status": "Completed", "tag": False},
    {
        "id": "task-2",
        "words": "Targets",
        "url": "#",
        "hint": "Without it nothing is late but what the law dates",
        "status": "Not yet started",
        "tag": True,
    },
    {"id": "task-3", "words": "Letterhead", "url": "", "hint": "", "status": "Can wait", "tag": False},
]

DEMO = {
    "demo_password": "demo-exshire",
    "demo_accounts": [
        {
            "role": "Scrutiny officer",
            "name": "Priya Nair",
            "email": "a@example.org",
            "sees": "All the work",
            "next": "/exshire/",
        },
        {
            "role": "Chairman",
            "name": "Cllr Margaret Holt",
            "email": "b@example.org",
            "sees": "3 decisions",
            "next": "",
        },
    ],
}
