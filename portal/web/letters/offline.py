"""The drafting page as a file for a disk, made by ``python -m deploy.build_letters``, with its check sum."""

from collections.abc import Mapping
from functools import cache

from flask import Blueprint, Response, abort
from flask.typing import ResponseReturnValue

from portal.domain.texts import LANGUAGES
from portal.settings import ROOT
from portal.web.letters import ANSWERED, refuse_names
from portal.web.letters.policy import HEADERS

FOLDER = ROOT / "static" / "offline"

bp = Blueprint("offline", __name__)
bp.before_request(refuse_names)


@bp.route("/offline/letter-<string(length=2):lang>.html", methods=ANSWERED)
def page(lang: str) -> ResponseReturnValue:
    """Give the file of a language, to be saved: opened from our server it would not be offline."""
    return _saved(f"letter-{lang}.html", "text/html; charset=utf-8")


@bp.route("/offline/letter-<string(length=2):lang>.html.sha256", methods=ANSWERED)
def check_sum(lang: str) -> ResponseReturnValue:
    """Give the check sum of the file, as ``sha256sum -c`` reads it."""
    return _saved(f"letter-{lang}.html.sha256", "text/plain; charset=utf-8")


def _saved(name: str, content_type: str) -> Response:
    path = FOLDER / name
    if not path.is_file():
        abort(404)
    answer = Response(path.read_bytes(), content_type=content_type)
    answer.headers.update(HEADERS)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@cache
def check_sums() -> Mapping[str, str]:
    """Return the check sum of each file that there is, by language."""
    paths = {lang: FOLDER / f"letter-{lang}.html.sha256" for lang in LANGUAGES}
    return {lang: path.read_text().split()[0] for lang, path in paths.items() if path.is_file()}
