"""Being written."""

from collections.abc import Iterable

from portal.domain.letters import Line


def docx_of(lines: Iterable[Line]) -> bytes:
    """Return a letter as DOCX."""
    return b""
