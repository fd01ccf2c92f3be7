"""Repeats the figures of docs/reliability.md; bench/reliability starts it.

The server has core 0. The attackers, the clients, the load balancer, PostgreSQL and this program have core 1.
"""

import argparse
import asyncio
import os
import pathlib
import random
import re
import resource
import shutil
import signal
import socket
import ssl
import statistics
import subprocess
import sys
import threading
import time

from answers import ENDPOINT, Answers
from machine import (LOAD_CORE, ROOT, SERVER_CORE, TARGET, end, free_port, fresh, on_core, output, resident, run, say,
                     start, wait_for)
from measuring import Contender, load
from servers import LOGINS, Certcollect, Https, Postgres, make_keys

ORDERS = 10_000
PATIENT = "auth.guesses-per-login=1000000\nauth.guesses-per-source=1000000\n"  # no guess is throttled


def percentile(values, share):
    return sorted(values)[min(len(values) - 1, int(share * len(values)))]


def jcmd(process, *command):
    return output([pathlib.Path(os.readlink(f"/proc/{process.pid}/exe")).with_name("jcmd"), process.pid, *command])


def live_heap(process):
    """MiB of the heap after a full collection."""
    jcmd(process, "GC.run")
    text = jcmd(process, "GC.heap_info")
    return sum(map(int, re.findall(r"(?<!metaspace )\bused (\d+)K", re.sub(r"(?s)Metaspace.*", "", text)))) / 1024


class Served:
    """A server with ORDERS orders, ready for requests. A second one on a database is like the first, on another core."""

    def __init__(self, name, keys, more="", first=None):
        folder = TARGET / "reliability-data"
        if "store.url" in more:
            folder = fresh("reliability-" + name) / "data"
        if first:
            shutil.copytree(first.certcollect.data, folder, ignore=shutil.ignore_patterns("*.sock"))
        self.core, self.management = SERVER_CORE if first is None else LOAD_CORE, free_port()
        more += f"management.port={self.management}\nmanagement.tls=true\n"
        self.certcollect = Certcollect("reliability-" + name, folder, keys, more)
        self.port = self.certcollect.port
        self.password = self.certcollect.fill(ORDERS)
        self.samples = [sample for login in LOGINS for sample in self.certcollect.issued(login)]
        self.start()

    def start(self):
        self.process = self.certcollect.serve(self.core)
        # Behind a load balancer it answers nobody else, but it listens when it is ready.
        wait_for(self.process, lambda: socket.create_connection(("127.0.0.1", self.port)).close())

    def form(self, answer, sample):
        return Answers(None, self.password, []).form(answer, sample)

    def targets(self, name, port=None):
        """The load client's list: statuses and certificates of several orders."""
        client, file = Https(port or self.port), TARGET / f"reliability-{name}.targets"
        with open(file, "w", encoding="ascii") as out:
            for i, sample in enumerate(self.samples[:200]):
                form = self.form("pem" if i % 4 == 0 else "status", sample)
                out.write(f"POST\t{ENDPOINT}\t{form}\t{len(client.ask('POST', ENDPOINT, form))}\n")
        return Contender(name, port or self.port, file, self.process)


# ---- Slow sockets

async def slow_socket(port, until, counts, context):
    """Sends a header, or without a context a TLS ClientHello, a byte at a time. Begins anew when the server cuts it."""
    hello = b"\x16\x03\x01\x20\x00\x01\x00\x1f\xfc\x03\x03" + b"y" * 8_000
    header = b"POST " + ENDPOINT.encode() + b" HTTP/1.1\r\nHost: x\r\nX-Slow: " + b"y" * 10_000
    while time.monotonic() < until:
        try:
            reader, writer = await asyncio.open_connection("127.0.0.1", port, ssl=context)
            counts["opened"] += 1
            try:
                for byte in header if context else hello:
                    writer.write(bytes([byte]))
                    await writer.drain()
                    if time.monotonic() > until or await is_cut(reader, 3 + random.random()):
                        break
            finally:
                writer.close()
        except (OSError, asyncio.IncompleteReadError):
            await asyncio.sleep(1)


async def is_cut(reader, seconds):
    """Waits for some time, or until the server ends the connection. What it says before is passed over."""
    try:
        while await asyncio.wait_for(reader.read(1_000), seconds):
            pass
        return True
    except asyncio.TimeoutError:
        return False


