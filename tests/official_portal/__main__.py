"""Start the stand-in from the command line; it ends by itself."""

import argparse
import time
from datetime import datetime

from tests.official_portal.clock import ALMATY
from tests.official_portal.portal import TROUBLES, OfficialPortal


def arguments() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.official_portal", description="A stand-in of the official portal"
    )
    parser.add_argument("--port", type=int, default=8100)
    parser.add_argument("--petitions", type=int, default=3000, help="how many there are at the start")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--speed", type=float, default=60, help="how many times as fast as the wall clock its time runs"
    )
    parser.add_argument(
        "--start", type=datetime.fromisoformat, help="when its time begins (Almaty time); by default now"
    )
    parser.add_argument("--troubles", default="none", help=f"all, none, or names with commas: {', '.join(TROUBLES)}")
    parser.add_argument(
        "--for", type=float, default=3600, dest="lasts", metavar="SECONDS", help="when it ends by itself"
    )
    parser.add_argument("--tell", action="store_true", help="also print everything that is planted, with its time")
    return parser.parse_args()


def main() -> None:
    """Answer until the time is over."""
    given = arguments()
    start = time.time() if given.start is None else given.start.replace(tzinfo=given.start.tzinfo or ALMATY)
    portal = OfficialPortal(
        given.petitions,
        seed=given.seed,
        troubles=given.troubles,
        start=start,
        speed=given.speed,
        port=given.port,
        retry_after=max(1, int(60 / max(given.speed, 1))),
    )
    with portal:
        print(portal.url, flush=True)
        if given.tell:
            print(*portal.truth.told(), sep="\n", flush=True)
        time.sleep(given.lasts)


if __name__ == "__main__":
    main()
