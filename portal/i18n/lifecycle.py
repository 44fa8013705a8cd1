"""The words for the lifecycle of a petition: stages, outcomes, events, obligations, days.

A table per list of the domain, by the code of each member; ``labels.label`` reads them. The context
of a text is the name of its table, because one word of English may need two in another language.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from portal.i18n.locale import lazy_pgettext

if TYPE_CHECKING:
    from flask_babel.speaklater import LazyString  # type: ignore[import-untyped]

LIFECYCLE: Mapping[str, Mapping[str, "LazyString"]] = {
    "stage": {
        "pre_moderation": lazy_pgettext("stage", "Moderation"),
        "initial_support": lazy_pgettext("stage", "First 50 citizens"),
        "conformity_check": lazy_pgettext("stage", "Conformity check"),
        "collection": lazy_pgettext("stage", "Collection of signatures"),
        "forwarding": lazy_pgettext("stage", "Threshold reached, forwarding awaited"),
        "registration": lazy_pgettext("stage", "Forwarded, registration awaited"),
        "review": lazy_pgettext("stage", "Under review"),
        "decided": lazy_pgettext("stage", "Decided"),
        "rejected": lazy_pgettext("stage", "Rejected before publication"),
        "returned": lazy_pgettext("stage", "Returned to the applicant"),
        "overtaken": lazy_pgettext("stage", "Overtaken by events"),
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
        "not_addressed": lazy_pgettext(
            "demand_outcome", "The decision does not address this demand"
        ),
        "not_decided": lazy_pgettext("demand_outcome", "No decision on this demand"),
        "unknown": lazy_pgettext("demand_outcome", "Outcome not known"),
    },
    "legal_effect": {
        "none_stated": lazy_pgettext("legal_effect", "No legal effect (as stated by the body)"),
        "act_required": lazy_pgettext(
            "legal_effect", "A legal act is required (as stated by the body)"
        ),
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
        "draft_announced": lazy_pgettext(
            "decision_status", "A draft decision was announced; it is not final."
        ),
        "preliminary": lazy_pgettext(
            "decision_status", "Whoever announced the decision called it preliminary."
        ),
        "final": lazy_pgettext(
            "decision_status", "Whoever announced the decision called it final."
        ),
    },
    "stance": {
        "not_stated": lazy_pgettext("stance", "Position not stated"),
        "for": lazy_pgettext("stance", "For"),
        "against": lazy_pgettext("stance", "Against"),
        "other": lazy_pgettext("stance", "Another position"),
    },
    "jurisdiction": {
        "statutory": lazy_pgettext(
            "jurisdiction", "Official petition under chapter 12-1 of the APPC"
        ),
        "outside": lazy_pgettext("jurisdiction", "Published outside the official portal"),
        "unknown": lazy_pgettext("jurisdiction", "Platform not known"),
    },
    "level": {
        "gov": lazy_pgettext("level", "Government or central state body"),
        "maslikhat_region": lazy_pgettext("level", "Regional maslikhat"),
        "akimat_region": lazy_pgettext("level", "Regional akimat"),
        "maslikhat_district": lazy_pgettext("level", "District maslikhat"),
        "akimat_district": lazy_pgettext("level", "District akimat"),
    },
    "event_kind": {
        "filed": lazy_pgettext("event_kind", "Filed"),
        "moderation_passed": lazy_pgettext("event_kind", "Passed moderation"),
        "initial_support_opened": lazy_pgettext(
            "event_kind", "Opened by direct link for the first 50 citizens"
        ),
        "fifty_reached": lazy_pgettext("event_kind", "The first 50 citizens joined"),
        "inquiry_sent": lazy_pgettext("event_kind", "The authorised body asked other bodies"),
        "rejected": lazy_pgettext("event_kind", "Rejected before publication"),
        "published": lazy_pgettext("event_kind", "Published"),
        "media_notified": lazy_pgettext("event_kind", "Media notified of the publication"),
        "threshold_reached": lazy_pgettext("event_kind", "Threshold reached"),
        "returned": lazy_pgettext("event_kind", "Returned to the applicant"),
        "message_registered": lazy_pgettext(
            "event_kind", "Registered as a message, response or proposal"
        ),
        "message_answered": lazy_pgettext("event_kind", "Message, response or proposal answered"),
        "forwarded": lazy_pgettext("event_kind", "Forwarded to the reviewing body"),
        "forwarding_noticed": lazy_pgettext("event_kind", "Notice of forwarding published"),
        "received": lazy_pgettext("event_kind", "Received by the reviewing body"),
        "registered": lazy_pgettext("event_kind", "Registered by the reviewing body"),
        "group_formed": lazy_pgettext("event_kind", "Working group formed"),
        "group_met": lazy_pgettext("event_kind", "Working group met"),
        "site_visited": lazy_pgettext("event_kind", "Site visit"),
        "discussion_notified": lazy_pgettext("event_kind", "Notice of public discussion published"),
        "discussion_held": lazy_pgettext("event_kind", "Public discussion held"),
        "draft_announced": lazy_pgettext("event_kind", "Draft decision announced"),
        "decided": lazy_pgettext("event_kind", "Decision taken"),
        "decision_published": lazy_pgettext("event_kind", "Decision published"),
        "statement_made": lazy_pgettext("event_kind", "Official statement made"),
        "author_notified": lazy_pgettext("event_kind", "Applicant notified of the decision"),
        "complaint_filed": lazy_pgettext("event_kind", "Complaint filed"),
        "complaint_forwarded": lazy_pgettext(
            "event_kind", "Complaint forwarded to the body that reviews it"
        ),
        "complaint_registered": lazy_pgettext("event_kind", "Complaint registered"),
        "complaint_decided": lazy_pgettext("event_kind", "Complaint decided"),
        "court_claim_filed": lazy_pgettext("event_kind", "Claim filed with a court"),
        "court_ruled": lazy_pgettext("event_kind", "Court ruling"),
        "follow_up_set": lazy_pgettext("event_kind", "Follow-up undertaken"),
        "follow_up_reported": lazy_pgettext("event_kind", "Follow-up reported"),
        "communication_sent": lazy_pgettext("event_kind", "Official letter or answer"),
        "statement_quoted": lazy_pgettext("event_kind", "Statement about the petition"),
        "allegation_made": lazy_pgettext("event_kind", "Unconfirmed allegation"),
        "related_act_adopted": lazy_pgettext("event_kind", "Related act adopted"),
        "overtaken": lazy_pgettext("event_kind", "The matter was settled otherwise"),
        "withdrawn": lazy_pgettext("event_kind", "Withdrawn by the applicant"),
        "sighted": lazy_pgettext("event_kind", "Sighting of the petition"),
        "vanished": lazy_pgettext("event_kind", "The page no longer opened"),
        "reappeared": lazy_pgettext("event_kind", "The page opened again"),
        "text_changed": lazy_pgettext("event_kind", "The petition’s text changed"),
        "term_reported": lazy_pgettext("event_kind", "Deadline named by others"),
    },
    "status": {
        "met": lazy_pgettext("status", "Met on time"),
        "met_late": lazy_pgettext("status", "Met late"),
        "met_lateness_unknown": lazy_pgettext("status", "Done; whether on time is not known"),
        "open": lazy_pgettext("status", "Term runs"),
        "may_have_ended": lazy_pgettext("status", "The term may have ended"),
        "ended_not_seen": lazy_pgettext("status", "Term ended; not seen done"),
        "overdue": lazy_pgettext("status", "Overdue when checked"),
        "not_observable": lazy_pgettext("status", "No public trace"),
        "no_term": lazy_pgettext("status", "The law sets no term"),
        "not_due": lazy_pgettext("status", "Not started yet"),
        "start_unknown": lazy_pgettext("status", "Cannot be computed"),
        "calendar_missing": lazy_pgettext("status", "No calendar for that year"),
        "runs": lazy_pgettext("status", "Still possible"),
        "ended": lazy_pgettext("status", "Time is over"),
    },
    "step_kind": {
        "duty": lazy_pgettext("step_kind", "Duty of the State"),
        "window": lazy_pgettext("step_kind", "Time that people have"),
        "step": lazy_pgettext("step_kind", "Step without a duty or term of its own"),
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
        "B": lazy_pgettext(
            "certainty", "A state body says so; we have not read the text of the act."
        ),
        "C": lazy_pgettext(
            "certainty", "The press or another secondary source says so; nothing else confirms it."
        ),
        "D": lazy_pgettext(
            "certainty",
            "We infer or compute this ourselves; a court or a body may read it differently.",
        ),
        "?": lazy_pgettext("certainty", "We do not know; nothing that we found answers it."),
    },
    "unit": {
        "working_days": lazy_pgettext("unit", "working days"),
        "months": lazy_pgettext("unit", "months"),
    },
    "calendar_status": {
        "published": lazy_pgettext("calendar_status", "Officially published calendar"),
        "by_rule": lazy_pgettext(
            "calendar_status", "Provisional calendar, by the rules of the law"
        ),
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
