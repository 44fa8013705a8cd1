"""What the rows of an import are, in words."""

from collections.abc import Mapping

from portal.i18n.locale import LazyText, lazy_pgettext

IMPORT_SECTIONS: Mapping[str, LazyText] = {
    "events": lazy_pgettext("import", "Events"),
    "counts": lazy_pgettext("import", "Reported counts"),
    "organisations": lazy_pgettext("import", "Organisations"),
    "sources": lazy_pgettext("import", "Sources"),
}
