"""What a Prometheus server may know of us: `/metrics`. The age of the data first."""

from __future__ import annotations

import hmac
import shutil
import time
from collections.abc import Iterator

import sqlalchemy as sa
from dash import Dash
from flask import Flask, Response, abort, g, request
from prometheus_client import (
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    Counter,
    Histogram,
    ProcessCollector,
    generate_latest,
)
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from callbacks.gate import is_loopback, public
from callbacks.health import STORAGE, Health, data_age
from callbacks.logs import route
from callbacks.malformed import UPDATE
from data import records
from data.backup import last_backup
from data.clock import SystemClock
from data.database import reading
from data.services import Services

FORWARDED = ("Forwarded", "X-Forwarded-For", "X-Real-IP")
"""What a proxy adds: then this machine is not who asks."""


class Standing(Collector):
    """What is true at the moment when it is asked for."""

    def __init__(self, services: Services, health: Health, build: str) -> None:
        self._services = services
        self._health = health
        self._build = build

    def collect(self) -> Iterator[Metric]:
        """Yield the gauges; those whose source cannot be read are missing, and `marcador_ready` is 0."""
        problem = self._health.problem()
        try:
            age = GaugeMetricFamily("marcador_data_age_seconds", "Since the shown data were published.")
            age.add_metric([], data_age(self._services))
            yield age
            yield self._counted("marcador_imports", "Imports by state.", records.imports)
            yield self._counted("marcador_jobs", "Jobs by state.", records.jobs)
            is_readable = True
        except STORAGE:
            is_readable = False
        ready = GaugeMetricFamily("marcador_ready", "1 while numbers can be shown.")
        ready.add_metric([], float(is_readable))
        wrong = GaugeMetricFamily("marcador_problem", "1 for what is wrong with the storage.", labels=["fault"])
        if problem is not None:
            wrong.add_metric([problem.fault.value], 1)
        made = last_backup(self._services.home)
        backup = GaugeMetricFamily(
            "marcador_last_backup_age_seconds", "Since the last backup; missing before the first."
        )
        if made is not None:
            backup.add_metric([], max(0, (SystemClock().now() - made).total_seconds()))
        free = GaugeMetricFamily("marcador_disk_free_bytes", "Free on the disk of the data folder.")
        free.add_metric([], shutil.disk_usage(self._services.home).free)
        build = GaugeMetricFamily("marcador_build_info", "Fingerprint of the program.", labels=["build"])
        build.add_metric([self._build], 1)
        yield from (ready, wrong, backup, free, build)

    def _counted(self, name: str, told: str, table: sa.Table) -> Metric:
        gauge = GaugeMetricFamily(name, told, labels=["state"])
        question = sa.select(table.c.state, sa.func.count()).group_by(table.c.state)
        with reading(self._services.database) as connection:
            for state, count in connection.execute(question):
                gauge.add_metric([state], count)
        return gauge


def install_metrics(app: Dash, services: Services, health: Health, build: str) -> None:
    """Count requests and callbacks and add the route.

    Without `MARCADOR_METRICS_TOKEN` only this very machine is answered, and nobody through a proxy.
    """
    server: Flask = app.server
    registry = CollectorRegistry()
    registry.register(Standing(services, health, build))
    ProcessCollector(registry=registry)
    requests = Counter("marcador_requests", "Requests answered.", ["route", "method", "status"], registry=registry)
    seconds = Histogram("marcador_request_seconds", "Seconds to answer.", ["route"], registry=registry)
    callbacks = Histogram("marcador_callback_seconds", "Seconds of a callback.", ["output"], registry=registry)

    @server.before_request
    def begin() -> None:
        g.counted_from = time.perf_counter()

    @server.after_request
    def count(response: Response) -> Response:
        spent = time.perf_counter() - g.get("counted_from", time.perf_counter())
        method = request.method if request.method in ("GET", "HEAD", "POST", "OPTIONS") else "other"
        requests.labels(route(), method, response.status_code).inc()
        seconds.labels(route()).observe(spent)
        if route() == UPDATE and response.status_code < 400:
            callbacks.labels(_output(app)).observe(spent)
        return response

    @server.get("/metrics")
    @public
    def metrics() -> Response:
        if not _may_read(services.settings.metrics_token.get_secret_value()):
            abort(403)
        return Response(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)


def _output(app: Dash) -> str:
    """Return the output of the asked callback; what no callback has is one word, whatever it says."""
    body = request.get_json(silent=True)
    output = body.get("output") if isinstance(body, dict) else None
    return output if isinstance(output, str) and output in app.callback_map else "unknown"


def _may_read(token: str) -> bool:
    if not token:
        return is_loopback(request.remote_addr) and not any(name in request.headers for name in FORWARDED)
    given = request.headers.get("Authorization", "")
    return hmac.compare_digest(given.encode(), f"Bearer {token}".encode())
