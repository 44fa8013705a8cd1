"""A reader that believes everything: for the tests of the stand-in, which the real reader shall not lean on."""

import json
from datetime import datetime
from http.client import HTTPConnection
from urllib.parse import urlsplit

from tests.official_portal.clock import ALMATY
from tests.official_portal.portal import PATH


def seconds_of(text):
    return datetime.fromisoformat(text).replace(tzinfo=ALMATY).timestamp()


class Reader:
    """Asks the stand-in over one connection, as far as that lasts."""

    def __init__(self, portal):
        self.portal = portal

    def ask(self, path, method="GET", **headers):
        """Return status, headers and body of an answer."""
        connection = HTTPConnection(urlsplit(self.portal.url).netloc, timeout=5)
        try:
            connection.request(method, PATH + path, headers={"User-Agent": "Test", **headers})
            answer = connection.getresponse()
            return answer.status, answer.headers, answer.read()
        finally:
            connection.close()

    def json(self, path, status=200):
        found, _, body = self.ask(path)
        assert found == status, (path, found)
        return json.loads(body)

    def rows(self, path, size=100):
        """Return all rows of a list, asking page after page."""
        found, page = [], 0
        while True:
            answer = self.json(f"{path}?size={size}&page={page}")
            found += answer["content"]
            if answer["last"]:
                return found
            page += 1