def attack(port, sockets, seconds, counts):
    async def all_of_them():
        context = ssl.create_default_context()
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
        until = time.monotonic() + seconds
        tasks = []
        for i in range(sockets):
            # The attacker has half a core, which is too little for 5,000 handshakes every 10 seconds.
            tasks.append(asyncio.create_task(slow_socket(port, until, counts, context if i % 10 == 0 else None)))
            if i % 100 == 99:
                await asyncio.sleep(0.2)  # a crowd, not one instant
        await asyncio.gather(*tasks)

    asyncio.run(all_of_them())


def slow(chosen, keys):
    """5,000 slow sockets, most in the handshake, for 5 minutes: p99 of others under 50 ms, heap growth under 50 MiB."""
    sockets, seconds = (500, 30) if chosen.quick else (5_000, 300)
    served = Served("slow", keys, "limits.connections=10000\n")
    normal = [served.form("status", sample) for sample in served.samples[:50]]
    client = Https(served.port)
    for form in normal * 40:
        client.ask("POST", ENDPOINT, form)
    before, counts = live_heap(served.process), {"opened": 0}
    # A process of its own, so that this one measures the server and not its own interpreter.
    attacker = subprocess.Popen([sys.executable, __file__, "--attack", str(served.port), str(sockets), str(seconds)],
                                stdout=subprocess.PIPE, text=True)
    times, most, began = [], 0, time.monotonic()
    while attacker.poll() is None:
        begin = time.monotonic()
        fresh_client = Https(served.port)
        fresh_client.ask("POST", ENDPOINT, random.choice(normal))
        fresh_client.connection.close()
        times.append(time.monotonic() - begin)
        client.ask("POST", ENDPOINT, random.choice(normal))
        if len(times) % 50 == 0:
            most = max(most, live_connections(served.port))
        if len(times) % 500 == 0 and time.monotonic() - began < seconds - 10:
            counts["heap"] = max(counts.get("heap", 0), live_heap(served.process))
        time.sleep(0.02)
    p99, growth = 1000 * percentile(times, 0.99), counts.get("heap", live_heap(served.process)) - before
    end(served.process)
    told = (f"{most:,} slow sockets at once, {attacker.stdout.read().strip()} opened in {seconds} s: p99 of "
            f"{len(times):,} other new connections {p99:.0f} ms, live heap grew by {growth:.0f} MiB")
    return told, p99 < 50 and growth < 50 and most >= sockets * 0.9


def live_connections(port):
    """Established connections to a port on this host, as the server has them."""
    lines = [line.split() for table in ("tcp", "tcp6") for line in open(f"/proc/net/{table}", encoding="ascii")]
    return sum(1 for line in lines if line[1].endswith(f":{port:04X}") and line[3] == "01")


# ---- What times tell

def welch(one, other):
    """Welch's t of two samples."""
    spread = statistics.variance(one) / len(one) + statistics.variance(other) / len(other)
    return (statistics.fmean(one) - statistics.fmean(other)) / spread ** 0.5


def timing(chosen, keys):
    """Unknown login, wrong password, foreign order: Welch's t under 4.5 over 2,000 pairs."""
    pairs = 50 if chosen.quick else 2_000
    served = Served("timing", keys, PATIENT)
    mine = next(sample for sample in served.samples if sample.login == LOGINS[0])
    foreign = next(sample for sample in served.samples if sample.login == LOGINS[1])

    def form(login, password, number):
        return f"loginName={login}&loginPassword={password}&orderNumber={number}&queryType=0"

    guess = (f"wrong{i}" for i in iter(int, 1))
    comparisons = {
        "unknown login and wrong password": (lambda: form(f"nobody{random.random()}", next(guess), mine.number),
                                             lambda: form(mine.login, f"wrong{random.random()}", mine.number)),
        "foreign and unknown order": (lambda: form(mine.login, served.password, foreign.number),
                                      lambda: form(mine.login, served.password, 999_999_999)),
    }
    client, told, good = Https(served.port), [], True
    for name, makers in comparisons.items():
        for maker in makers * 20:
            client.ask("POST", ENDPOINT, maker())
        times, bodies = ([], []), (set(), set())
        for _ in range(pairs):
            for i in random.sample((0, 1), 2):
                text = makers[i]()
                begin = time.perf_counter_ns()
                body = client.ask("POST", ENDPOINT, text)
                times[i].append(time.perf_counter_ns() - begin)
                bodies[i].add(body)
        t = welch(*times)
        good = good and abs(t) < 4.5 and bodies[0] == bodies[1] and len(bodies[0]) == 1
        told.append(f"{name}: t = {t:.2f} ({statistics.fmean(times[0]) / 1e6:.3f} and "
                    f"{statistics.fmean(times[1]) / 1e6:.3f} ms)")
    end(served.process)
    return f"{pairs:,} pairs each; " + "; ".join(told), good


