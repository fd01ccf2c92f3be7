"""The tables that bench/run prints."""

import statistics

from machine import ROOT, output
from measuring import CONNECTIONS, MIN_BUSY


def facts(chosen):
    """What the figures depend on: the machine, the programs, how it was measured."""
    machine = output(["sh", "-c", r"""
        sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1
        echo "Linux $(uname -r), $(nproc --all) cores"
        git -C "$0" log -1 --format='commit %h of %cs' 2>/dev/null
        nginx -V 2>&1 | sed -n 's/^nginx version: //p;s/^built with //p' | paste -sd,""", ROOT]).splitlines()
    machine.append(f"{chosen.orders:,} orders in SQLite; {chosen.repetitions} runs of {chosen.seconds} s each, "
                   f"the median of them; {CONNECTIONS} connections")
    machine.append("TLS 1.3, AES-128-GCM, X25519; the server on core 0, the load client on core 1")
    if any(w.stage == "postgresql" for w in chosen.workloads):
        machine.append(f"PostgreSQL (Debian's) with {chosen.postgresql_orders:,} orders runs on core 1, as the load does")
    return machine


def median(measurement, figure):
    return statistics.median(getattr(each, figure) for each in measurement.runs)


def ratio(one, other):
    """Of requests a second, or, if a server idled, of requests for each second of its CPU time: then it is bound."""
    bound = min(median(one, "server_busy"), median(other, "server_busy")) < MIN_BUSY
    figure = "per_cpu_second" if bound else "rate"
    return median(one, figure) / median(other, figure), bound


def table(measured):
    """For people: a row for each server."""
    def text(value, form):
        return "-" if value is None else format(value, form)

    rows = [["workload, server", "requests/s", "to nginx", "p50 ms", "p99 ms", "server's core", "load's core",
             "resident MiB", "allocated B/request"]]
    for workload in measured:
        for m in workload:
            value, bound = ratio(m, workload[1])
            rows.append([f"{m.workload}, {m.contender}", f"{median(m, 'rate'):.0f}", f"{value:.2f}{'*' if bound else ''}",
                         *(f"{median(m, p) / 1000:.2f}" for p in ("p50", "p99")),
                         *(f"{median(m, busy):.0%}" for busy in ("server_busy", "load_busy")),
                         text(m.memory, ".0f"), text(m.allocated, ".0f")])
    return rows


def program_table(measured):
    """For programs: times in microseconds, busy cores as shares."""
    rows = [["workload", "certcollect_per_s", "nginx_per_s", "ratio", "certcollect_p99_us", "nginx_p99_us",
             "certcollect_server_core", "nginx_server_core", "certcollect_load_core", "nginx_load_core", "ratio_of"]]
    for own, nginx, *_ in measured:
        value, bound = ratio(own, nginx)
        both = [own, nginx]
        rows.append([own.workload, *(f"{median(m, 'rate'):.1f}" for m in both), f"{value:.3f}",
                     *(f"{median(m, 'p99'):.0f}" for m in both), *(f"{median(m, 'server_busy'):.3f}" for m in both),
                     *(f"{median(m, 'load_busy'):.3f}" for m in both),
                     "requests per CPU second" if bound else "requests per second"])
    return rows


def markdown(rows):
    """The first column has words, the others figures."""
    widths = [max(map(len, column)) for column in zip(*rows)]
    lines = ["| " + " | ".join([row[0].ljust(widths[0]), *map(str.rjust, row[1:], widths[1:])]) + " |\n" for row in rows]
    return "".join([lines[0], "|---|" + "---:|" * (len(widths) - 1) + "\n", *lines[1:]])


LEGEND = """To nginx: the ratio of requests a second. A * marks one of requests for each second of the server's CPU time:
a server's core was under 95 % busy, so that the client, or PostgreSQL beside it, was the bound. The rows audit-... are
beside the same server without records of requests in the audit log, instead of nginx; keep-page is beside PEM collects
from the same server.
"""
