"""How the forecast and the marks of series do on simulated petitions, and how long they take. ``make bench`` runs it.

Names of pieces (forecast, marks, times) run only these.

The seeds are neither those that the arithmetic was developed on nor those that the tests hold.
"""

import sys

from portal.domain.marks import MEASURED, MarkKind, Measured
from tests.series_figures import calibration, long_series, share_held, times, tried
from tests.simulated_series import BENCHED_ON, SHAPES

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
    """Print what was found and what was marked falsely; whether it is what pages say, and within what is promised."""
    figures = tried(BENCHED_ON, HONEST)
    with_step, steps_found, beside = figures.with_step
    print(f"Marks, told of {figures.series} honest series:")
    for kind in MarkKind:
        print(f"  {kind:<12} {figures.told[kind]}")
    for name, planted in figures.planted.items():
        seen = figures.found[name]
        print(f"  {name:<12} found {seen} of {planted} planted ({seen / planted:.1%}),", end=" ")
        print(f"told beside it: {dict(figures.beside[name])}")
    now = Measured(
        on=MEASURED.on,
        seeds=BENCHED_ON,
        shapes=SHAPES,
        series=figures.series,
        told={kind: figures.told[kind] for kind in MarkKind},
        with_step=with_step,
        steps_found=steps_found,
        beside_steps=beside,
    )
    if now != MEASURED:
        print(f"  portal/domain/marks.py says something else; measured now: {now}")
    is_kept = 100 * now.false_alarms <= now.series and 100 * beside <= with_step and steps_found >= 0.95 * with_step
    return is_kept and now == MEASURED


def print_times() -> bool:
    """Print how long each piece takes on a long series; whether all together stay under 200 ms."""
    spent = times(long_series(POINTS))
    print(f"Times on {POINTS:,} points: " + ", ".join(f"{name} {each:.0f} ms" for name, each in spent.items()))
    return sum(spent.values()) < 200


if __name__ == "__main__":
    pieces = {"forecast": print_calibration, "marks": print_marks, "times": print_times}
    kept = [pieces[name]() for name in sys.argv[1:] or pieces]
    sys.exit(0 if all(kept) else 1)
