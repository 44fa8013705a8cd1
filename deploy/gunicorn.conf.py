"""How gunicorn serves the portal: on the loopback address, and without a trace of who reads what.

No line of its log holds an address of a reader, a query string or a User-Agent. There is no access
log, and the few messages in which gunicorn itself would quote a request are replaced.
"""

import os

from gunicorn.arbiter import Arbiter
from gunicorn.glogging import Logger
from gunicorn.workers.base import Worker


class PrivateLogger(Logger):
    """Gunicorn's logger, minus what a reader sent."""

    def warning(self, msg: str, *args: object, **kwargs: object) -> None:
        """Log a warning; of a malformed request, say only that there was one."""
        if msg.startswith("Invalid request from"):  # The address and the bytes follow.
            msg, args = "Refused a malformed request.", ()
        super().warning(msg, *args, **kwargs)

    def exception(self, msg: str, *args: object, **kwargs: object) -> None:
        """Log a failure with its traceback, but without the URL that led to it."""
        if isinstance(msg, str) and msg.startswith("Error handling request"):
            msg, args = "Error handling a request.", ()
        super().exception(msg, *args, **kwargs)


def post_worker_init(worker: Worker) -> None:
    """Print the address once: when the first worker has loaded the portal and can answer."""
    if worker.age == 1:
        print(f"Qadam: http://{bind}", flush=True)


def on_exit(server: Arbiter) -> None:
    """Leave the terminal on a line of its own after Ctrl-C."""
    if os.isatty(1):
        print()


# A front server, where there is one, runs on the same machine.
bind = f"127.0.0.1:{os.environ.get('PORT') or '8000'}"

# The portal is read once and the workers are forked from it: a quicker start, and less memory.
preload_app = True
worker_class = "gthread"
workers = int(os.environ.get("WEB_CONCURRENCY") or "2")
threads = 4

# Pages take milliseconds, so nothing is cut off; and Ctrl-C never waits longer than this for a
# worker that was stopped at an awkward moment.
graceful_timeout = 5

# A query string of any length reaches the portal, which refuses it in the reader's language;
# gunicorn's own refusal would be a bare English page. A front server caps the length for all.
limit_request_line = 0

accesslog = None
errorlog = "-"
loglevel = "warning"
logger_class = PrivateLogger

# The socket would lie in the home folder, where two servers of one person would share it.
control_socket_disable = True
