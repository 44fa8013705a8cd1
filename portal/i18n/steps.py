"""The steps of chapter 12-1 in words, and the parts of its path: a short name and one sentence each, by their keys.

No sentence repeats a number of the law: terms and thresholds are worded from the edition that was
read.
"""

from collections.abc import Mapping

from portal.i18n.locale import LazyText, lazy_pgettext

STEP_NAMES: Mapping[str, LazyText] = {
    "draft": lazy_pgettext("step", "Draft of the petition"),
    "pre_moderation": lazy_pgettext("step", "Moderation"),
    "initial_support": lazy_pgettext("step", "First 50 citizens"),
    "conformity_check": lazy_pgettext("step", "Conformity check"),
    "inquiry_to_bodies": lazy_pgettext("step", "Inquiry to other bodies"),
    "rejected": lazy_pgettext("step", "Rejection"),
    "published": lazy_pgettext("step", "Publication"),
    "media_notice": lazy_pgettext("step", "Notice to the media"),
    "collection": lazy_pgettext("step", "Collection of signatures"),
    "returned_below_threshold": lazy_pgettext("step", "Return below the threshold"),
    "simplified_review": lazy_pgettext("step", "Handling as a message, response or proposal"),
    "forwarding": lazy_pgettext("step", "Forwarding to the reviewing body"),
    "forwarding_notice": lazy_pgettext("step", "Notice of forwarding"),
    "registration": lazy_pgettext("step", "Registration"),
    "review_central": lazy_pgettext("step", "Review by a central state body"),
    "review_local": lazy_pgettext("step", "Review by a local body"),
    "working_group": lazy_pgettext("step", "Working group"),
    "site_visit": lazy_pgettext("step", "Site visit"),
    "public_discussion_notice": lazy_pgettext("step", "Notice of public discussion"),
    "public_discussion": lazy_pgettext("step", "Public discussion"),
    "analysis": lazy_pgettext("step", "Analysis"),
    "decision": lazy_pgettext("step", "Decision"),
    "decided": lazy_pgettext("step", "Decision"),
    "decision_published": lazy_pgettext("step", "Publication of the decision"),
    "official_statement": lazy_pgettext("step", "Official statement"),
    "subject_lock": lazy_pgettext("step", "No new petition on the same subject"),
    "execution": lazy_pgettext("step", "Execution"),
    "pre_trial_complaint": lazy_pgettext("step", "Pre-trial complaint"),
    "complaint_forwarded": lazy_pgettext("step", "Forwarding of the complaint"),
    "complaint_review": lazy_pgettext("step", "Review of the complaint"),
    "court_claim": lazy_pgettext("step", "Claim to a court"),
}
"""Short names. ``decided`` is what a standing calls the decision as the step that comes next."""

