"""Dates that cannot be in order, in words: for whoever records, never as an accusation."""

from portal.domain.order import Misplaced
from portal.i18n.formats import date_range
from portal.i18n.labels import label, within
from portal.i18n.locale import gettext


def sentence(found: Misplaced) -> str:
    """Return what cannot be, with both dates as they are recorded."""
    return gettext(
        "These dates are out of order: %(earlier)s (%(earlier_date)s) cannot come after %(later)s (%(later_date)s).",
        earlier=within(label(found.earlier)),
        earlier_date=date_range(found.earlier_when),
        later=within(label(found.later)),
        later_date=date_range(found.later_when),
    )
