"""The tables that bench/run prints."""

import statistics

from machine import ROOT, output
from measuring import CONNECTIONS, MIN_BUSY
from workloads import SPRING


def facts(chosen):
    """The machine, the programs and the way of measuring, which the figures depend on."""
    machine = output(["sh", "-c", r"""
        sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1
        echo "Linux $(uname -r), $(nproc --all) cores"
        git -C "$0" log -1 --format='commit %h of %cs' 2>/dev/null
        nginx -V 2>&1 | sed -n 's/^nginx version: //p;s/^built with //p' | paste -sd,""", ROOT]).splitlines()
    machine.append(f"{chosen.orders:,} orders in SQLite; {chosen.repetitions} rounds in which the servers take turns, "
                   f"with a run of {chosen.seconds} s each; {CONNECTIONS} connections")
    machine.append("TLS 1.3, AES-128-GCM, X25519; the server on core 0, the load client on core 1")
    if any(w.stage == "postgresql" for w in chosen.workloads):
        machine.append(f"Debian's PostgreSQL with {chosen.postgresql_orders:,} orders runs on core 1, as the load does")
    return machine


def median(measurement, figure):
    return statistics.median(getattr(each, figure) for each in measurement.runs)


def ratios(one, other):
    """Those of each round: of requests a second, or, if a server idled, of requests for each second of CPU time."""
    bound = min(median(one, "server_busy"), median(other, "server_busy")) < MIN_BUSY
    figure = "per_cpu_second" if bound else "rate"
    return [getattr(a, figure) / getattr(b, figure) for a, b in zip(one.runs, other.runs)], bound


def ratio(one, other):
    """The median of the rounds, with the mark of a ratio of CPU time."""
    rounds, bound = ratios(one, other)
    return short(statistics.median(rounds)) + ("*" if bound else "")


def paired_table(measured, titles):
    """For docs/performance.md: a row for each server that took turns with certcollect."""
    rows = [["workload", "beside", "certcollect/s", "its/s", "ratio", "lowest to highest", "p50 ms", "p99 ms"]]
    for own, *others in measured:
        for other in others:
            rounds, _ = ratios(own, other)
            rows.append([titles[own.workload], other.contender, *(f"{median(m, 'rate'):,.0f}" for m in (own, other)),
                         ratio(own, other), f"{short(min(rounds))} to {short(max(rounds))}",
                         *(" / ".join(short(median(m, p) / 1000) for m in (own, other)) for p in ("p50", "p99"))])
    return rows


def short(value):
    """With three digits."""
    return f"{value:.0f}" if value >= 100 else f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def server_table(measured):
    """For people: a row for each server."""
    def text(value, form):
        return "-" if value is None else format(value, form)

    rows = [["workload", "server", "requests/s", "p50 ms", "p99 ms", "server's core", "load's core", "resident MiB",
             "allocated B/request"]]
    for workload in measured:
        for m in workload:
            rows.append([m.workload, m.contender, f"{median(m, 'rate'):,.0f}",
                         *(short(median(m, p) / 1000) for p in ("p50", "p99")),
                         *(f"{median(m, busy):.0%}" for busy in ("server_busy", "load_busy")),
                         text(m.memory, ".0f"), text(m.allocated, ",.0f")])
    return rows


def program_table(measured):
    """For programs: times in microseconds, busy cores as shares. The columns named nginx are those of "beside"."""
    rows = [["workload", "certcollect_per_s", "nginx_per_s", "ratio", "certcollect_p99_us", "nginx_p99_us",
             "certcollect_server_core", "nginx_server_core", "certcollect_load_core", "nginx_load_core", "ratio_of",
             "beside", "ratio_min", "ratio_max"]]
    for own, *others in measured:
        for other in others:
            rounds, bound = ratios(own, other)
            both = [own, other]
            name = own.workload if other is others[0] else f"{own.workload}, {other.contender}"
            rows.append([name, *(f"{median(m, 'rate'):.1f}" for m in both), f"{statistics.median(rounds):.3f}",
                         *(f"{median(m, 'p99'):.0f}" for m in both), *(f"{median(m, 'server_busy'):.3f}" for m in both),
                         *(f"{median(m, 'load_busy'):.3f}" for m in both),
                         "requests per CPU second" if bound else "requests per second",
                         other.contender, f"{min(rounds):.3f}", f"{max(rounds):.3f}"])
    return rows


def markdown(rows):
    """The first two columns have words, the others figures."""
    widths = [max(map(len, column)) for column in zip(*rows)]
    lines = ["| " + " | ".join([*map(str.ljust, row[:2], widths), *map(str.rjust, row[2:], widths[2:])]) + " |\n"
             for row in rows]
    return "".join([lines[0], "|---|---|" + "--:|" * (len(widths) - 2) + "\n", *lines[1:]])


LEGEND = """\
Rates and times are medians of the rounds. The ratio is that of certcollect's requests a second to those of the server
beside it, in each round: the median, the lowest and the highest. Pairs of times are certcollect / beside. A * marks
ratios of requests for each second of the server's CPU time: a server's core was under 95 % busy, so that the client, or
PostgreSQL beside it, was the bound.
"""


def resident_facts(measured):
    """The memory of certcollect and of Spring Boot."""
    most = {}
    for m in (m for workload in measured for m in workload if m.contender in ("certcollect", SPRING)):
        most[m.contender] = max(most.get(m.contender, 0), m.memory or 0)
    return [f"resident under load, at most: {server} {memory:.0f} MiB" for server, memory in most.items()]
