"""Files that never change under their address: the address holds a digest of all of them.

A browser asks for each file once and keeps it for a year. Compressed copies are made ahead, by
``deploy.prepare``, into ``instance/static/<digest>``; without them the files are served as they are.
"""

import shutil
import tempfile
from functools import cache
from hashlib import sha256
from pathlib import Path
from wsgiref.headers import Headers

from flask import Flask, abort, current_app, redirect, url_for
from flask.typing import ResponseReturnValue
from whitenoise import WhiteNoise
from whitenoise.compress import Compressor

from portal.settings import ROOT
from portal.web.headers import HEADERS

FILES = ROOT / "static"
DIGITS = 12
FOR_A_YEAR = "public, max-age=31536000, immutable"

NOT_LINKED = frozenset({"letters", "offline"})
"""Folders whose files are given out by pages of their own, as they are: no copies are made of them."""

COPIES_KEPT = 3
"""Releases whose copies stay: a server of the release before may still be answering from its own."""


def digest_of(folder: Path) -> str:
    """Return what stands for the names and contents of all files below a folder."""
    found = sha256()
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        content = path.read_bytes()
        found.update(f"{path.relative_to(folder).as_posix()}\0{len(content)}\0".encode())
        found.update(content)
    return found.hexdigest()[:DIGITS]


@cache
def digest() -> str:
    """Return the digest of the files as they were when this process first asked."""
    return digest_of(FILES)


def address() -> str:
    """Return where the files stand on the site."""
    return f"/static/{digest()}"


def init(app: Flask) -> None:
    """Serve the files before anything else is asked, from the compressed copies where there are any."""
    files = WhiteNoise(app.wsgi_app, add_headers_function=_set_headers, allow_all_origins=False)
    app.extensions["static"] = files
    files.add_files(str(FILES), address())
    _serve_copies(app)
    app.wsgi_app = files  # type: ignore[method-assign]
    app.add_url_rule(f"/static/<string(length={DIGITS}):_of>/<path:filename>", "static_of_another_release", _moved)


def prepare(app: Flask) -> None:
    """Make the compressed copies unless they are there, and serve from them from now on.

    Two servers may do so at once: each works in a folder of its own, and the first to finish names it.
    """
    home = Path(app.instance_path) / "static"
    ready = home / digest()
    if not ready.is_dir():
        home.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".new-", dir=home) as workshop:
            made = _compressed(Path(workshop) / "files")
            if not ready.is_dir():
                _name(made, ready)
    ready.touch()
    copies = sorted((path for path in home.iterdir() if path.name[0] != "."), key=lambda path: path.stat().st_mtime)
    for path in copies[:-COPIES_KEPT]:
        shutil.rmtree(path, ignore_errors=True)
    _serve_copies(app)


def _compressed(target: Path) -> Path:
    shutil.copytree(FILES, target)
    compressor = Compressor(quiet=True)
    for path in [path for path in target.rglob("*") if path.is_file()]:
        linked = path.relative_to(target).parts[0] not in NOT_LINKED
        if linked and compressor.should_compress(path.name):
            compressor.compress(str(path))
    return target


def _name(made: Path, ready: Path) -> None:
    try:
        made.rename(ready)
    except OSError:
        if not ready.is_dir():  # Otherwise somebody else was quicker, with the same files.
            raise


def _serve_copies(app: Flask) -> None:
    ready = Path(app.instance_path) / "static" / digest()
    if ready.is_dir():
        app.extensions["static"].add_files(str(ready), address())


def _set_headers(headers: Headers, _path: str, _url: str) -> None:
    headers["Cache-Control"] = FOR_A_YEAR
    headers["ETag"] = f'W/"{digest()}"'  # WhiteNoise would take the hour at which the file was copied.
    for name, value in HEADERS.items():
        headers[name] = value


def _moved(_of: str, filename: str) -> ResponseReturnValue:
    """Send a page of another release to the file as it is now, if there still is one."""
    here = url_for("static", filename=filename)
    if here not in current_app.extensions["static"].files:
        abort(404)
    return redirect(here)
