"""The pages of the desk, below its language, and who opens them: for the tests that look at every one."""

OF_THE_REVIEW = (
    "sitting",
    "decision",
    "follow-up",
    "position",
    "view",
    "statement",
    "allegation",
    "communication",
    "case",
)
"""The forms of the review, by their names in addresses; that of the working group is another, which has one row."""

PAGES = (
    "/",
    "/tasks/{task}",
    "/checks",
    "/checks/1",
    "/import",
    "/petitions",
    "/petitions/new",
    "/petitions/1",
    "/petitions/1/particulars",
    "/petitions/1/personal",
    "/petitions/1/personal/official",
    *(
        f"/petitions/1/record/{what}"
        for what in (
            "event/complaint_filed",
            "sighting",
            "group",
            *OF_THE_REVIEW,
            "count",
            "demand",
            "title",
            "addressee",
        )
    ),
    "/petitions/1/event/published/claim",
    "/petitions/1/event/published/correct",
    "/petitions/1/event/published/withdraw",
    "/petitions/1/working_group/group/correct",
    "/petitions/1/demand/d1/correct",
    "/proposals",
    "/proposals/{proposal}",
    "/sources",
    "/sources/new",
    "/sources/1/correct",
    "/bodies",
    "/bodies/new",
    "/bodies/mti/correct",
    "/organisations",
    "/organisations/new",
    "/campaigns",
    "/campaigns/new",
    "/campaigns/c2",
    "/campaigns/c2/edit",
    "/campaigns/c2/translate",
    "/campaigns/c2/preview",
    "/watch",
    "/watch/stop",
    "/watch/go-on",
    "/watch/words/state/ON_REVIEW_X",
    "/watch/past",
    "/watch/past/2",
    "/account",
    "/account/password",
    "/account/recovery-codes",
    "/accounts",
    "/accounts/invite",
    "/accounts/test-editor",
    "/accounts/test-editor/roles",
    "/accounts/test-editor/reset",
    "/accounts/test-editor/close",
)
"""Pages for somebody signed in; ``{proposal}`` waits for a second person, ``{task}`` is one that the hub shows."""

DOORS = ("/sign-in", "/invitation")
"""Pages for somebody who is not signed in."""

NO_PAGES = frozenset(
    {
        "desk.accept",  # Comes after a form.
        "desk.campaign_version",  # Looked at where it is tested: only what was written at the desk has versions.
        "desk.close_campaign",
        "desk.propose_campaign",
        "desk.confirm",
        "desk.decline",
        "desk.withdraw_proposal",
        "desk.correct_organisation",  # The same form as that of a body.
        "desk.file",
        "desk.hide_official_wording",  # Looked at where it is tested: only what was read has versions.
        "desk.import_template",
        "desk.preview_campaign_picture",
    }
)
"""Routes that answer GET and are looked at elsewhere, or are no pages."""
