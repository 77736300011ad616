"""The home page of a panel that is closed."""

from django.shortcuts import render
from django.urls import reverse

from panel.access import rules
from panel.law.period import plural
from panel.procedure.register import REGISTERS


def closed(request, panel, who):
    """The page of a panel that is closed: what there is to read and to have as files. Nothing waits to be done."""
    rows = []
    for register in REGISTERS.values() if rules.may(who, "case.list") else ():
        seen = register.case_model.objects.filter(rules.visible(who), panel=panel)
        states = [s for p in register.procedures for s in p.open_states]
        still = seen.filter(status__in=states).count()
        words = f"{plural(seen.count(), register.case_word)}"
        rows.append({"words": register.words, "url": reverse("panel:cases", args=[panel.slug, register.slug]),
                     "note": f"{words}, {still} not ended" if still else words})  # fmt: skip
    found = [("Download the whole register", "panel:whole", "register.export"),
             ("Who can sign in", "panel:users", "users.view"), ("History", "panel:journal", "journal.view"),
             ("How long cases are kept", "panel:retention", "retention.view")]  # fmt: skip
    may = [(words, name) for words, name, action in found if rules.may(who, action)]
    links = [{"words": words, "url": reverse(name, args=[panel.slug])} for words, name in may]
    into = panel.merged_into if panel.merged_into_id else None
    here = into is not None and into.pk in who.panels
    context = {"rows": rows, "links": links, "into": into, "into_url": into.get_absolute_url() if here else ""}
    return render(request, "panel/home_closed.html", context)
