"""How the forecast and the marks of series do on simulated petitions, and how long they take. ``make bench`` runs it.

The seeds are neither those that the arithmetic was developed on nor those that the tests hold.
"""

import sys

from portal.domain.marks import MarkKind
from tests.series_figures import PLANTED, calibration, false_alarms, found, long_series, share_held, times
from tests.simulated_series import BENCHED_ON

EACH = 125
HONEST = 100
POINTS = 20_000


def print_calibration() -> bool:
    """Print how often the ranges held, by shape; whether it is as often as they claim."""
    crossing = calibration(BENCHED_ON, EACH)
    print(f"Forecast: {4 * EACH} simulated petitions that cross, each asked once at 20 to 80 % of the way")
    for shape, answers in crossing.answers.items():
        print(f"  {shape:<12} held {share_held(answers):4.0%}  {dict(sorted(answers.items()))}")
    print(f"  {'pooled':<12} held {crossing.held:4.0%}, silent {crossing.silent:.0%}")
    print(f"  a range is {crossing.width:.2f} times as wide as the wait, in the median")
    never = calibration(BENCHED_ON, EACH // 2, crosses=False).pooled
    print(f"  {never.total()} that never cross: {dict(sorted(never.items()))}")
    return 0.7 <= crossing.held <= 0.9


def print_marks() -> bool:
    """Print what was found and what was marked falsely; whether both are as promised."""
    looked, marked = false_alarms(BENCHED_ON, HONEST)
    print(f"Marks, false alarms per 100 of {looked} honest series:")
    for kind in MarkKind:
        print(f"  {kind:<12} {100 * marked[kind] / looked:.2f}")
    is_fine = marked.total() <= looked / 100
    for kind in PLANTED:
        planted, seen = found(kind, BENCHED_ON, HONEST // 2)
        print(f"  {kind:<12} found {seen} of {planted} planted ({seen / planted:.1%})")
        is_fine = is_fine and (kind is not MarkKind.STEP or seen >= 0.95 * planted)
    return is_fine


def print_times() -> bool:
    """Print how long each piece takes on a long series; whether all together stay under 200 ms."""
    spent = times(long_series(POINTS))
    print(f"Times on {POINTS:,} points: " + ", ".join(f"{name} {each:.0f} ms" for name, each in spent.items()))
    return sum(spent.values()) < 200


if __name__ == "__main__":
    sys.exit(0 if all([print_calibration(), print_marks(), print_times()]) else 1)
