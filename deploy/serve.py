"""Prepare files and database and serve, in one start of Python: `make run` is to be there again within seconds.

The same as ``deploy.prepare`` and then ``gunicorn -c deploy/gunicorn.conf.py wsgi:app``.
"""

import sys

from gunicorn.app.wsgiapp import run

from deploy import prepare
from portal.db import db
from wsgi import app


def main() -> None:
    """Prepare, let go of the database, and become the server."""
    prepare.main()
    with app.app_context():
        db.session.remove()
        db.engine.dispose()  # A connection must not be shared by the workers that are forked from here.
    sys.argv = ["gunicorn", "-c", "deploy/gunicorn.conf.py", "wsgi:app"]
    run()


if __name__ == "__main__":
    main()
