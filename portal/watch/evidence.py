"""What was read, kept as evidence: one exchange as a WARC file, without inline files and names, and saying so."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from io import BytesIO
from uuid import NAMESPACE_URL, uuid5

from urllib3.util import parse_url
from warcio.recordloader import ArcWarcRecord
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from portal.watch.interface import VERSION
from portal.watch.transport import Answer

WHAT_IS_MISSING = (
    "Fields that name a person or say how to reach one, and the text of files within the answer (fileData), were"
    " removed before anything was kept. The body is what remained, written as JSON without spaces; every digest is of"
    " that. Headers of the answer that say nothing of it, cookies among them, were left out. Where the status is not"
    " 200, the body was not kept."
)
SHOWN = ("content-type", "date", "etag", "last-modified", "server", "age", "cache-control")


@dataclass(frozen=True, slots=True)
class Exchange:
    """One request and its answer. ``body`` is what remained of the answer's, ``removed`` where the names stood."""

    url: str
    answer: Answer
    body: bytes
    removed: Iterable[str] = ()


def warc_of(exchange: Exchange) -> bytes:
    """Return the file: the same exchange gives the same bytes."""
    out = BytesIO()
    writer = WARCWriter(out, gzip=True, warc_version="WARC/1.1")
    make = _Maker(writer, exchange)
    for record in (make.about(), make.request(), make.response(), make.removed()):
        writer.write_record(record)
    return out.getvalue()


class _Maker:
    def __init__(self, writer: WARCWriter, exchange: Exchange) -> None:
        self._writer, self._exchange = writer, exchange
        self._at = exchange.answer.at.astimezone(UTC)
        self._digest = sha256(exchange.body).hexdigest()

    def _id(self, part: str) -> str:
        seed = f"{self._exchange.url} {_micros(self._at)} {self._exchange.answer.status} {self._digest} {part}"
        return f"<urn:uuid:{uuid5(NAMESPACE_URL, seed)}>"

    def _record(
        self, kind: str, payload: bytes, more: Mapping[str, str], http: StatusAndHeaders | None = None
    ) -> ArcWarcRecord:
        named = {"WARC-Record-ID": self._id(kind), "WARC-Date": self._at.strftime("%Y-%m-%dT%H:%M:%SZ"), **more}
        uri = "" if kind == "warcinfo" else self._exchange.url
        return self._writer.create_warc_record(
            uri, kind, payload=BytesIO(payload), length=len(payload), warc_headers_dict=named, http_headers=http
        )

    def about(self) -> ArcWarcRecord:
        """What made the file, and what it leaves out."""
        fields = {"software": f"Qadam/{VERSION}", "format": "WARC File Format 1.1", "description": WHAT_IS_MISSING}
        return self._record("warcinfo", _lines(fields.items()), {})

    def request(self) -> ArcWarcRecord:
        """What was asked, with the headers that we sent."""
        parts = parse_url(self._exchange.url)
        headers = [("Host", parts.netloc or ""), *self._exchange.answer.sent.items()]
        line = StatusAndHeaders(f"GET {parts.request_uri} HTTP/1.1", headers, is_http_request=True)
        return self._record("request", b"", {"WARC-Concurrent-To": self._id("response")}, line)

    def response(self) -> ArcWarcRecord:
        """What was answered, as much of it as is kept."""
        answer = self._exchange.answer
        headers = [(name.title(), answer.headers[name]) for name in SHOWN if name in answer.headers]
        headers.append(("Content-Length", str(len(self._exchange.body))))
        line = StatusAndHeaders(f"{answer.status} {answer.reason}".strip(), headers, protocol="HTTP/1.1")
        more = {"WARC-Payload-Digest": f"sha256:{self._digest}"}
        return self._record("response", self._exchange.body, more, line)

    def removed(self) -> ArcWarcRecord:
        """Where something was taken out of the answer: the names of fields and the sizes of files."""
        lines = [("removed-field", path) for path in self._exchange.removed]
        lines += [("removed-inline-file-bytes", str(size)) for size in self._exchange.answer.dropped]
        about = [("digest-is-of", "the body without what was removed"), ("sha256", self._digest)]
        return self._record("metadata", _lines(about + lines), {"WARC-Concurrent-To": self._id("response")})


def _micros(at: datetime) -> str:
    return at.isoformat(timespec="microseconds")


def _lines(fields: Iterable[tuple[str, str]]) -> bytes:
    return "".join(f"{name}: {' '.join(value.split())}\r\n" for name, value in fields).encode()
