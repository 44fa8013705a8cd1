"""The words of the frame of a letters page, which the script finds on the page and changes for another language's."""

from collections.abc import Mapping, Sequence

from portal.i18n.locale import gettext, pgettext, speaking

NEUTRAL_SITES: Mapping[str, str] = {
    "kk": "https://kk.wikipedia.org/",
    "ru": "https://ru.wikipedia.org/",
    "en": "https://en.wikipedia.org/",
}
"""Where "Leave this page" leads: what anybody might have been reading."""


def frame_words(lang: str) -> Sequence[str]:
    """Return what the frame of a page says in a language, each text at the same place in every language."""
    with speaking(lang):
        return [*_header(), *_footer(), *_letters(), NEUTRAL_SITES[lang]]


def _header() -> Sequence[str]:
    return [
        gettext("Skip to the main part"),
        pgettext("navigation", "Main"),
        gettext("Petitions"),
        pgettext("navigation", "How it works"),
        gettext("Deadlines"),
        pgettext("navigation", "Before you file"),
        pgettext("navigation", "Write"),
        gettext("Where to turn"),
        gettext("An independent project. This is not the official portal."),
        gettext("Language"),
    ]


def _footer() -> Sequence[str]:
    return [
        pgettext("navigation", "More"),
        gettext("Bodies"),
        gettext("Working groups"),
        gettext("Organisations"),
        gettext("Campaigns"),
        gettext("Norms"),
        gettext("Sources"),
        gettext("Where sources disagree"),
        gettext("Changes"),
        gettext("Corrections"),
        gettext("About us"),
        gettext("We keep no names of signers, no visitors’ addresses and no cookies."),
    ]


def _letters() -> Sequence[str]:
    return [
        pgettext("document", "Letter"),
        gettext("Leave this page"),
        gettext("at once: three times Shift"),
    ]
