"""The words for what the record holds around the lifecycle: bodies, sources, norms, changes.

A table per list, by code, like those of ``lifecycle``.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from portal.i18n.locale import lazy_pgettext

if TYPE_CHECKING:
    from flask_babel.speaklater import LazyString  # type: ignore[import-untyped]

RECORD: Mapping[str, Mapping[str, "LazyString"]] = {
    "language": {
        "kk": lazy_pgettext("language", "Kazakh"),
        "ru": lazy_pgettext("language", "Russian"),
        "en": lazy_pgettext("language", "English"),
    },
    "source_kind": {
        "state": lazy_pgettext("source_kind", "State body"),
        "press": lazy_pgettext("source_kind", "Press"),
        "ngo": lazy_pgettext("source_kind", "Non-governmental organisation"),
        "campaign": lazy_pgettext("source_kind", "Campaign"),
        "international": lazy_pgettext("source_kind", "International organisation"),
        "research": lazy_pgettext("source_kind", "Research"),
        "social": lazy_pgettext("source_kind", "Social media"),
        "archive": lazy_pgettext("source_kind", "Archive"),
        "law": lazy_pgettext("source_kind", "Text of the law"),
        "unknown": lazy_pgettext("source_kind", "Kind not known"),
    },
    "actor": {
        "authorised_body": lazy_pgettext("actor", "Authorised body"),
        "citizens": lazy_pgettext("actor", "Citizens"),
        "applicant": lazy_pgettext("actor", "Applicant"),
        "reviewing_body": lazy_pgettext("actor", "Reviewing body"),
        "competent_body": lazy_pgettext("actor", "Competent body"),
        "head": lazy_pgettext("actor", "Head of the reviewing body"),
        "complaint_body": lazy_pgettext("actor", "Body that reviews complaints"),
    },
    "author_kind": {
        "person": lazy_pgettext("author_kind", "Person"),
        "organisation": lazy_pgettext("author_kind", "Organisation"),
    },
    "title_role": {
        "official": lazy_pgettext("title_role", "Official title"),
        "state_rendering": lazy_pgettext("title_role", "As state bodies cite it"),
        "press": lazy_pgettext("title_role", "As the press cites it"),
        "opponents_label": lazy_pgettext("title_role", "What opponents call it"),
        "ours": lazy_pgettext("title_role", "Our wording"),
    },
    "addressee_role": {
        "addressee": lazy_pgettext("addressee_role", "Addressee"),
        "forwarded_by": lazy_pgettext("addressee_role", "Forwarded by"),
        "decides": lazy_pgettext("addressee_role", "Decides"),
        "named_in_petition": lazy_pgettext("addressee_role", "Named in the petition"),
    },
    "qualifier": {
        "exact": lazy_pgettext("qualifier", "Exactly"),
        "at_least": lazy_pgettext("qualifier", "At least"),
        "about": lazy_pgettext("qualifier", "About"),
        "fewer_than": lazy_pgettext("qualifier", "Fewer than"),
        "more_than": lazy_pgettext("qualifier", "More than"),
    },
    "meeting_kind": {
        "working_group": lazy_pgettext("meeting_kind", "Sitting of the working group"),
        "site_visit": lazy_pgettext("meeting_kind", "Site visit"),
        "public_discussion": lazy_pgettext("meeting_kind", "Public discussion"),
        "working_group_and_public_discussion": lazy_pgettext(
            "meeting_kind", "Sitting of the working group and public discussion"
        ),
    },
    "norm_kind": {
        "constitution": lazy_pgettext("norm_kind", "Constitution"),
        "code": lazy_pgettext("norm_kind", "Code"),
        "law": lazy_pgettext("norm_kind", "Law"),
        "decree": lazy_pgettext("norm_kind", "Decree"),
        "by_law": lazy_pgettext("norm_kind", "By-law"),
        "treaty": lazy_pgettext("norm_kind", "International treaty"),
        "soft_law": lazy_pgettext("norm_kind", "Recommendation without binding force"),
        "ruling": lazy_pgettext("norm_kind", "Court ruling"),
    },
    "direction": {
        "for": lazy_pgettext("direction", "Cited in support of the petition"),
        "against": lazy_pgettext("direction", "Cited against the petition"),
        "government": lazy_pgettext("direction", "Cited by state bodies"),
        "context": lazy_pgettext("direction", "Cited as context"),
        "user_risk": lazy_pgettext("direction", "Cited as a risk for those who write or speak"),
        "remedy": lazy_pgettext("direction", "Cited as a remedy"),
    },
    "says_by": {
        "law": lazy_pgettext("says_by", "Read in the text of the act"),
        "source": lazy_pgettext("says_by", "As the source cites it; the text of the act was not read"),
    },
    "directory_section": {
        "channels": lazy_pgettext("directory_section", "Channels for petitions and appeals"),
        "bodies": lazy_pgettext("directory_section", "State bodies"),
        "international": lazy_pgettext("directory_section", "International bodies"),
        "registers": lazy_pgettext("directory_section", "Registers and sources of law"),
        "remedies": lazy_pgettext("directory_section", "Remedies"),
    },
    "body_level": {
        "president": lazy_pgettext("body_level", "President"),
        "government": lazy_pgettext("body_level", "Government"),
        "central": lazy_pgettext("body_level", "Central state body"),
        "parliament": lazy_pgettext("body_level", "Parliament"),
        "court": lazy_pgettext("body_level", "Court"),
        "independent": lazy_pgettext("body_level", "Independent state body"),
        "local": lazy_pgettext("body_level", "Local body"),
        "international": lazy_pgettext("body_level", "International body"),
        "other": lazy_pgettext("body_level", "Other body"),
    },
    "organisation_kind": {
        "public_association": lazy_pgettext("organisation_kind", "Public association"),
        "public_foundation": lazy_pgettext("organisation_kind", "Public foundation"),
        "private_foundation": lazy_pgettext("organisation_kind", "Private foundation"),
        "international": lazy_pgettext("organisation_kind", "International organisation"),
        "centre": lazy_pgettext("organisation_kind", "Centre"),
        "movement": lazy_pgettext("organisation_kind", "Movement"),
        "other": lazy_pgettext("organisation_kind", "Other organisation"),
    },
    "contradiction_state": {
        "open": lazy_pgettext("contradiction_state", "Not settled"),
        "resolved": lazy_pgettext("contradiction_state", "Settled"),
        "gap": lazy_pgettext("contradiction_state", "Information is missing"),
    },
    "follow_up_kind": {
        "undertaken": lazy_pgettext("follow_up_kind", "Undertaken"),
        "reported": lazy_pgettext("follow_up_kind", "Reported"),
        "related_act": lazy_pgettext("follow_up_kind", "Related act"),
        "statement": lazy_pgettext("follow_up_kind", "Statement"),
    },
    "communication_kind": {
        "joint_communication": lazy_pgettext("communication_kind", "Joint letter of UN experts"),
        "state_reply": lazy_pgettext("communication_kind", "Reply of the State"),
        "press_release": lazy_pgettext("communication_kind", "Press release"),
        "parliamentary_answer": lazy_pgettext("communication_kind", "Answer to members of Parliament"),
        "other": lazy_pgettext("communication_kind", "Other letter"),
    },
    "statement_about": {
        "demands": lazy_pgettext("statement_about", "On the demands"),
        "decision": lazy_pgettext("statement_about", "On the decision"),
        "signatures": lazy_pgettext("statement_about", "On the signatures"),
        "other": lazy_pgettext("statement_about", "On something else"),
    },
    "action": {
        "petition.added": lazy_pgettext("action", "Petition added"),
        "petition.corrected": lazy_pgettext("action", "Petition’s record corrected"),
        "sources.added": lazy_pgettext("action", "Source added"),
        "sources.corrected": lazy_pgettext("action", "Source corrected"),
        "regions.added": lazy_pgettext("action", "Region added"),
        "regions.corrected": lazy_pgettext("action", "Region corrected"),
        "bodies.added": lazy_pgettext("action", "Body added"),
        "bodies.corrected": lazy_pgettext("action", "Body corrected"),
        "organisations.added": lazy_pgettext("action", "Organisation added"),
        "organisations.corrected": lazy_pgettext("action", "Organisation corrected"),
        "norms.added": lazy_pgettext("action", "Norm added"),
        "norms.corrected": lazy_pgettext("action", "Norm corrected"),
        "directory.added": lazy_pgettext("action", "Directory entry added"),
        "directory.corrected": lazy_pgettext("action", "Directory entry corrected"),
        "contradictions.added": lazy_pgettext("action", "Contradiction added"),
        "contradictions.corrected": lazy_pgettext("action", "Contradiction corrected"),
        "register.rebuilt": lazy_pgettext("action", "Derived data computed anew"),
        "personal.erased": lazy_pgettext("action", "Personal data erased"),
    },
    "filter": {
        "stage": lazy_pgettext("filter", "Stage"),
        "outcome": lazy_pgettext("filter", "Outcome"),
        "body": lazy_pgettext("filter", "Body"),
        "level": lazy_pgettext("filter", "Level"),
        "region": lazy_pgettext("filter", "Region"),
        "year": lazy_pgettext("filter", "Year"),
        "platform": lazy_pgettext("filter", "Platform"),
        "q": lazy_pgettext("filter", "Words in the title"),
        "sort": lazy_pgettext("filter", "Order"),
    },
    "sort": {
        "changed": lazy_pgettext("sort", "Latest events first"),
        "due": lazy_pgettext("sort", "Nearest last day first"),
        "votes": lazy_pgettext("sort", "Most signatures first"),
        "number": lazy_pgettext("sort", "By number"),
    },
}
"""Words by table and code."""
