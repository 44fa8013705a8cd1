"""The words of the page "Before you file" that belong to a step of the way and not to a template."""

from collections.abc import Mapping

from portal.i18n.locale import LazyText, lazy_pgettext

CONDITIONS: Mapping[str, LazyText] = {
    "pre_moderation": lazy_pgettext("expected", "If the authorised body uses the whole term of the check."),
    "initial_support": lazy_pgettext(
        "expected",
        "If the direct link opens on the last day of the check. The law does not say when these days begin.",
    ),
    "conformity_check": lazy_pgettext(
        "expected",
        "Only if it is checked once more after the fiftieth citizen. The law lets the check begin at either point; "
        "by the portal’s own instruction it comes first.",
    ),
    "collection": lazy_pgettext(
        "expected",
        "If the petition is placed in open access on the last day: of the fifty citizens, or of the second check.",
    ),
    "forwarding": lazy_pgettext(
        "expected", "From here on nothing can be foreseen: every day that forwarding takes moves the days below."
    ),
    "registration": lazy_pgettext(
        "expected", "If the threshold is reached, and the petition forwarded, on the last day of collection."
    ),
    "review_central": lazy_pgettext("expected", "If the petition is registered on that day."),
    "review_local": lazy_pgettext("expected", "If the petition is registered on that day."),
    "decision_published": lazy_pgettext("expected", "If the decision is taken on the last day."),
    "subject_lock": lazy_pgettext(
        "expected",
        "If the decision is taken on the last day. Until this day the law bars a new petition on the same subject.",
    ),
}
"""On what condition the day of each step holds, by the key of the step."""

LEVEL_HINTS: Mapping[str, LazyText] = {
    "gov": lazy_pgettext("level", "A petition to a ministry has needed as many in practice."),
    "maslikhat_district": lazy_pgettext("level", "The population of the city or the district decides."),
    "akimat_district": lazy_pgettext(
        "level",
        "Also the akim’s office of a city district, a city of district significance, a settlement, a village or "
        "a rural okrug. The population of that unit decides.",
    ),
}
"""What a level means beyond its name, where its name does not say enough."""
