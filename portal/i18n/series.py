"""The words for series of counts: what stands out in a curve, and why nothing is said of the day of the threshold."""

from collections.abc import Mapping

from portal.i18n.locale import LazyText, lazy_gettext, lazy_pgettext

SERIES: Mapping[str, Mapping[str, LazyText]] = {
    "mark_kind": {
        "step": lazy_pgettext("mark_kind", "Step"),
        "plateau": lazy_pgettext("mark_kind", "Plateau"),
        "fall": lazy_pgettext("mark_kind", "Fall"),
        "night": lazy_pgettext("mark_kind", "Run at night"),
    },
    "silence_code": {
        "too_short": lazy_gettext("The series is too short to say when the threshold may be reached."),
        "too_few": lazy_gettext("Too few signatures came lately to say when the threshold may be reached."),
        "gap": lazy_gettext("A gap in the series hides too much to say when the threshold may be reached."),
        "reached": lazy_gettext("The threshold has been reached."),
        "ended": lazy_gettext("The time for collecting signatures is over."),
        "unclear": lazy_gettext("The curve is too irregular to say when the threshold may be reached."),
    },
    "opened_by": {
        "record": lazy_gettext("Days are counted from the day of publication, as the record has it."),
        "series": lazy_gettext(
            "The day of publication is not known: days are counted from the first day of the series."
        ),
    },
}
"""Every code by its table."""
