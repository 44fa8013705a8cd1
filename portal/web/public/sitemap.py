"""What crawlers ask for: every public address in three languages, and what they may read."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any
from xml.sax.saxutils import quoteattr  # nosec B406  # it quotes what is written; no XML is read

from flask import Response, abort, current_app, url_for
from flask.typing import ResponseReturnValue
from markupsafe import escape

from portal import clock
from portal.domain.texts import LANGUAGES
from portal.i18n.locale import DEFAULT
from portal.services import campaigns, changes, civil_society, library
from portal.services.needs import needs
from portal.web import query
from portal.web.meta import LANGUAGE_CHOICE, public_address
from portal.web.public import root
from portal.web.public.campaigns import withheld_of

IN_A_PART = 5000
"""Petitions. Each has an address a language: fifteen thousand, of the fifty that a part may hold, and eleven megabytes
of fifty. A petition stays in its part, since parts are cut by number."""

HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">\n'
)
INDEX = '<?xml version="1.0" encoding="UTF-8"?>\n<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'

ROBOTS = """\
User-agent: *
Allow: /
# What a reader looked for is nobody's page; nor is each place to which a long list can be turned.
Disallow: /*?*q=
Disallow: /*?*after=
Disallow: /*?*before=

Sitemap: {sitemap}
"""


@root.get("/robots.txt")
def robots() -> ResponseReturnValue:
    """Let everybody read every page, and name the list of them."""
    query.read(())
    return Response(ROBOTS.format(sitemap=public_address(url_for("root.sitemap"))), mimetype="text/plain")


@root.get("/sitemap.xml")
def sitemap() -> ResponseReturnValue:
    """List the parts of the list of addresses."""
    query.read(())
    paths = [url_for("root.sitemap_of_pages")]
    parts = -(-changes.greatest_number() // IN_A_PART)
    paths += [url_for("root.sitemap_of_petitions", part=part) for part in range(1, parts + 1)]
    listed = "".join(f"<sitemap><loc>{escape(public_address(path))}</loc></sitemap>\n" for path in paths)
    return _xml(f"{INDEX}{listed}</sitemapindex>\n")


@root.get("/sitemap-pages.xml")
def sitemap_of_pages() -> ResponseReturnValue:
    """List the pages that are no petitions: those without a parameter, each need, body, norm, organisation, group."""
    query.read(())
    pages = [*_plain_pages(), *_library_pages()]
    return _xml("".join((HEAD, *(_urls(endpoint, named) for endpoint, named in pages), "</urlset>\n")))


@root.get("/sitemap-petitions-<int:part>.xml")
def sitemap_of_petitions(part: int) -> ResponseReturnValue:
    """List the petitions of one part, each with when its record last changed."""
    query.read(())
    if not 1 <= part <= -(-changes.greatest_number() // IN_A_PART):
        abort(404)
    rows = changes.petitions_changed((part - 1) * IN_A_PART + 1, part * IN_A_PART)
    return _xml("".join((HEAD, *_petition_urls(rows), "</urlset>\n")))


def _xml(text: str) -> Response:
    return Response(text, mimetype="application/xml")


def _plain_pages() -> Iterator[tuple[str, dict[str, Any]]]:
    """Return every page of the public that takes nothing but a language; files and calendars are no pages."""
    for rule in current_app.url_map.iter_rules():
        is_page = rule.endpoint.startswith("public.") and "GET" in (rule.methods or ())
        if is_page and rule.arguments == {"lang"} and "." not in rule.rule:
            yield rule.endpoint, {}


def _library_pages() -> Iterator[tuple[str, dict[str, Any]]]:
    for need in needs():
        yield "public.directory", {"need": need.key}
    for body in library.bodies():
        yield "public.body", {"body_id": body.id}
    for norm in library.all_norms():
        yield "public.norm", {"alias": norm.id}
    for organisation in civil_society.organisations():
        yield "public.organisation", {"organisation_id": organisation.id}
    for campaign, _ in campaigns.shown(clock.today(), withheld_of(current_app)):
        yield "public.campaign", {"campaign_id": campaign.id}
    for petition, _ in civil_society.working_groups():
        yield "public.working_group", {"number": petition.number}


def _urls(endpoint: str, named: dict[str, Any]) -> str:
    paths = {lang: url_for(endpoint, **named, lang=lang) for lang in LANGUAGES}
    other = url_for(LANGUAGE_CHOICE) if endpoint == "public.home" else paths[DEFAULT]
    return _entries({lang: public_address(path) for lang, path in paths.items()}, public_address(other))


def _petition_urls(rows: Iterable[tuple[int, datetime]]) -> Iterator[str]:
    """Return the entries of petitions. Their addresses are made from one pattern: url_for takes its time."""
    pattern = {lang: public_address(url_for("public.petition", lang=lang, number=0)) for lang in LANGUAGES}
    stems = {lang: address.removesuffix("0") for lang, address in pattern.items()}
    for number, at in rows:
        addresses = {lang: f"{stem}{number}" for lang, stem in stems.items()}
        yield _entries(addresses, addresses[DEFAULT], at)


def _entries(addresses: dict[str, str], other: str, at: datetime | None = None) -> str:
    """Return the entry of a page in each language; all of them name each other."""
    links = "".join(
        f'<xhtml:link rel="alternate" hreflang="{lang}" href={quoteattr(address)}/>'
        for lang, address in [*addresses.items(), ("x-default", other)]
    )
    changed = f"<lastmod>{at.isoformat(timespec='seconds')}</lastmod>" if at is not None else ""
    return "".join(f"<url><loc>{escape(each)}</loc>{changed}{links}</url>\n" for each in addresses.values())
