"""A stand-in of the official portal's public interface, for tests and demonstrations, on loopback only.

Nobody here has seen a live answer of the official portal. What this answers follows public programs that read it
(early 2025) and, where they are silent, what such interfaces usually do. Every value is invented: names, texts, bodies,
the words of ``state``, ``source``, ``lang`` and ``orgType``, the lengths of terms. None of it is true of anybody.

``OfficialPortal`` answers over HTTP and keeps the truth about everything that it planted.
"""

from tests.official_portal.answers import ANSWER_TROUBLES
from tests.official_portal.portal import TROUBLES, OfficialPortal

__all__ = ["ANSWER_TROUBLES", "TROUBLES", "OfficialPortal"]
