"""The words for the lifecycle of a petition: stages, outcomes, events, obligations, days.

A table per list of the domain, by the code of each member; ``labels.label`` reads them. The context
of a text is the name of its table, because one word of English may need two in another language.
"""

from collections.abc import Mapping

from portal.i18n.locale import LazyText, lazy_pgettext

LIFECYCLE: Mapping[str, Mapping[str, LazyText]] = {
    "stage": {
        "pre_moderation": lazy_pgettext("stage", "In moderation"),
        "initial_support": lazy_pgettext("stage", "First 50 citizens awaited"),
        "conformity_check": lazy_pgettext("stage", "Conformity check"),
        "collection": lazy_pgettext("stage", "Collection of signatures"),
        "forwarding": lazy_pgettext("stage", "Threshold reached, forwarding awaited"),
        "registration": lazy_pgettext("stage", "Forwarded, registration awaited"),
        "review": lazy_pgettext("stage", "Under review"),
        "decided": lazy_pgettext("stage", "Decided"),
        "rejected": lazy_pgettext("stage", "Rejected before publication"),
        "returned": lazy_pgettext("stage", "Returned to the applicant"),
        "overtaken": lazy_pgettext("stage", "Overtaken: settled otherwise"),
        "withdrawn": lazy_pgettext("stage", "Withdrawn by the applicant"),
        "outside": lazy_pgettext("stage", "Outside the official portal"),
        "unknown": lazy_pgettext("stage", "Stage not known"),
    },
    "outcome": {
        "granted": lazy_pgettext("outcome", "Granted in full"),
        "partially_granted": lazy_pgettext("outcome", "Granted in part"),
        "refused": lazy_pgettext("outcome", "Refused"),
        "rejected": lazy_pgettext("outcome", "Rejected before publication"),
        "returned": lazy_pgettext("outcome", "Returned to the applicant"),
        "unknown": lazy_pgettext("outcome", "Outcome not known"),
    },
    "demand_outcome": {
        "granted": lazy_pgettext("demand_outcome", "Granted"),
        "granted_in_part": lazy_pgettext("demand_outcome", "Granted in part"),
        "refused": lazy_pgettext("demand_outcome", "Refused"),
        "not_addressed": lazy_pgettext("demand_outcome", "The decision does not address this demand"),
        "not_decided": lazy_pgettext("demand_outcome", "No decision on this demand"),
        "unknown": lazy_pgettext("demand_outcome", "Outcome not known"),
    },
    "legal_effect": {
        "none_stated": lazy_pgettext("legal_effect", "No legal effect (as stated by the body)"),
        "act_required": lazy_pgettext("legal_effect", "A legal act is required (as stated by the body)"),
        "act_adopted": lazy_pgettext("legal_effect", "A legal act was adopted"),
        "binding_stated": lazy_pgettext("legal_effect", "Binding (as stated by the body)"),
        "unknown": lazy_pgettext("legal_effect", "Legal effect not known"),
    },
    "decision_status": {
        "draft_announced": lazy_pgettext("decision_status", "Draft decision"),
        "preliminary": lazy_pgettext("decision_status", "Preliminary decision"),
        "final": lazy_pgettext("decision_status", "Final decision"),
    },
    "decision_status_says": {
        "draft_announced": lazy_pgettext("decision_status", "A draft decision was announced; it is not final."),
        "preliminary": lazy_pgettext("decision_status", "Whoever announced the decision called it preliminary."),
        "final": lazy_pgettext("decision_status", "Whoever announced the decision called it final."),
    },
    "stance": {
        "not_stated": lazy_pgettext("stance", "Position not stated"),
        "for": lazy_pgettext("stance", "For"),
        "against": lazy_pgettext("stance", "Against"),
        "other": lazy_pgettext("stance", "Another position"),
    },
    "jurisdiction": {
        "statutory": lazy_pgettext("jurisdiction", "Official petition under chapter 12-1 of the APPC"),
        "outside": lazy_pgettext("jurisdiction", "Published outside the official portal"),
        "unknown": lazy_pgettext("jurisdiction", "Platform not known"),
    },
    "level": {
        "gov": lazy_pgettext("level", "Government or central state body"),
        "maslikhat_region": lazy_pgettext(
            "level", "Maslikhat of an oblast, a city of republican significance or the capital"
        ),
        "akimat_region": lazy_pgettext(
            "level", "Akimat of an oblast, a city of republican significance or the capital"
        ),
        "maslikhat_district": lazy_pgettext("level", "Maslikhat of a city or a district"),
        "akimat_district": lazy_pgettext("level", "Akimat of a district or a city, akim’s office"),
    },
    "event_kind": {
        "filed": lazy_pgettext("event_kind", "Filing"),
        "moderation_passed": lazy_pgettext("event_kind", "Moderation passed"),
        "initial_support_opened": lazy_pgettext("event_kind", "Direct link opened for the first 50 citizens"),
        "fifty_reached": lazy_pgettext("event_kind", "First 50 citizens joined"),
        "inquiry_sent": lazy_pgettext("event_kind", "Inquiry to other bodies"),
        "rejected": lazy_pgettext("event_kind", "Rejection before publication"),
        "published": lazy_pgettext("event_kind", "Publication"),
        "media_notified": lazy_pgettext("event_kind", "Notice to the media"),
        "threshold_reached": lazy_pgettext("event_kind", "Threshold reached"),
        "returned": lazy_pgettext("event_kind", "Return to the applicant"),
        "message_registered": lazy_pgettext("event_kind", "Registration as a message, response or proposal"),
        "message_answered": lazy_pgettext("event_kind", "Answer to the message, response or proposal"),
        "forwarded": lazy_pgettext("event_kind", "Forwarding to the reviewing body"),
        "forwarding_noticed": lazy_pgettext("event_kind", "Notice of forwarding"),
        "received": lazy_pgettext("event_kind", "Receipt by the reviewing body"),
        "registered": lazy_pgettext("event_kind", "Registration by the reviewing body"),
        "group_formed": lazy_pgettext("event_kind", "Working group formed"),
        "group_met": lazy_pgettext("event_kind", "Sitting of the working group"),
        "site_visited": lazy_pgettext("event_kind", "Site visit"),
        "discussion_notified": lazy_pgettext("event_kind", "Notice of public discussion"),
        "discussion_held": lazy_pgettext("event_kind", "Public discussion"),
        "draft_announced": lazy_pgettext("event_kind", "Announcement of the draft decision"),
        "decided": lazy_pgettext("event_kind", "Decision"),
        "decision_published": lazy_pgettext("event_kind", "Publication of the decision"),
        "statement_made": lazy_pgettext("event_kind", "Official statement"),
        "author_notified": lazy_pgettext("event_kind", "Notice of the decision to the applicant"),
        "complaint_filed": lazy_pgettext("event_kind", "Filing of a complaint"),
        "complaint_forwarded": lazy_pgettext("event_kind", "Forwarding of the complaint"),
        "complaint_registered": lazy_pgettext("event_kind", "Registration of the complaint"),
        "complaint_decided": lazy_pgettext("event_kind", "Decision on the complaint"),
        "court_claim_filed": lazy_pgettext("event_kind", "Claim to a court"),
        "court_ruled": lazy_pgettext("event_kind", "Court ruling"),
        "follow_up_set": lazy_pgettext("event_kind", "Undertaking after the decision"),
        "follow_up_reported": lazy_pgettext("event_kind", "Report on what was done"),
        "communication_sent": lazy_pgettext("event_kind", "Official letter or answer"),
        "statement_quoted": lazy_pgettext("event_kind", "Statement about the petition"),
        "allegation_made": lazy_pgettext("event_kind", "Unconfirmed allegation"),
        "related_act_adopted": lazy_pgettext("event_kind", "Adoption of a related act"),
        "overtaken": lazy_pgettext("event_kind", "Matter settled otherwise"),
        "withdrawn": lazy_pgettext("event_kind", "Withdrawal by the applicant"),
        "sighted": lazy_pgettext("event_kind", "Petition seen or reported"),
        "vanished": lazy_pgettext("event_kind", "Page no longer opens"),
        "reappeared": lazy_pgettext("event_kind", "Page opens again"),
        "text_changed": lazy_pgettext("event_kind", "Change of the petition’s text"),
        "term_reported": lazy_pgettext("event_kind", "Deadline named by others"),
    },
    "status": {
        "met": lazy_pgettext("status", "Met on time"),
        "met_late": lazy_pgettext("status", "Met late"),
        "met_lateness_unknown": lazy_pgettext("status", "Done; whether on time is not known"),
        "open": lazy_pgettext("status", "Term runs"),
        "may_have_ended": lazy_pgettext("status", "The term may have ended"),
        "ended_not_seen": lazy_pgettext("status", "Term ended; not seen done"),
        "overdue": lazy_pgettext("status", "Overdue: not done when checked"),
        "not_observable": lazy_pgettext("status", "No public trace"),
        "no_term": lazy_pgettext("status", "The law sets no term"),
        "not_due": lazy_pgettext("status", "Not started yet"),
        "start_unknown": lazy_pgettext("status", "Cannot be computed"),
        "calendar_missing": lazy_pgettext("status", "No calendar for that year"),
        "runs": lazy_pgettext("status", "Term runs"),
        "ended": lazy_pgettext("status", "Time has ended"),
    },
    "step_kind": {
        "duty": lazy_pgettext("step_kind", "Duty of the State"),
        "window": lazy_pgettext("step_kind", "Time that people have"),
        "step": lazy_pgettext("step_kind", "Step without a term of its own"),
    },
    "trace": {
        "yes": lazy_pgettext("trace", "Leaves a public trace"),
        "result": lazy_pgettext("trace", "Only the result is public"),
        "sometimes": lazy_pgettext("trace", "Sometimes leaves a public trace"),
        "no": lazy_pgettext("trace", "Leaves no public trace"),
    },
    "certainty": {
        "A": lazy_pgettext("certainty", "Read in the law"),
        "B": lazy_pgettext("certainty", "Stated by a state body"),
        "C": lazy_pgettext("certainty", "Reported by others"),
        "D": lazy_pgettext("certainty", "Our reading"),
        "?": lazy_pgettext("certainty", "Open question"),
    },
    "certainty_says": {
        "A": lazy_pgettext("certainty", "We have read this in the text of the act itself."),
        "B": lazy_pgettext("certainty", "A state body says so; we have not read the text of the act."),
        "C": lazy_pgettext("certainty", "The press or another secondary source says so; nothing else confirms it."),
        "D": lazy_pgettext(
            "certainty",
            "We infer or compute this ourselves; a court or a body may read it differently.",
        ),
        "?": lazy_pgettext("certainty", "We do not know; nothing that we found answers it."),
    },
    "unit": {
        "working_days": lazy_pgettext("unit", "Working days"),
        "months": lazy_pgettext("unit", "Months"),
    },
    "calendar_status": {
        "published": lazy_pgettext("calendar_status", "Officially published calendar"),
        "by_rule": lazy_pgettext("calendar_status", "Provisional calendar, by the rules of the law"),
    },
    "day_kind": {
        "working_day": lazy_pgettext("day_kind", "Working day"),
        "weekend": lazy_pgettext("day_kind", "Weekend"),
        "holiday": lazy_pgettext("day_kind", "Public holiday"),
        "observed": lazy_pgettext("day_kind", "Day off for a holiday that fell on a day off"),
        "moved_off": lazy_pgettext("day_kind", "Day off moved from another date"),
        "worked_weekend": lazy_pgettext("day_kind", "Weekend day that is worked"),
    },
    "why": {
        "day_of_event": lazy_pgettext("why", "Day of the event: it is not counted"),
        "working_day": lazy_pgettext("why", "Working day"),
        "weekend": lazy_pgettext("why", "Weekend"),
        "worked_weekend": lazy_pgettext("why", "Weekend day that is worked"),
        "same_day_number": lazy_pgettext("why", "The months end on the same day of the month"),
        "last_day_of_month": lazy_pgettext("why", "The month has no such day: its last day"),
        "next_working_day": lazy_pgettext("why", "Next working day"),
    },
    "mark": {
        "official": lazy_pgettext("mark", "Official wording"),
        "press": lazy_pgettext("mark", "Wording of the press"),
        "ours": lazy_pgettext("mark", "Our wording"),
    },
    "category": {
        "state_agency": lazy_pgettext("category", "State bodies"),
        "mp": lazy_pgettext("category", "Members of Parliament or a maslikhat"),
        "author": lazy_pgettext("category", "Author of the petition"),
        "author_representative": lazy_pgettext("category", "Representative of the author"),
        "ngo": lazy_pgettext("category", "Public associations and non-governmental organisations"),
        "other": lazy_pgettext("category", "Others"),
    },
    "misfit": {
        "partial_but_all_granted": lazy_pgettext(
            "misfit",
            "The outcome is stated as granted in part, but every known demand was granted.",
        ),
        "partial_but_none_granted": lazy_pgettext(
            "misfit", "The outcome is stated as granted in part, but no known demand was granted."
        ),
        "granted_but_not_all": lazy_pgettext(
            "misfit",
            "The outcome is stated as granted in full, but not every known demand was granted.",
        ),
        "refused_but_some_granted": lazy_pgettext(
            "misfit", "The outcome is stated as refused, but a known demand was granted."
        ),
    },
}
"""Words by table and code."""
