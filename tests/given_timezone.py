"""The time-zone petition of 2024 as somebody enters it at the desk from its sources: data alone, in order.

What is said here is what ``portal/data/register/petitions/time-zone-2024.yaml`` says. Steps are forms by their address
below a petition's own, with what is typed into them; a browser and a test client can both play them.
"""

from dataclasses import dataclass
from typing import Any

STATISTICS = "https://www.digitalrights.asia/events/petition-website-statistics-in-kz/?lang_ui=en"
MAIL = "https://mail.kz/ru/news/kz-news/peticiya-s-trebovaniem-otmenit-perevod-vremeni-v-kazahstane-nabrala-tys-golosov"
INFORMBURO = (
    "https://informburo.kz/novosti/"
    "oficialnaya-peticiya-protiv-edinogo-casovogo-poyasa-v-kazaxstane-slabo-nabiraet-podpisi"
)
INASTANA = (
    "https://inastana.kz/amp/news/3788014/mintorgovli-rassmotrit-peticiu-ob-otmene-edinogo-casovogo-poasa-v-kazahstane"
)
DALA = (
    "https://dala-info.com/razvitie/item/"
    "178049-kogda-mogut-otmenit-edinyy-chasovoy-poyas-v-kazahstane-rasskazali-v-mintorgovli"
)
AZH = "https://azh.kz/ru/news/view/104706"
INTERFAX = "https://interfax.ru/world/974714"
TENGRI = "https://tengrinews.kz/news/perevod-vremeni-kazahstanets-podal-v-sud-na-ministerstvo-549573"
ENERGY = (
    "https://energy-city.kz/kazakhstan/inicziator-peticzii-vernem-vremya-obratno-nazad-obratilsya-k-glave-gosudarstva"
)
CARAVAN = "https://caravan.kz/news/stalo-izvestno-predvaritelnoe-reshenie-po-peticii-o-vozvrate-vremeni-1013948"
SMARTNEWS = (
    "https://smartnews.kz/news/"
    "11377-kazakstanda-uakytty-ozgertuden-bas-tartudy-talap-etken-petitsiyaga-50-myn-adam-kol-kojdy"
)

SOURCES = (
    {"id": STATISTICS, "publisher": "Eurasian Digital Foundation (digitalrights.asia)", "lang": "en", "kind": "ngo"},
    {"id": MAIL, "publisher": "mail.kz", "lang": "ru", "kind": "unknown"},
    {"id": INFORMBURO, "publisher": "informburo.kz", "kind": "press"},
    {"id": INASTANA, "publisher": "inastana.kz", "kind": "press"},
    {"id": DALA, "publisher": "dala-info.com", "kind": "press"},
    {"id": AZH, "publisher": "azh.kz", "lang": "ru", "kind": "press"},
    {"id": INTERFAX, "publisher": "interfax.ru", "kind": "press"},
    {"id": TENGRI, "publisher": "tengrinews.kz", "kind": "press"},
    {"id": ENERGY, "publisher": "energy-city.kz", "kind": "press"},
    {"id": CARAVAN, "publisher": "caravan.kz", "kind": "press"},
    {"id": SMARTNEWS, "publisher": "smartnews.kz", "kind": "press"},
)
"""The sources that the steps cite, as register files write them."""

BODY: dict[str, Any] = {
    "id": "mti",
    "names": {
        "kk": "Сауда және интеграция министрлігі",
        "ru": "Министерство торговли и интеграции",
        "en": "Ministry of Trade and Integration",
    },
    "level": "central",
}
"""The body that the petition is addressed to."""

PETITION = {"platform": "epetition.kz", "platform_confirmed": True, "level": "gov", "threshold": 50_000}
"""The petition's own columns."""

TITLE = {"lang": "ru", "text": "Вернуть время обратно назад", "role": "press"}
DEMAND = {
    "key": "d1",
    "kk": "2024 жылғы 1 наурызға дейінгі сағаттық белдеулерді қайтару",
    "ru": "Вернуть часовые пояса, действовавшие до 1 марта 2024 года",
    "en": "Restore the time zones used before 1 March 2024",
}


