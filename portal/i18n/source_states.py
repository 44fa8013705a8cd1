"""What somebody may find when they open a source, in words."""

from collections.abc import Mapping

from portal.i18n.locale import LazyText, lazy_pgettext

SOURCE_STATES: Mapping[str, LazyText] = {
    "works": lazy_pgettext("source_state", "Opens and says what the record cites"),
    "dead": lazy_pgettext("source_state", "Does not open"),
    "changed": lazy_pgettext("source_state", "Opens and says something else"),
    "unchecked": lazy_pgettext("source_state", "Nobody has tried it"),
}