# ---- Soak

def soak(chosen, keys):
    """Load for 30 minutes: error rate 0, resident memory flat within 5 % after the first 5."""
    minutes, warm = (2, 1) if chosen.quick else (30, 5)
    served = Served("soak", keys)
    contender, sizes, requests, failed = served.targets("soak"), [], 0, 0
    for minute in range(minutes):
        for mode, seconds in (("keep", 40), ("new", 20)):
            rate, errors, *_ = load(mode, contender, seconds)
            requests, failed = requests + rate * seconds, failed + errors
        sizes.append(resident(served.process))
        say(f"minute {minute + 1}: {sizes[-1]:.0f} MiB resident, {failed:.0f} errors")
    flat = max(sizes[warm:]) / min(sizes[warm:]) - 1
    end(served.process)
    return (f"{minutes} minutes, {requests:,.0f} requests, {failed:.0f} errors; resident memory "
            f"{min(sizes[warm:]):.0f} to {max(sizes[warm:]):.0f} MiB from minute {warm + 1} on ({flat:.1%})",
            failed == 0 and flat <= 0.05)


# ---- Rolling restarts

def sample(name, port, nodes):
    """A sample configuration of packaging/samples, with the ports of this run."""
    text = (ROOT / "packaging/samples" / name).read_text()
    for i, node in enumerate(nodes):
        address = f"10.0.0.1{i + 1}:8443"
        text = re.sub(rf"({re.escape(address)}.*) port 9443", rf"\1 port {node.management}", text)
        text = text.replace(address, f"127.0.0.1:{node.port}")
    return re.sub(r"(bind |listen ):?443", rf"\g<1>127.0.0.1:{port}", text)


def start_haproxy(port, nodes):
    file = TARGET / "haproxy.cfg"
    file.write_text(sample("haproxy-tcp.cfg", port, nodes))
    return start("haproxy", ["haproxy", "-db", "-f", file])


def start_nginx(port, nodes):
    folder = fresh("nginx-stream")
    (folder / "nginx.conf").write_text(
        "load_module /usr/lib/nginx/modules/ngx_stream_module.so;\nuser root;\npid nginx.pid;\nerror_log error.log;\n"
        "events { worker_connections 4096; }\n" + sample("nginx-stream.conf", port, nodes))
    return start("nginx-stream", ["nginx", "-p", folder, "-e", folder / "error.log", "-c", folder / "nginx.conf",
                                  "-g", "daemon off;"])


def rolling(start_balancer):
    """20 restarts of two nodes on one PostgreSQL, one after the other, at 200 requests a second: no failed request."""
    def restarts(chosen, keys):
        times, seconds, database = (4 if chosen.quick else 20), 5, Postgres()
        try:
            settings = database.config + "proxy.protocol=true\nproxy.trusted=127.0.0.1\n"
            first = Served("one", keys, settings)
            nodes = [first, Served("two", keys, settings, first)]
            front = free_port()
            balancer = start_balancer(front, nodes)
            wait_for(balancer, lambda: Https(front).ask("POST", ENDPOINT, ""))
            contender, results, over = nodes[0].targets("restarts", front), [], threading.Event()

            def keep_loading(mode, rate):
                while not over.is_set():
                    results.append(load(mode, contender, seconds, rate))

            # A node that has started is cold, and shares its core with the rest: it is not to be overloaded.
            rates = (("keep", 160), ("new", 40))
            loads = [threading.Thread(target=keep_loading, args=each) for each in rates]
            for each in loads:
                each.start()
            for i in range(times):
                node = nodes[i % 2]
                end(node.process)
                node.start()
                time.sleep(12)  # until the balancer gives it its whole share
                say(f"restart {i + 1} of {times}: {sum(result[1] for result in results):.0f} failed requests")
            over.set()
            for each in loads:
                each.join()
            requests, failed = (sum(result[i] * by for result in results) for i, by in ((0, seconds), (1, 1)))
            for each in (balancer, *(node.process for node in nodes)):
                end(each)
            return f"{times} restarts, {requests:,.0f} requests, {failed:.0f} failed", failed == 0
        finally:
            database.close()

    return restarts


