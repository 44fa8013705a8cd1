"""The audit chain in public: the last hash of each day, and the chain itself, for anybody to check."""

import zlib
from collections.abc import Iterable, Iterator

from flask import Response, jsonify, render_template, request, stream_with_context
from flask.typing import ResponseReturnValue

from portal import clock
from portal.services import audit, audit_check, changes
from portal.services.audit_roots import hash_at, roots
from portal.web import query
from portal.web.compression import GZIP
from portal.web.public import bp, root

ON_A_PAGE = 100
LARGEST_SEQUENCE = 2**31 - 1
CHUNK = 65_536
"""Characters that are sent at once."""

SECONDS = 60
AS_GZIP = 31
"""What tells zlib to write a gzip file."""


@bp.get("/audit")
def audit_roots() -> ResponseReturnValue:
    """Show the last hash of the chain, and that of each day."""
    asked = query.read({"before"})
    before = query.day(asked["before"]) if "before" in asked else None
    found = roots(before=before, limit=ON_A_PAGE + 1)
    sequence, head = audit.head()
    return render_template(
        "public/audit.html",
        roots=found[:ON_A_PAGE],
        following=found[ON_A_PAGE - 1].day if len(found) > ON_A_PAGE else None,
        before=before,
        sequence=sequence,
        head=head,
        ended_at=changes.instant_of(sequence) if sequence else None,
        today=clock.today(),
    )


@root.get("/audit/roots.txt")
def roots_as_text() -> ResponseReturnValue:
    """Give the last entry of each day as lines: the day, the number, the hash."""
    query.read(())
    return _open_to_all(Response("".join(f"{each.line()}\n" for each in roots()), mimetype="text/plain"))


@root.get("/audit/roots.json")
def roots_as_json() -> ResponseReturnValue:
    """Give the head and the last entry of each day to machines."""
    query.read(())
    sequence, head = audit.head()
    today = clock.today()
    days = [
        {"day": each.day.isoformat(), "sequence": each.sequence, "hash": each.hash, "is_over": each.day < today}
        for each in roots()
    ]
    return _open_to_all(jsonify(head={"sequence": sequence, "hash": head}, days=days))


@root.get("/audit/chain.jsonl")
def chain() -> ResponseReturnValue:
    """Give the chain, an entry a line, from one number to another; what was given once is the same for ever."""
    asked = query.read({"since", "until"})
    last, head = audit.head()
    since = query.number("since", asked["since"], most=LARGEST_SEQUENCE) if "since" in asked else 0
    until = query.number("until", asked["until"], most=LARGEST_SEQUENCE) if "until" in asked else last
    until = min(until, last)
    zipped = request.accept_encodings[GZIP] > 0
    chunks = _chunks(audit_check.exported(since, until))
    body = _zipped(chunks) if zipped else chunks
    answer = Response(stream_with_context(body), mimetype="application/jsonl")
    answer.set_etag(f"{since}-{until}-{head[:16] if until == last else hash_at(until)[:16]}", weak=True)
    answer.headers["Cache-Control"] = f"public, max-age={SECONDS}"
    answer.vary.add("Accept-Encoding")
    if zipped:
        answer.content_encoding = GZIP
    return _open_to_all(answer).make_conditional(request)


def _chunks(lines: Iterable[str]) -> Iterator[bytes]:
    held: list[str] = []
    size = 0
    for line in lines:
        held.append(f"{line}\n")
        size += len(line)
        if size >= CHUNK:
            yield "".join(held).encode("ascii")
            held, size = [], 0
    yield "".join(held).encode("ascii")


def _zipped(chunks: Iterable[bytes]) -> Iterator[bytes]:
    packer = zlib.compressobj(6, zlib.DEFLATED, AS_GZIP)
    for chunk in chunks:
        yield packer.compress(chunk)
    yield packer.flush()


def _open_to_all(answer: Response) -> Response:
    """Let pages of other sites read it too: whoever likes may build their own check."""
    answer.headers["Access-Control-Allow-Origin"] = "*"
    return answer
