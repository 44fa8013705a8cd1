"""Processes are killed at random moments: of what they acknowledged nothing is lost, and nothing is there twice.

A test names the work (``MODULE:FUNCTION`` and arguments, see ``tests.fixtures.forked_process``), which acknowledges
what may not be lost any more, and what is to be so after each kill.
"""

import os
import queue
import random
import signal
import subprocess
import sys
import threading
import time

from portal.settings import ROOT

PATIENCE = 60
"""Seconds."""


def acknowledge(what):
    """Say in a process that may be killed what may not be lost any more: whole, or not at all."""
    os.write(1, f"ack {what}\n".encode())


class Processes:
    """Processes that are forked from one, which has loaded what they need."""

    def __init__(self):
        self.acknowledged = []
        """What they said was done, in order."""

        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.fixtures.forked_process"],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            start_new_session=True,
        )
        self._fresh: queue.Queue[str] = queue.Queue()
        self._told: queue.Queue[tuple[str, int]] = queue.Queue()
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self):
        for line in self.process.stdout:
            kind, _, rest = line.strip().partition(" ")
            if kind == "ack":
                self.acknowledged.append(rest)
                self._fresh.put(rest)
            else:
                self._told.put((kind, int(rest)))

    def _tell(self, *words):
        print(*words, file=self.process.stdin, flush=True)

    def start(self, work, *arguments):
        """Start one and return its number."""
        self._tell("start", work, *arguments)
        kind, pid = self._told.get(timeout=PATIENCE)
        assert kind == "started"
        return pid

    def wait_for_work(self):
        """Wait until something is acknowledged that was not a moment ago."""
        while not self._fresh.empty():
            self._fresh.get()
        self._fresh.get(timeout=PATIENCE)

    def end(self, pid, how=signal.SIGKILL):
        """Kill one, or tell it to end, and wait until it is gone."""
        os.kill(pid, how)
        self._tell("wait")
        assert self._told.get(timeout=PATIENCE) == ("ended", pid)

    def close(self):
        """End them all."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(PATIENCE)
        self._reader.join(PATIENCE)
        self.process.stdin.close()
        self.process.stdout.close()


def kill_at_random(processes, work, times, *, longest, check, seed=2026):
    """Start and kill a process so many times, each up to ``longest`` seconds after it has done something.

    ``work`` is what it does, with arguments; ``check`` is called after each kill with all that was acknowledged.
    """
    chance = random.Random(seed)
    for _ in range(times):
        pid = processes.start(*work)
        processes.wait_for_work()
        time.sleep(chance.uniform(0, longest))
        processes.end(pid)
        check(set(processes.acknowledged))


def wait_until(is_so, patience=PATIENCE):
    """Wait until something is so."""
    end = time.monotonic() + patience
    while not is_so():
        assert time.monotonic() < end, "it did not come about"
        time.sleep(0.05)
