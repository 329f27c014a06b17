"""A thousand walls that each ask every 15 seconds, on one process with the product's own server."""

from __future__ import annotations

import http.client
import random
import threading
import time
from dataclasses import dataclass
from urllib.parse import urlsplit

WALLS, EVERY, CLIENTS = 1000, 15.0, 16


@dataclass
class Crowd:
    """How the pulses of many walls were answered."""

    asked: int
    errors: int
    median: float
    p99: float


def crowd(address: str, seconds: float = 20.0) -> Crowd:
    """Send the pulses of `WALLS` walls to a server, spread as walls spread them, over a few kept connections."""
    times: list[float] = []
    errors: list[str] = []
    guard = threading.Lock()

    def ask(until: float) -> None:
        place = urlsplit(address)
        line = http.client.HTTPConnection(str(place.hostname), place.port, timeout=10)
        draw = random.Random(threading.get_ident())
        while time.perf_counter() < until:
            time.sleep(draw.expovariate(WALLS / EVERY / CLIENTS))
            begun = time.perf_counter()
            try:
                line.request("GET", "/api/v1/pulse")
                answer = line.getresponse()
                answer.read()
                problem = "" if answer.status == 200 else str(answer.status)
            except OSError as error:
                problem = repr(error)
            with guard:
                times.append(time.perf_counter() - begun)
                if problem:
                    errors.append(problem)

    until = time.perf_counter() + seconds
    clients = [threading.Thread(target=ask, args=(until,)) for _ in range(CLIENTS)]
    for client in clients:
        client.start()
    for client in clients:
        client.join()
    times.sort()
    return Crowd(len(times), len(errors), times[len(times) // 2], times[int(len(times) * 0.99)])