# ---- Tests of the build, run for longer

def maven(log, module, test, *properties):
    run(log, ["mvn", "-q", "-B", "-pl", module, "-am", "test", f"-Dtest={test}", "-Dspotless.check.skip",
              "-Dsurefire.failIfNoSpecifiedTests=false", *properties], cwd=ROOT)


def crash(chosen, _):
    """1,000 kill -9 cycles with nothing acknowledged lost, for each store."""
    cycles = 24 if chosen.quick else 1_000
    maven("crash", "store", "CrashTest,PostgresCrashTest", f"-Dcrash.cycles={cycles}")
    return f"{cycles:,} kill -9 of a writing process on SQLite and on PostgreSQL: nothing acknowledged lost", True


def disk(_chosen, _keys):
    """A full disk and a read-only disk: refuses, and recovers unaided."""
    maven("disk", "store,server", "FullDiskTest,*DiskTest")
    return "a full and a read-only disk: refused, and recovered unaided", True


JAZZER = ["com.code-intelligence:jazzer:0.30.0", "com.code-intelligence:jazzer-api:0.30.0"]
# A server that is fuzzed listens on loopback, and the test connects to it.
DISABLED = "--disabled_hooks=com.code_intelligence.jazzer.sanitizers.ServerSideRequestForgery"
FUZZED = [f"org.certcollect.{name}FuzzTest" for name in (
    "protocol.Request", "store.x509.CertificateFile", "admin.transfer.Import", "cli.config.Configuration",
    "server.http.Forwarding", "server.http.ProxyHeader")]


def fuzz(chosen, _):
    """Jazzer for one hour of CPU time: no finding."""
    folder, hour, turn = fresh("jazzer"), 60 if chosen.quick else 3_600, 10 if chosen.quick else 200
    for artifact in JAZZER:
        run("fuzz", ["mvn", "-q", "-B", "org.apache.maven.plugins:maven-dependency-plugin:3.9.0:copy",
                     f"-Dartifact={artifact}", f"-DoutputDirectory={folder}"], cwd=ROOT)
    classes = [part for kind in ("test-classes", "classes") for part in ROOT.glob(f"*/target/{kind}")]
    path = [*folder.glob("*.jar"), *classes, (ROOT / "bench/target/tests.classpath").read_text().strip()]
    java, began, spent = os.environ["JAVA"], children_time(), 0
    corpora = {target: fresh(f"jazzer/{target}") for target in FUZZED}
    while spent < hour:
        for target, corpus in corpora.items():
            module, inputs = target.split(".")[2], target.replace(".", "/") + "Inputs"
            run("fuzz", [java, "-Xmx1g", "-cp", ":".join(map(str, path)), "com.code_intelligence.jazzer.Jazzer",
                         f"--target_class={target}", DISABLED, "--instrumentation_includes=org.certcollect.**",
                         f"--reproducer_path={corpus}", f"-artifact_prefix={corpus}/", f"-max_total_time={turn}",
                         corpus, ROOT / module / "src/test/resources" / inputs], cwd=corpus)
            spent = children_time() - began
            say(f"fuzzed {target}: {spent:,.0f} s of CPU time so far")
    return f"{len(FUZZED)} targets in turn, {spent:,.0f} s of CPU time: no finding", True


def children_time():
    """Seconds of CPU time of the processes that this one has started and awaited."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


FIGURES = {"slow": slow, "timing": timing, "soak": soak, "haproxy": rolling(start_haproxy),
           "nginx": rolling(start_nginx), "crash": crash, "disk": disk, "fuzz": fuzz}


def main():
    if sys.argv[1:2] == ["--attack"]:
        counts = {"opened": 0}
        attack(*map(int, sys.argv[2:5]), counts)
        print(counts["opened"])
        return 0
    parser = argparse.ArgumentParser(prog="bench/reliability", allow_abbrev=False)
    parser.add_argument("--quick", action="store_true", help="for a short time, to try this program")
    parser.add_argument("figures", nargs="+", choices=sorted(FIGURES), metavar="FIGURE", help=", ".join(FIGURES))
    chosen = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    keys, missed = make_keys(), False
    for name in chosen.figures:
        told, good = FIGURES[name](chosen, keys)
        print(f"{name}: {told}: {'met' if good else 'MISSED'}", flush=True)
        missed = missed or not good
    return missed


if __name__ == "__main__":
    sys.exit(main())