STEP_SENTENCES: Mapping[str, LazyText] = {
    "draft": lazy_pgettext(
        "step",
        "The applicant files the petition on the official portal or on paper, and a draft is created.",
    ),
    "pre_moderation": lazy_pgettext("step", "The authorised body checks the draft against the conditions of the law."),
    "initial_support": lazy_pgettext(
        "step",
        "The petition opens by direct link only; without at least 50 citizens it is rejected.",
    ),
    "conformity_check": lazy_pgettext(
        "step",
        "After the first 50 citizens have joined, the authorised body checks the petition’s conformity.",
    ),
    "inquiry_to_bodies": lazy_pgettext(
        "step",
        "Where in doubt, the authorised body asks the competent state bodies for their opinion.",
    ),
    "rejected": lazy_pgettext(
        "step",
        "A petition that does not meet a condition is rejected with reasons, and the applicant is notified.",
    ),
    "published": lazy_pgettext(
        "step", "The petition is placed in open access, and the collection of signatures begins."
    ),
    "media_notice": lazy_pgettext("step", "The authorised body writes to the registered media about the petition."),
    "collection": lazy_pgettext("step", "Citizens join the petition until it reaches the threshold or the term ends."),
    "returned_below_threshold": lazy_pgettext(
        "step",
        "Below the threshold the petition is returned and sent on, to be handled as a message, response or proposal.",
    ),
    "simplified_review": lazy_pgettext(
        "step",
        "The competent body handles the returned petition as a message, response or proposal.",
    ),
    "forwarding": lazy_pgettext(
        "step",
        "At the threshold the authorised body decides to send the petition to the body that reviews it.",
    ),
    "forwarding_notice": lazy_pgettext(
        "step", "The applicant is notified of the forwarding, and the portal shows it to everybody."
    ),
    "registration": lazy_pgettext(
        "step",
        "The reviewing body registers the petition; from that day the term of review is counted.",
    ),
    "review_central": lazy_pgettext("step", "A central state body considers the petition up to its decision."),
    "review_local": lazy_pgettext("step", "A maslikhat or an akimat considers the petition up to its decision."),
    "working_group": lazy_pgettext(
        "step",
        "The reviewing body forms a group with the author, deputies, state bodies and public associations.",
    ),
    "site_visit": lazy_pgettext("step", "The reviewing body visits the place where facts need checking."),
    "public_discussion_notice": lazy_pgettext(
        "step",
        "The reviewing body announces the public discussion and invites the applicant and others concerned.",
    ),
    "public_discussion": lazy_pgettext("step", "The draft decision is discussed in public."),
    "analysis": lazy_pgettext("step", "The reviewing body studies comments, data and the practice of other countries."),
    "decision": lazy_pgettext(
        "step",
        "The head of the reviewing body grants the petition in full, grants it in part, or refuses it.",
    ),
    "decided": lazy_pgettext(
        "step",
        "The head of the reviewing body grants the petition in full, grants it in part, or refuses it.",
    ),
    "decision_published": lazy_pgettext("step", "The decision is placed on the official portal."),
    "official_statement": lazy_pgettext("step", "The same head makes an official statement on the result."),
    "subject_lock": lazy_pgettext(
        "step",
        "While this time runs, a new petition on the same subject is not accepted; this is our reading.",
    ),
    "execution": lazy_pgettext(
        "step",
        "The body that decided carries its decision out; whether this term covers petitions is doubtful.",
    ),
    "pre_trial_complaint": lazy_pgettext(
        "step",
        "The applicant or another person concerned may complain through the body that decided.",
    ),
    "complaint_forwarded": lazy_pgettext(
        "step",
        "The body that decided sends the complaint with the file to the body that reviews complaints.",
    ),
    "complaint_review": lazy_pgettext("step", "The body that reviews complaints decides on the complaint."),
    "court_claim": lazy_pgettext(
        "step",
        "Whoever disagrees with the decision on the complaint may bring a claim to an administrative court.",
    ),
}
"""One sentence on each step."""

PART_NAMES: Mapping[str, LazyText] = {
    "filing": lazy_pgettext("part", "Filing and moderation"),
    "support": lazy_pgettext("part", "First support"),
    "gathering": lazy_pgettext("part", "Open to everybody"),
    "handing_over": lazy_pgettext("part", "On to the body that decides"),
    "considering": lazy_pgettext("part", "Review"),
    "deciding": lazy_pgettext("part", "Outcome"),
    "afterwards": lazy_pgettext("part", "After the decision"),
}
"""The parts of the path, as the picture of the lifecycle numbers them."""

PART_SENTENCES: Mapping[str, LazyText] = {
    "filing": lazy_pgettext(
        "part", "A citizen files a petition on the official portal or on paper. The authorised body checks it."
    ),
    "support": lazy_pgettext(
        "part",
        "At first the petition opens by direct link only. Once 50 citizens have joined, it is checked again; "
        "the law lets the check run from the filing or from the 50th citizen, and we have seen both.",
    ),
    "gathering": lazy_pgettext(
        "part", "Now everybody sees the petition. Citizens sign until it has enough signatures or the time is over."
    ),
    "handing_over": lazy_pgettext(
        "part", "With enough signatures the petition goes to the body that decides. Registration there starts its term."
    ),
    "considering": lazy_pgettext(
        "part",
        "The body studies the petition with a working group and discusses its draft decision in public. "
        "The term depends on whether the body is central or local.",
    ),
    "deciding": lazy_pgettext(
        "part",
        "The head of the body grants the petition in full, grants it in part, or refuses it. The decision is public.",
    ),
    "afterwards": lazy_pgettext("part", "What may follow, and the time there is for it."),
}
"""One sentence or two on each part."""
