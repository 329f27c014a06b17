"""Servers under a crowd, told to stop, and two on one folder."""

from __future__ import annotations

import http.client
import os
import signal
import threading
import time
from pathlib import Path

from bench.walls import crowd
from tests.homes import copy, demo
from tests.processes import Server, program
from tests.survive.rows import Outcome

SECONDS = 45.0


def screens() -> Outcome:
    """Ask as a thousand screens do: no error, 99 of 100 answers within half a second, under 70 % of a processor."""
    services = copy(demo())
    services.database.dispose()
    with Server(services.home, pulse_seconds=15) as server:
        before, begun = processor_seconds(server.process.pid), time.perf_counter()
        found = crowd(server.url, SECONDS)
        share = (processor_seconds(server.process.pid) - before) / (time.perf_counter() - begun)
    is_good = found.p99 < 0.5 and share < 0.7
    note = f"p99 {1000 * found.p99:.0f} ms, {share:.0%} of a processor"
    return Outcome(found.asked, found.asked - found.errors - (not is_good), found.errors, note)


def processor_seconds(process: int) -> float:
    """Return the processor seconds that a process has used."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def stopped() -> Outcome:
    """Tell a server to stop while files are sent to it: each is kept whole and acknowledged, within ten seconds."""
    tried, lost, longest = 3, 0, 0.0
    for number in range(tried):
        services = copy(demo())
        services.database.dispose()
        with Server(services.home) as server:
            answers: list[tuple[int, bytes]] = []
            body = bytes([number]) * 3_000_000
            senders = [threading.Thread(target=send, args=(server.port, body, answers)) for _ in range(4)]
            for one in senders:
                one.start()
            time.sleep(0.3)
            begun = time.monotonic()
            server.signal(signal.SIGTERM)
            code = server.process.wait(timeout=20)
            longest = max(longest, time.monotonic() - begun)
            for one in senders:
                one.join()
        kept = [path.read_bytes() for path in (services.home / "uploads").iterdir()]
        is_whole = all(one == body for one in kept) and len(kept) == 4
        lost += not is_whole or [status for status, _ in answers] != [200] * 4 or code != 0 or longest > 10
    return Outcome(tried, tried - lost, lost, f"the longest took {longest:.1f} s")


def send(port: int, body: bytes, answers: list[tuple[int, bytes]]) -> None:
    """Send a file in pieces, for about a second."""
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    line.putrequest("POST", "/api/v1/uploads")
    line.putheader("Content-Length", str(len(body)))
    line.endheaders()
    try:
        for start in range(0, len(body), 300_000):
            line.send(body[start : start + 300_000])
            time.sleep(0.1)
        answer = line.getresponse()
        answers.append((answer.status, answer.read()))
    except OSError as error:
        answers.append((0, repr(error).encode()))


def two() -> Outcome:
    """Start a second server on the folder: it refuses and names the first, which goes on; killed, it yields."""
    services = copy(demo())
    services.database.dispose()
    with Server(services.home) as first:
        second = program(services.home, "serve", port=first.port + 1)
        lines = second.stderr.strip().splitlines()
        checks = [
            second.returncode == 1,
            lines == [f"marcador: another server (process {first.process.pid}) already uses {services.home}"],
            first.get("/score")[0] == 200,
            program(services.home, "score").returncode == 0,
        ]
        first.kill()
        first.start()
        checks.append(first.get("/score")[0] == 200)
    lost = checks.count(False)
    return Outcome(len(checks), checks.count(True), lost)
