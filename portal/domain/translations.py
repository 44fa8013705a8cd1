"""Which translations of a text no longer say what the original says."""

from collections.abc import Mapping, Sequence

from portal.domain.texts import Text


def stale_since(versions: Sequence[Text | None]) -> Mapping[str, int]:
    """Return the languages whose words stayed as they were when the original's changed, and in which version that was.

    ``versions`` are what a text said, the oldest first and the present one last. Only a text that was first said in a
    language has an original. A language that was changed in the same version, or since, is not stale.
    """
    now = versions[-1] if versions else None
    if now is None or now.original is None or now.original not in now.by_language:
        return {}
    corrected = _last_change(versions, now.original, corrected=True)
    if not corrected:
        return {}
    others = (lang for lang in now.by_language if lang != now.original)
    return {lang: corrected for lang in others if _last_change(versions, lang) < corrected}


def _last_change(versions: Sequence[Text | None], lang: str, *, corrected: bool = False) -> int:
    """Return the last version in which a language's words changed; 0 for none. Words that were added corrected none."""
    changed = 0
    for number in range(1, len(versions)):
        before, after = _words(versions[number - 1], lang), _words(versions[number], lang)
        if before != after and not (corrected and before is None):
            changed = number
    return changed


def _words(text: Text | None, lang: str) -> str | None:
    return None if text is None else text.by_language.get(lang)
