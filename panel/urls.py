"""Every address. A panel's pages are under its slug; `panel.pages` has one module a subject."""

from django.urls import include, path

from panel.accounts import many_people, sign_in
from panel.accounts import views as accounts
from panel.bundles import views as bundles
from panel.installation import views as installation
from panel.letters import panel_duty, sent, text_views
from panel.pages import (
    access_log,
    drafts,
    group,
    help_pages,
    history,
    home,
    incoming,
    interests,
    people,
    post,
    retention,
    set_up,
    site,
    step,
    who_acts,
    whole,
)
from panel.procedure.register import REGISTERS
from panel.reminders import views as reminders
from panel.subject_access import views as subject_access

panel_pages = (
    [
        path("", home.home, name="home"),
        path("register.zip", whole.whole, name="whole"),
        path("people/many/", many_people.many_people, name="many-people"),
        path("people/", include(people.urls)),
        path("settings/who-acts/", include(who_acts.urls)),
        path("settings/", include(people.settings_urls)),
        path("duties/", include(panel_duty.urls)),
        path("set-up/", set_up.set_up, name="set-up"),
        path("users/", include(accounts.urls)),
        path("incoming/", include(incoming.urls)),
        path("interests/", include(interests.urls)),
        path("retention/", include(retention.urls)),
        path("post/", include(post.urls)),
        path("letters/texts/", text_views.texts, name="letter-texts"),
        path("letters/texts/<register:register>/<slug:key>/<slug:place>/", text_views.change_text, name="letter-text"),
        path("letters/texts/<int:pk>/template.docx", text_views.template_file, name="letter-template"),
        path("letters/", sent.sent, name="sent"),
        path("letters/download.<slug:kind>", sent.sent_file, name="sent-file"),
        path("history/", history.journal, name="journal"),
        path("history/openings/", access_log.openings, name="openings"),
        path("person/", subject_access.held, name="held"),
        # What only one register has stands before its cases, whose references would match too.
        *(path(under, include(module)) for r in REGISTERS.values() for under, module in r.addresses),
        path("<register:register>/groups/", include(group.urls)),
        path("<register:register>/new/", incoming.start, name="log-start"),
        path("<register:register>/<str:reference>/letters/", include("panel.letters.urls")),
        path("<register:register>/<str:reference>/", include(bundles.urls)),
        path("<register:register>/<str:reference>/remind/<int:duty>/", reminders.remind, name="remind"),
        path("<register:register>/", include(step.urls)),
    ],
    "panel",
)

handler500 = "panel.pages.site.server_error"

urlpatterns = [
    path("", site.start, name="start"),
    path("panels/", site.choose_panel, name="choose-panel"),
    path("health/", site.health, name="health"),
    path("help/", include(help_pages.urls)),
    path("roles/", site.roles, name="roles"),
    path("accessibility/", site.accessibility, name="accessibility"),
    path("privacy/", site.privacy, name="privacy"),
    path("drafts/<int:pk>/drop/", drafts.drop_page_draft, name="drop-draft"),
    path("installation/", include(installation.urls)),
    path("invitation/<str:token>/", accounts.accept, name="accept-invitation"),
    path("accounts/session/", sign_in.session_state, name="session-state"),
    path("accounts/reminders/", reminders.choose, name="account_reminders"),
    path("accounts/", include(site.account_urls)),
    *(path("", include(module)) for r in REGISTERS.values() for module in r.open_addresses),
    path("<slug:panel>/", include(panel_pages)),
]
