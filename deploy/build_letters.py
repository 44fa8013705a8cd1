"""Make the blanks and the file that drafts letters without a network: ``python -m deploy.build_letters``.

Both are committed: the portal serves them as they are. The same command gives the same bytes on any day and machine,
and a test holds the committed files to it.
"""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from deploy.letter_blanks import blanks
from deploy.letter_offline import offline_files
from portal import create_app
from portal.db import db
from portal.services import register
from portal.services.catalogue import REGISTER
from portal.settings import ROOT

BLANKS = ROOT / "static" / "letters"
OFFLINE = ROOT / "static" / "offline"


def main() -> None:
    """Write the files anew; what is no longer made is removed."""
    with record():
        replace(BLANKS, dict(blanks()))
        replace(OFFLINE, dict(offline_files()))


@contextmanager
def record() -> Iterator[None]:
    """Load the shipped register into a database of the moment."""
    with tempfile.TemporaryDirectory() as workshop:
        app = create_app({"database_url": f"sqlite:///{Path(workshop) / 'letters.sqlite'}", "cache_url": "none:"})
        with app.app_context():
            db.create_all()
            register.load(REGISTER)
            yield
            db.session.remove()
            db.engine.dispose()


def replace(folder: Path, files: dict[str, bytes]) -> None:
    """Let a folder hold these files and no others."""
    folder.mkdir(parents=True, exist_ok=True)
    for path in folder.iterdir():
        if path.name not in files:
            path.unlink()
    for name, content in files.items():
        (folder / name).write_bytes(content)


if __name__ == "__main__":
    main()