@dataclass(frozen=True)
class Step:
    """A form by its address below the petition's, what is typed into it, and whether a second person must confirm."""

    path: str
    entries: dict[str, str]
    needs_second: bool = False


def claim(place: int, day: str | None, source: str, **notes: str) -> dict[str, str]:
    """Return what is typed into one claim of a form; ``notes`` by language."""
    typed = {f"claims-{place}-note-{lang}": text for lang, text in notes.items()}
    return {f"claims-{place}-day": day or "", f"claims-{place}-cites-source": source, **typed}


STEPS = (
    Step(
        "event/published",
        {
            **claim(0, "20.04.2024", STATISTICS),
            **claim(1, "22.04.2024", MAIL, ru="Дата создания; она же в smartnews.kz."),
        },
    ),
    Step("event/term_reported", {"step": "collection", **claim(0, "04.11.2024", INFORMBURO)}),
    Step(
        "event/threshold_reached",
        {**claim(0, "07.06.2024", MAIL), **claim(1, "07.06.2024", INASTANA, ru="Вечером.", en="In the evening.")},
    ),
    Step("event/registered", claim(0, "07.06.2024", DALA, ru="Пресс-служба министерства.")),
    Step(
        "event/term_reported",
        {
            "step": "review",
            **claim(0, None, DALA, ru="День не назван."),
            "claims-0-wording-ru": "начало августа 2024 года",
        },
    ),
    Step(
        "group",
        {
            "chair-ru": "Кайрат Балыкбаев, вице-министр (назван председателем 2 августа)",
            "chair-en": "Kairat Balykbayev, vice-minister (named as chair on 2 August)",
            "cites-source": CARAVAN,
        },
    ),
    Step(
        "sitting",
        {
            "what": "working_group",
            "held": "yes",
            **claim(0, None, AZH),
            "note-en": "Two sittings before 2 August; the days are not given.",
        },
    ),
    Step(
        "sitting",
        {
            "what": "working_group",
            "held": "yes",
            **claim(0, None, ENERGY),
            "note-en": "According to the author, one sitting was chaired by Yerkin Abil, member of the Mazhilis.",
        },
    ),
    Step(
        "sitting",
        {
            "what": "public_discussion",
            "held": "yes",
            "notified": "29.07.2024",
            **claim(0, "02.08.2024", AZH),
            "place-ru": "Астана, зал «Астанагенплан», 09:00",
            "place-en": "Astana, Astanagenplan hall, 09:00",
        },
    ),
    Step(
        "decision",
        {
            "status": "preliminary",
            "when-day": "02.08.2024",
            "outcome": "refused",
            "stated_by-kk": "Сауда және интеграция министрлігі",
            "stated_by-ru": "Министерство торговли и интеграции",
            "stated_by-en": "Ministry of Trade and Integration",
            "legal_effect": "unknown",
            "demands-of_d1": "refused",
            "cites-source": INTERFAX,
            "cites-also": CARAVAN,
            "with_event": "y",
        },
        needs_second=True,
    ),
    Step(
        "decision",
        {
            "when-day": "02.08.2024",
            "outcome": "refused",
            "stated_by-kk": "соттың баспасөз қызметі",
            "stated_by-ru": "пресс-служба суда",
            "stated_by-en": "the court’s press office",
            "legal_effect": "unknown",
            "demands-of_d1": "refused",
            "cites-source": TENGRI,
            "with_event": "y",
        },
        needs_second=True,
    ),
)
"""From placement to refusal."""

KINDS = frozenset(
    {
        "published",
        "term_reported",
        "threshold_reached",
        "registered",
        "group_met",
        "discussion_notified",
        "discussion_held",
        "draft_announced",
        "decided",
    }
)
"""The kinds of event that the steps record; the register's own record holds more around the petition."""
