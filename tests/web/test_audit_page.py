"""The audit chain in public: roots, the chain to download, and the script of the docs run on both."""

import gzip
import re
import subprocess
import sys
from datetime import UTC, datetime

import pytest

from portal import clock
from portal.db import db, writing
from portal.services import audit, audit_roots
from portal.settings import ROOT

DOCS = ROOT / "docs" / "audit.md"


def checked(chain, *roots):
    """Run the script of the docs on a chain with the roots that somebody kept."""
    (script,) = re.findall(r"^```python\n(.*?)^```$", DOCS.read_text("utf-8"), re.DOTALL | re.MULTILINE)
    return subprocess.run(
        [sys.executable, "-I", "-c", script, *roots],
        input=chain,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def test_the_page_gives_the_head_and_leads_to_all_that_a_check_needs(client):
    page = client.get("/en/audit").text
    last, head = client.get("/audit/roots.txt").text.splitlines()[0].split()[1:]
    assert head in page
    assert f'href="/en/changes/{last}"' in page
    for path in ("/audit/chain.jsonl", "/audit/roots.txt", "/audit/roots.json", "/en/changes/how-to-check"):
        assert f'href="{path}"' in page
        assert client.get(path).status_code == 200
    for path in ("/en/changes", "/en/changes/how-to-check"):
        assert 'href="/en/audit"' in client.get(path).text


@pytest.mark.slow
def test_the_script_of_the_docs_checks_the_download_against_the_roots(client):
    chain = client.get("/audit/chain.jsonl").text
    roots = [line.split()[2] for line in client.get("/audit/roots.txt").text.splitlines()]
    assert roots
    whole = checked(chain, *roots)
    assert whole.stdout.startswith("The chain is whole: ")
    assert whole.returncode == 0
    lines = chain.splitlines(keepends=True)
    cut = checked("".join(lines[:-1]), *roots)
    assert cut.returncode == 1
    assert cut.stderr.strip() == f"No entry has the hash {roots[0]}."
    without_roots = checked("".join(lines[:-1]))
    assert without_roots.returncode == 0  # Which is why roots are published, and should be kept.
    broken = checked("".join(lines[:40] + lines[41:]))
    assert broken.stderr.strip() == "The chain breaks at entry 41."


def test_whoever_has_a_part_fetches_the_rest(client):
    whole = client.get("/audit/chain.jsonl").text
    first, rest = (client.get(f"/audit/chain.jsonl?{asked}").text for asked in ("until=600", "since=600"))
    assert first + rest == whole
    assert client.get("/audit/chain.jsonl?since=600&until=602").text.count("\n") == 2
    assert client.get("/audit/chain.jsonl?since=99999999").text == ""


@pytest.mark.parametrize("asked", ["since=x", "until=-1", "since=1e3", "from=1", f"since={10**20}"])
def test_a_part_that_cannot_be_is_refused(client, asked):
    assert client.get(f"/audit/chain.jsonl?{asked}").status_code == 400


def test_the_chain_is_sent_in_pieces_compressed_and_not_twice(client):
    plain = client.get("/audit/chain.jsonl")
    assert plain.mimetype == "application/jsonl"
    assert "Set-Cookie" not in plain.headers
    assert plain.headers["Access-Control-Allow-Origin"] == "*"
    packed = client.get("/audit/chain.jsonl", headers={"Accept-Encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.data) == plain.data
    assert len(packed.data) < len(plain.data) / 4
    again = client.get("/audit/chain.jsonl", headers={"If-None-Match": plain.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    part, same = (client.get("/audit/chain.jsonl?until=9").headers["ETag"] for _ in range(2))
    assert part == same != plain.headers["ETag"]


def test_roots_for_machines_say_whether_their_day_is_over(client):
    answer = client.get("/audit/roots.json")
    assert "Set-Cookie" not in answer.headers
    assert answer.headers["ETag"] == client.get("/audit/roots.json").headers["ETag"]
    found = answer.json
    assert found["head"]["hash"] == found["days"][0]["hash"]
    assert [day["is_over"] for day in found["days"][1:]] == [True] * (len(found["days"]) - 1)
    lines = [f"{day['day']} {day['sequence']} {day['hash']}" for day in found["days"]]
    assert client.get("/audit/roots.txt").text.splitlines() == lines


@pytest.mark.slow
def test_the_days_follow_each_other_page_by_page(empty, monkeypatch):
    for number in range(130):
        at = datetime.fromtimestamp(1_790_000_000 + number * 86_400, UTC)
        monkeypatch.setattr(clock, "now", lambda at=at: at)
        with writing():
            audit.append("event.recorded", "petition/1", by="register")
    db.session.remove()
    client = empty.test_client()
    seen: list[str] = []
    address: str | None = "/kk/audit"
    while address:
        page = client.get(address).text
        seen += re.findall(r"<code class=\"hash\">([0-9a-f]{64})</code></li>", page)
        following = re.search(r'<a rel="next" href="([^"]+)"', page)
        address = following[1] if following else None
    assert seen == [root.hash for root in audit_roots.roots()]
    assert len(seen) == 130


@pytest.mark.parametrize("asked", ["before=x", "before=2026-02-30", "year=2026"])
def test_a_page_of_roots_that_cannot_be_is_refused(client, asked):
    assert client.get(f"/ru/audit?{asked}").status_code == 400


def test_an_empty_portal_says_that_there_are_no_entries(empty):
    db.session.remove()
    client = empty.test_client()
    assert "No entries." in client.get("/en/audit").text
    assert client.get("/audit/chain.jsonl").data == b""
    assert client.get("/audit/roots.txt").data == b""
