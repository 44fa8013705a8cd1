"""Who may open what at the desk: read from the application itself, so that no new route is forgotten."""

import pytest
from werkzeug.routing import IntegerConverter

from portal.domain.rights import RIGHTS, Right, Role
from portal.web.desk import access

pytestmark = pytest.mark.slow


def sample(rule, name):
    """Return something that stands for a part of an address."""
    if name == "lang":
        return "en"
    return 1 if isinstance(rule._converters[name], IntegerConverter) else "x"


def routes(app):
    return [rule for rule in app.url_map.iter_rules() if rule.endpoint.startswith("desk.")]


def test_every_route_of_the_desk_declares_a_right(served):
    for rule in routes(served):
        access.right_of(served.view_functions[rule.endpoint])


@pytest.mark.parametrize("who", [None, *Role])
def test_each_role_opens_what_its_rights_allow_and_nothing_else(desk, who):
    client = desk.client(who.value) if who else desk.app.test_client()
    allowed = RIGHTS[who] if who else frozenset()
    for rule in routes(desk.app):
        right = access.right_of(desk.app.view_functions[rule.endpoint])
        values = {name: sample(rule, name) for name in rule.arguments}
        with desk.app.test_request_context():
            path = desk.app.url_for(rule.endpoint, **values)
        for method in rule.methods - {"OPTIONS", "HEAD"}:
            answer = client.open(path, method=method)
            said = f"{who} {method} {path}: {answer.status_code}"
            if right is None:
                assert answer.status_code != 403, said
            elif who is None:
                assert answer.status_code == 303, said
                assert "/sign-in" in answer.headers["Location"], said
            elif right in allowed:
                assert answer.status_code not in (401, 403), said
                assert "/sign-in" not in answer.headers.get("Location", ""), said
            else:
                assert answer.status_code == 403, said


def test_the_desk_is_kept_nowhere_and_found_by_nobody(desk):
    page = desk.client("editor").get("/desk/en/")
    assert page.headers["Cache-Control"] == "no-store"
    assert page.headers["X-Robots-Tag"] == "noindex"


def test_public_pages_neither_read_nor_write_a_cookie(desk):
    client = desk.client("editor")
    page = client.get("/en/petitions/1")
    assert "Set-Cookie" not in page.headers
    assert "Cookie" not in page.headers.get("Vary", "")


def test_every_right_belongs_to_somebody():
    assert frozenset().union(*RIGHTS.values()) == frozenset(Right)
