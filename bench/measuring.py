"""Puts load on servers in turns, and notes what came of it."""

import collections
import os

from machine import (LOAD_CORE, SERVER_CORE, TARGET, allocated_by, await_quiet, busy_share, output, resident, say,
                     ticks_now)

CONNECTIONS = 64
MIN_BUSY = 0.95  # a server's core that is less busy shows what the client can do
MIN_RESUMED = 0.95
GROWTH = 1.03  # a slice of the warm-up must bring more than this for the warm-up to go on
SLICE_SECONDS = 5

Contender = collections.namedtuple("Contender", "name port targets jvm")
Run = collections.namedtuple("Run", "rate p50 p99 per_cpu_second server_busy load_busy")
Measurement = collections.namedtuple("Measurement", "workload contender runs memory allocated")


def load(mode, contender, seconds, *rate):
    """Rate, errors, p50 and p99 in microseconds, and the share of resumed handshakes."""
    return parse_load(output([TARGET / "load", mode, contender.port, CONNECTIONS, seconds, contender.targets, *rate]))


def parse_load(line):
    fields = line.split("\t")
    if len(fields) != 5:
        raise RuntimeError(f"the load client printed: {line}")
    return [float(field) for field in fields]


def warm_up(mode, contender, min_seconds):
    """Goes on until a slice is hardly faster than those before, but no longer than three times the minimum."""
    best = 0
    for done in range(SLICE_SECONDS, 3 * min_seconds + 1, SLICE_SECONDS):
        rate = load(mode, contender, SLICE_SECONDS)[0]
        if done >= min_seconds and rate <= best * GROWTH:
            return
        best = max(best, rate)


def one_run(workload, contender, seconds):
    await_quiet()
    server, client = ticks_now(SERVER_CORE), ticks_now(LOAD_CORE)
    rate, errors, p50, p99, resumed = load(workload.mode, contender, seconds)
    server_after = ticks_now(SERVER_CORE)
    server_busy, load_busy = busy_share(server, server_after), busy_share(client, ticks_now(LOAD_CORE))
    if errors or not rate:
        raise RuntimeError(f"{contender.name}: the load client met {errors:.0f} errors, and {rate:.0f} answers/s")
    if workload.mode == "resume" and resumed < MIN_RESUMED:
        raise RuntimeError(f"{contender.name} resumed only a share of {resumed:.3f} of the sessions")
    say(f"{workload.name}, {contender.name}: {rate:.0f}/s, server's core {100 * server_busy:.0f} % busy, "
        f"load's {100 * load_busy:.0f} %")
    # The other servers on this core wait for requests.
    used = (server_after[0] - server[0]) / os.sysconf("SC_CLK_TCK")
    return Run(rate, p50, p99, rate * seconds / used, server_busy, load_busy)


def measure(workload, contenders, chosen, warm_up_seconds):
    """Lets the contenders take turns. A run on an idle core is made again once, unless that server always idles."""
    before, asked, runs, idles = {}, collections.Counter(), collections.defaultdict(list), set()
    for contender in contenders:
        if contender.jvm:
            warm_up(workload.mode, contender, warm_up_seconds)
        else:
            load(workload.mode, contender, 1)  # fills its cache of files
        before[contender.name] = allocated_by(contender.jvm)
    for contender in contenders * chosen.repetitions:
        made = one_run(workload, contender, chosen.seconds)
        asked[contender.name] += made.rate * chosen.seconds
        if made.server_busy < MIN_BUSY and contender.name not in idles:
            made = one_run(workload, contender, chosen.seconds)
            asked[contender.name] += made.rate * chosen.seconds
            if made.server_busy < MIN_BUSY:
                idles.add(contender.name)
        runs[contender.name].append(made)
    alone = collections.Counter(contender.jvm for contender in contenders)
    for contender in contenders:
        # A process that serves several contenders does not tell for which of them it allocates.
        after = allocated_by(contender.jvm) if alone[contender.jvm] == 1 else None
        first = before[contender.name]
        yield Measurement(workload.name, contender.name, runs[contender.name],
                          resident(contender.jvm) if contender.jvm else None,
                          None if after is None or first is None else (after - first) / asked[contender.name])
