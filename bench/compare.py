"""Measures certcollect beside nginx; bench/run starts it, docs/performance.md explains it.

The server under test has core 0. The load client, PostgreSQL and this program have core 1. All servers have
the same TLS keys and give the same bytes, which is checked before anything is measured.
"""

import argparse
import atexit
import collections
import csv
import hashlib
import hmac
import http.client
import json
import os
import pathlib
import random
import re
import secrets
import shutil
import signal
import socket
import ssl
import statistics
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
TARGET = ROOT / "target/bench"
SERVER_CORE, LOAD_CORE = 0, 1
CONNECTIONS = 64
MIN_BUSY = 0.95  # a server's core that is less busy shows what the client can do
MIN_RESUMED = 0.95
GROWTH = 1.03  # a slice of the warm-up must bring more than this for the warm-up to go on
SLICE_SECONDS = 5
QUICK_POSTGRESQL_ORDERS = 100_000
FIRST_NUMBER = 1_000_001  # bench/generate numbers its orders from here
SAMPLES = 1_000
LOGINS = [f"reseller{i}" for i in range(1, 9)]  # the accounts with most orders
ENDPOINT = "/products/download/CollectSSL"
ANSWERS = {
    "status": "queryType=0",
    "pem": "queryType=1",
    "pkcs7": "queryType=1&responseType=2&responseEncoding=1",
    "zip": "queryType=1&responseType=0",
}
DETAILS = {"details": "queryType=0&responseFormat=1&showFQDN=Y&showValidityPeriod=Y&showExtStatus=Y"}
PHP = {"php, HMAC": "/php/hmac", "php, Argon2id": "/php/argon2id"}
KEYS = {"ec": "ec -pkeyopt ec_paramgen_curve:P-256", "rsa": "rsa:2048", "rsa-3072": "rsa:3072", "rsa-4096": "rsa:4096"}

PAGE, CODED = "/collect", 1_000_000_000  # the page for people, and what is added to the numbers of orders with codes

Workload = collections.namedtuple("Workload", "name stage mode answer php", defaults=[False])
AUDITED = "certcollect", "certcollect, audit.collects=false"
PAGED = "certcollect, the page of a code", "certcollect, PEM", "certcollect, the empty form"
Sample = collections.namedtuple("Sample", "number login")
Contender = collections.namedtuple("Contender", "name port targets jvm")
Run = collections.namedtuple("Run", "rate p50 p99 per_cpu_second server_busy load_busy")
Measurement = collections.namedtuple("Measurement", "workload contender runs memory allocated")


def workloads():
    """Every workload, in the order of the servers that they need."""
    kinds = [("keep-", "keep"), ("new-ec-", "new"), ("resume-ec-", "resume")]
    table = [Workload(name + answer, "sqlite-ec", mode, answer) for name, mode in kinds for answer in ANSWERS]
    table += [Workload(name + "pem-php", "sqlite-ec", mode, "pem", True) for name, mode in kinds[:2]]
    table += [Workload(f"keep-{answer}-1.22", "sqlite-1.22", "keep", answer) for answer in ("status", "details")]
    table += [Workload(f"audit-{name}{answer}", "audit", mode, answer)
              for name, mode in kinds[:2] for answer in ("status", "pem")]
    table.append(Workload("keep-page", "page", "keep", "pem"))
    table += [Workload("new-rsa-" + answer, "sqlite-rsa", "new", answer) for answer in ANSWERS]
    table += [Workload("new-" + key, "sqlite-" + key, "new", "pem") for key in ("rsa-3072", "rsa-4096")]
    table += [Workload(name + "pem-postgresql", "postgresql", mode, "pem") for name, mode in kinds[:2]]
    return table


MAIN = ["keep-status", "keep-pem", "new-ec-pem", "resume-ec-pem", "keep-status-1.22",
        "audit-keep-status", "audit-keep-pem", "audit-new-ec-pem", "new-rsa-pem", "keep-pem-postgresql"]


def options(arguments):
    def positive(text):
        number = int(text)
        if number < 1:
            raise ValueError
        return number

    parser = argparse.ArgumentParser(prog="bench/run", allow_abbrev=False)
    parser.add_argument("--quick", action="store_true", help="the main workloads, in 10 minutes")
    parser.add_argument("--orders", type=positive, default=1_000_000, help="orders in SQLite (default: 1000000)")
    parser.add_argument("--only", type=re.compile, metavar="REGEX",
                        help="the workloads whose name has a match, for example keep-pem or ^start$")
    parser.add_argument("--seconds", type=positive, help="length of each run (default: 5, with --quick 3)")
    parser.add_argument("--repetitions", type=positive, help="runs of each server (default: 5, with --quick 3)")
    parsed = parser.parse_args(arguments)
    usual = 3 if parsed.quick else 5
    parsed.seconds, parsed.repetitions = parsed.seconds or usual, parsed.repetitions or usual
    parsed.starts = usual
    parsed.warm_ups = (10, 5) if parsed.quick else (30, 10)  # seconds at least: after a start, between workloads
    parsed.postgresql_orders = min(parsed.orders, QUICK_POSTGRESQL_ORDERS) if parsed.quick else parsed.orders
    parsed.wants = lambda name: not parsed.only or bool(parsed.only.search(name))
    usually = MAIN if parsed.quick and not parsed.only else [w.name for w in workloads()]
    parsed.workloads = [w for w in workloads() if parsed.wants(w.name) and w.name in usually]
    return parsed


def say(text):
    print(time.strftime("%H:%M:%S"), text, file=sys.stderr, flush=True)


# ---- Programs

running = []


def environment():
    """The settings of the user of this program are not those of what it measures; those for the JVM stay."""
    own = re.compile("CERTCOLLECT_(?!JAVA)")
    return {name: value for name, value in os.environ.items() if not own.match(name)}


def on_core(cores, command):
    return ["taskset", "-c", str(cores), *map(str, command)]


def start(log, command, **more):
    with open(TARGET / f"{log}.log", "ab") as out:
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=out, stderr=out, env=environment(),
                                   start_new_session=True, **more)
    running.append(process)
    return process


def run(log, command, **more):
    code = start(log, command, **more).wait()
    if code:
        raise RuntimeError(f"{' '.join(map(str, command))} ended with {code}; see target/bench/{log}.log")


def output(command):
    return subprocess.run(list(map(str, command)), check=True, stdout=subprocess.PIPE, text=True,
                          env=environment()).stdout


def end(process):
    process.terminate()
    try:
        process.wait(15)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    try:
        os.killpg(process.pid, signal.SIGKILL)  # the workers of nginx and PHP, if they are left
    except ProcessLookupError:
        pass
    running.remove(process)


@atexit.register
def end_all():
    for process in reversed(list(running)):
        if process.poll() is None:
            end(process)


# ---- What the kernel counts

def core_ticks(stat, core):
    """Busy and idle ticks of a core. Time that the hypervisor took is neither."""
    line = next(line for line in stat.splitlines() if line.startswith(f"cpu{core} "))
    user, nice, system, idle, iowait, irq, softirq = map(int, line.split()[1:8])
    return user + nice + system + irq + softirq, idle + iowait


def ticks_now(core):
    return core_ticks(pathlib.Path("/proc/stat").read_text(), core)


def busy_share(before, after):
    busy, idle = after[0] - before[0], after[1] - before[1]
    return busy / (busy + idle) if busy + idle else 0


def resident(process):
    """MiB."""
    return int(re.search(r"VmRSS:\s+(\d+)", pathlib.Path(f"/proc/{process.pid}/status").read_text())[1]) / 1024


def allocated(threads):
    """Bytes, from what jcmd prints about the threads of a JVM."""
    found = re.findall(r"\ballocated=(\d+)([BKMG])", threads)
    return sum(int(number) << 10 * "BKMG".index(unit) for number, unit in found)


def allocated_by(jvm):
    """None if it is not a JVM, or one of a runtime without tools."""
    jcmd = jvm and pathlib.Path(os.readlink(f"/proc/{jvm.pid}/exe")).with_name("jcmd")
    return allocated(output([jcmd, jvm.pid, "Thread.print", "-e"])) if jcmd and jcmd.exists() else None


def await_quiet():
    """Waits until requests whose client has gone are done, for ten seconds at most."""
    for _ in range(100):
        before = ticks_now(SERVER_CORE)
        time.sleep(0.1)
        if busy_share(before, ticks_now(SERVER_CORE)) <= 0.15:
            return


# ---- Servers

class Https:
    """A client of one server on this host, which accepts any certificate and keeps its connection."""

    def __init__(self, port):
        self.connection = http.client.HTTPSConnection("127.0.0.1", port, context=ssl._create_unverified_context())

    def ask(self, method, path, form=None):
        headers = {"Content-Type": "application/x-www-form-urlencoded"} if form is not None else {}
        try:
            self.connection.request(method, path, form, headers)
            response = self.connection.getresponse()
            body = response.read()
        except (OSError, http.client.HTTPException):
            self.connection.close()
            raise
        if response.status != 200:
            raise RuntimeError(f"{path} answered {response.status}")
        return body


def wait_for(process, question):
    """Waits until a server that has been started answers."""
    limit = time.monotonic() + 60
    while True:
        try:
            return question()
        except (OSError, http.client.HTTPException) as e:
            if process.poll() is not None or time.monotonic() > limit:
                raise RuntimeError("a server does not answer; its log is in target/bench") from e
        time.sleep(0.001)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def fresh(name):
    folder = TARGET / name
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


def make_keys():
    folder = fresh("keys")
    for name, kind in KEYS.items():
        run("openssl", ["openssl", "req", "-x509", "-newkey", *kind.split(), "-nodes", "-sha256", "-days", "30",
                        "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost",
                        "-keyout", folder / f"{name}.key", "-out", folder / f"{name}.crt"])
    return folder


class Certcollect:
    """certcollect with a configuration and a data folder, through its launcher, as a service runs it."""

    def __init__(self, stage, data, keys, more=""):
        self.key = next((key for key in KEYS if stage == "sqlite-" + key), "ec")
        dialect = "1.22" if stage == "sqlite-1.22" else "1.06"
        self.data, self.port, self.config = data, free_port(), TARGET / f"{stage}.properties"
        self.config.write_text(f"listen.host=127.0.0.1\nhttps.port={self.port}\nhttp.port=off\ntls.profile=modern\n"
                               f"collect.dialect={dialect}\n"
                               f"tls.certificate={keys / self.key}.crt\ntls.key={keys / self.key}.key\n{more}")

    def command(self, *verb):
        return [ROOT / "certcollect", *verb, "--config", self.config, "--data", self.data]

    def serve(self, core=SERVER_CORE):
        return start("certcollect", on_core(core, self.command("serve")))

    def fill(self, orders):
        """Fills the store, unless an earlier run did, and returns the password of the accounts that are asked for."""
        complete, password = self.data / "bench-complete", self.data / "bench-password"
        if not complete.exists():
            say(f"importing {orders:,} orders")
            shutil.rmtree(self.data, ignore_errors=True)
            self.data.mkdir(parents=True)
            # A server refuses to start without the key of the collection codes that the orders bring.
            for file in (self.data / "collection-codes.key", password):
                file.touch(0o600)
                file.write_text(secrets.token_hex(32))
            pipe = f'"{ROOT}/bench/generate" {orders} | "$@"'
            run("import", on_core("0,1", ["sh", "-c", pipe, "sh", *self.command("import", "-")]))
            for login in LOGINS:
                run("import", self.command("account", "password", login, "--password-file", password))
            complete.touch()
        return password.read_text()

    def issued(self, login):
        """The first of the account's issued orders for server certificates."""
        listed = output(self.command("order", "list", "--csv", "--account", login, "--state", "issued",
                                     "--product", "ssl", "--limit", "400"))
        return [Sample(int(row[0]), login) for row in list(csv.reader(listed.splitlines()))[1:]]


    def codes(self):
        """Imports orders with collection codes, unless an earlier run did, and returns the codes."""
        first, *lines = output([ROOT / "bench/generate", 10 * SAMPLES]).splitlines()
        orders = [order for order in map(json.loads, lines)
                  if order.get("product") == "ccc" and order["state"] == "issued"][:SAMPLES]
        for order in orders:
            del order["codeHash"]
            order["number"] += CODED
            order["code"] = f"CODE{order['number']}"
        file = TARGET / "codes.jsonl"
        file.write_text("\n".join([first, *map(json.dumps, orders)]) + "\n")
        run("import", on_core("0,1", self.command("import", file)))
        return [order["code"] for order in orders]


class Nginx:
    """nginx with the answers as files. For each key one port has an access log, as certcollect has, and one has none."""

    def __init__(self, keys):
        folder = fresh("nginx")
        self.www, self.logging, self.silent, servers = folder / "www", {}, {}, ""
        self.www.mkdir()
        (self.www / "ready").write_text("ready")
        for key in KEYS:
            for ports, log in ((self.logging, "access.log combined buffer=64k"), (self.silent, "off")):
                ports[key] = free_port()
                servers += f"""
  server {{
    listen 127.0.0.1:{ports[key]} ssl backlog=4096;
    ssl_certificate {keys / key}.crt;
    ssl_certificate_key {keys / key}.key;
    access_log {log};
    location /php/ {{
      fastcgi_pass unix:{TARGET}/php.sock;
      fastcgi_param SCRIPT_FILENAME {ROOT}/bench/php/collect.php;
      fastcgi_param REQUEST_METHOD $request_method;
      fastcgi_param CONTENT_TYPE $content_type;
      fastcgi_param CONTENT_LENGTH $content_length;
      fastcgi_param REQUEST_URI $request_uri;
      fastcgi_param SETTINGS {TARGET}/php-settings.php;
    }}
  }}"""
        (folder / "nginx.conf").write_text(f"""user root;
worker_processes 1;
pid nginx.pid;
error_log error.log;
events {{ worker_connections 4096; }}
http {{
  default_type text/plain;
  client_body_temp_path client;
  fastcgi_temp_path fastcgi;
  sendfile on;
  tcp_nopush on;
  keepalive_requests 1000000000;
  open_file_cache max=10000 inactive=1h;
  open_file_cache_valid 1h;
  ssl_protocols TLSv1.3;
  ssl_conf_command Ciphersuites TLS_AES_128_GCM_SHA256;
  ssl_ecdh_curve X25519;
  ssl_session_tickets on;
  root {self.www};{servers}
}}
""")
        self.process = start("nginx", on_core(SERVER_CORE, [
            "nginx", "-p", folder, "-e", folder / "error.log", "-c", folder / "nginx.conf", "-g", "daemon off;"]))
        wait_for(self.process, lambda: Https(self.logging["ec"]).ask("GET", "/ready"))


def start_php(data, password):
    """The same job as a script on the same SQLite store, run by PHP behind nginx."""
    listener, key = TARGET / "php.sock", secrets.token_hex(32)
    listener.unlink(missing_ok=True)
    fingerprint = hmac.new(key.encode(), password.encode(), hashlib.sha256).hexdigest()
    logins = ", ".join(f"'{login}' => '{fingerprint}'" for login in LOGINS)
    (TARGET / "php-settings.php").write_text(
        f"<?php return ['database' => '{data}/certcollect.sqlite', 'key' => '{key}', 'logins' => [{logins}]];\n")
    (TARGET / "php-fpm.conf").write_text(
        f"[global]\nerror_log = {TARGET}/php.log\ndaemonize = no\n"
        f"[collect]\nuser = root\ngroup = root\nlisten = {listener}\npm = static\npm.max_children = 8\n")
    program = next(pathlib.Path("/usr/sbin").glob("php-fpm*"))
    process = start("php", on_core(SERVER_CORE, [program, "-F", "-R", "-y", TARGET / "php-fpm.conf"]))
    wait_for(process, listener.stat)
    return process


class Postgres:
    """PostgreSQL as Debian has it, on the load's core. It refuses to run as root."""

    def __init__(self):
        self.folder = fresh("postgresql")
        if subprocess.run(["test", "-x", self.folder], user="postgres").returncode:
            self.folder = pathlib.Path(tempfile.mkdtemp(prefix="certcollect-bench-"))
        shutil.chown(self.folder, "postgres")
        self.secret, self.port = self.folder / "secret", free_port()
        self.secret.touch(0o600)
        self.secret.write_text(secrets.token_hex(16))
        shutil.chown(self.secret, "postgres")
        self.programs = max(pathlib.Path("/usr/lib/postgresql").glob("*/bin"), key=lambda p: int(p.parent.name))
        data, own = self.folder / "database", {"user": "postgres", "cwd": self.folder}
        run("postgresql", [self.programs / "initdb", "-D", data, "-U", "bench", "-A", "scram-sha-256",
                           "-E", "UTF8", "--locale", "C.UTF-8", "--pwfile", self.secret, "--no-sync"], **own)
        settings = ["shared_buffers=512MB", "max_wal_size=4GB", "fsync=off", "full_page_writes=off", "autovacuum=off",
                    "listen_addresses=127.0.0.1", f"port={self.port}", f"unix_socket_directories={self.folder}"]
        self.process = start("postgresql", [self.programs / "postgres", "-D", data,
                                            *(word for setting in settings for word in ("-c", setting))], **own)
        wait_for(self.process, lambda: socket.create_connection(("127.0.0.1", self.port)).close())
        self.config = (f"store.url=jdbc:postgresql://127.0.0.1:{self.port}/postgres\nstore.user=bench\n"
                       f"store.password-file={self.secret}\nstore.deadline=30s\n")

    def vacuum(self):
        run("postgresql", ["env", f"PGPASSWORD={self.secret.read_text()}", self.programs / "psql", "-h", "127.0.0.1",
                           "-p", str(self.port), "-U", "bench", "-c", "VACUUM ANALYZE", "postgres"])

    def close(self):
        self.process.send_signal(signal.SIGINT)  # at once, but in order
        self.process.wait()
        end(self.process)
        shutil.rmtree(self.folder, ignore_errors=True)


# ---- The answers, which nginx serves as files

class Answers:
    def __init__(self, www, password, samples):
        self.www, self.password, self.samples = www, password, samples

    @classmethod
    def of_three(cls, www, password, candidates, client):
        """Of orders whose chain has three certificates."""
        one_by_one = cls(www, password, [])
        for sample in candidates:
            if client.ask("POST", ENDPOINT, one_by_one.form("pem", sample)).count(b"-----BEGIN CERTIFICATE-----") == 3:
                one_by_one.samples.append(sample)
            if len(one_by_one.samples) == SAMPLES:
                break
        if not one_by_one.samples:
            raise RuntimeError("no order has a chain of 3: take more --orders")
        # Neighbours in the store are not asked for one after the other.
        random.Random(1).shuffle(one_by_one.samples)
        return one_by_one

    def collect(self, client, names):
        """Writes what the server answers."""
        for answer in names:
            (self.www / answer).mkdir()
            for sample in self.samples:
                self.file(answer, sample).write_bytes(client.ask("POST", ENDPOINT, self.form(answer, sample)))

    def form(self, answer, sample):
        return (f"loginName={sample.login}&loginPassword={self.password}&orderNumber={sample.number}"
                f"&{(ANSWERS | DETAILS)[answer]}")

    def file(self, answer, sample):
        return self.www / answer / str(sample.number)

    def check_files(self, client):
        for answer in ANSWERS | DETAILS:
            for sample in self.samples:
                self.check("nginx", answer, sample, client.ask("GET", f"/{answer}/{sample.number}"))

    def check_posts(self, server, client, answers, path=ENDPOINT):
        for answer in answers:
            for sample in self.samples:
                self.check(server, answer, sample, client.ask("POST", path, self.form(answer, sample)))

    def check(self, server, answer, sample, body):
        if body != self.file(answer, sample).read_bytes():
            raise RuntimeError(f"{server} answers other bytes than certcollect did: {answer} of order {sample.number}")

    def targets(self, file, method, path, answer):
        """The load client's list of requests; bench/load.c describes it."""
        with open(file, "w", encoding="ascii") as out:
            for sample in self.samples:
                length = self.file(answer, sample).stat().st_size
                if method == "GET":
                    out.write(f"GET\t/{answer}/{sample.number}\t\t{length}\n")
                else:
                    out.write(f"POST\t{path}\t{self.form(answer, sample)}\t{length}\n")
        return file

    def await_collect(self, client, process):
        wait_for(process, lambda: client.ask("POST", ENDPOINT, self.form("status", self.samples[0])))


# ---- Measuring

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
    if errors:
        raise RuntimeError(f"{contender.name}: the load client met {errors:.0f} errors")
    if workload.mode == "resume" and resumed < MIN_RESUMED:
        raise RuntimeError(f"{contender.name} resumed only a share of {resumed:.3f} of the sessions")
    say(f"{workload.name}, {contender.name}: {rate:.0f}/s, server's core {100 * server_busy:.0f} % busy, "
        f"load's {100 * load_busy:.0f} %")
    # Nothing else runs on the server's core.
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
    for contender in contenders:
        after, first = allocated_by(contender.jvm), before[contender.name]
        yield Measurement(workload.name, contender.name, runs[contender.name],
                          resident(contender.jvm) if contender.jvm else None,
                          None if after is None or first is None else (after - first) / asked[contender.name])


def contenders_of(workload, answers, folder, nginx, certcollect, server):
    key, answer = certcollect.key, workload.answer
    files = answers.targets(folder / f"get-{answer}", "GET", "", answer)
    yield Contender("certcollect", certcollect.port,
                    answers.targets(folder / f"post-{answer}", "POST", ENDPOINT, answer), server)
    yield Contender("nginx", nginx.logging[key], files, None)
    if not workload.php:
        yield Contender("nginx without log", nginx.silent[key], files, None)
        return
    for name, path in PHP.items():
        yield Contender(name, nginx.logging[key],
                        answers.targets(folder / path.rpartition("/")[2], "POST", path, answer), None)


class Session:
    """One run of this program, from keys and stores to the tables."""

    def __init__(self, chosen):
        self.chosen, self.measured, self.starts, self.failures = chosen, [], [], []
        self.facts = facts(chosen)
        self.keys = make_keys()
        self.nginx = Nginx(self.keys)
        self.data = TARGET / f"data-{chosen.orders}"

    def attempt(self, name, step):
        """Whatever goes wrong in one step, the others can still be measured."""
        say(name)
        try:
            step()
        except Exception as e:  # noqa: B902 - all that is not a signal
            self.failures.append(f"{name}: {e!r}")
            say(f"{name} failed: {e!r}")

    def run(self):
        answers = self.answers()
        for stage in dict.fromkeys(workload.stage for workload in self.chosen.workloads):
            wanted = [w for w in self.chosen.workloads if w.stage == stage]
            measure_stage = {"postgresql": self.on_postgresql, "audit": self.on_audit,
                             "page": self.on_page}.get(stage, self.on_sqlite)
            self.attempt(stage, lambda: measure_stage(stage, wanted, answers))
        if self.chosen.wants("start"):
            self.attempt("start", lambda: self.measure_starts(answers))

    def answers(self):
        """Collects what nginx is to serve, from a server of each dialect."""
        first = Certcollect("sqlite-ec", self.data, self.keys)
        password = first.fill(self.chosen.orders)
        say("collecting the answers that nginx is to serve")
        candidates, answers = [sample for login in LOGINS for sample in first.issued(login)], None
        for certcollect, names in ((first, ANSWERS), (Certcollect("sqlite-1.22", self.data, self.keys), DETAILS)):
            server, client = certcollect.serve(), Https(certcollect.port)
            wait_for(server, lambda: client.ask("POST", ENDPOINT, ""))
            answers = answers or Answers.of_three(self.nginx.www, password, candidates, client)
            answers.collect(client, names)
            java = os.readlink(f"/proc/{server.pid}/exe")
            end(server)
        version = subprocess.run([java, "-version"], stderr=subprocess.PIPE, text=True).stderr.splitlines()[1]
        self.facts += [f"certcollect on {version}", f"{len(answers.samples)} orders are asked for"]
        for key in KEYS:
            answers.check_files(Https(self.nginx.logging[key]))
        return answers

    def on_sqlite(self, stage, wanted, answers):
        self.serve(wanted, Certcollect(stage, self.data, self.keys), answers)

    def on_audit(self, stage, wanted, answers):
        """Two servers on one store take turns: one records the requests in the audit log, one does not."""
        both = [Certcollect("audit-on", self.data, self.keys),
                Certcollect("audit-off", self.data, self.keys, "audit.collects=false\n")]
        servers, folder = [each.serve() for each in both], fresh("targets")
        try:
            for each, server in zip(both, servers):
                answers.await_collect(Https(each.port), server)
            for i, workload in enumerate(wanted):
                posts = answers.targets(folder / workload.answer, "POST", ENDPOINT, workload.answer)
                contenders = [Contender(name, each.port, posts, server)
                              for name, each, server in zip(AUDITED, both, servers)]
                seconds = self.chosen.warm_ups[min(i, 1)]
                self.attempt(workload.name,
                             lambda: self.measured.append(list(measure(workload, contenders, self.chosen, seconds))))
        finally:
            for server in servers:
                end(server)

    def on_page(self, stage, wanted, answers):
        """The page of a code, and the empty form, take turns with collects from the same server."""
        certcollect, folder = Certcollect(stage, self.data, self.keys), fresh("targets")
        codes, server = certcollect.codes(), certcollect.serve()
        try:
            client, page, form = Https(certcollect.port), folder / "page", folder / "form"
            answers.await_collect(client, server)
            with open(page, "w", encoding="ascii") as out:
                for code in codes:
                    shown = client.ask("POST", PAGE, f"code={code}")
                    if b'value="pem"' not in shown:
                        raise RuntimeError(f"the page of {code} has no file to download")
                    out.write(f"POST\t{PAGE}\tcode={code}\t{len(shown)}\n")
            form.write_text(f"GET\t{PAGE}\t\t{len(client.ask('GET', PAGE))}\n")
            for workload in wanted:
                targets = page, answers.targets(folder / "post", "POST", ENDPOINT, workload.answer), form
                contenders = [Contender(name, certcollect.port, file, server) for name, file in zip(PAGED, targets)]
                self.measured.append(list(measure(workload, contenders, self.chosen, self.chosen.warm_ups[0])))
        finally:
            end(server)

    def on_postgresql(self, stage, wanted, answers):
        database = Postgres()
        try:
            certcollect = Certcollect(stage, fresh("postgresql-data") / "data", self.keys, database.config)
            password = certcollect.fill(self.chosen.postgresql_orders)
            database.vacuum()
            last = FIRST_NUMBER + self.chosen.postgresql_orders
            its = Answers(answers.www, password, [s for s in answers.samples if s.number < last])
            if not its.samples:
                raise RuntimeError("PostgreSQL has none of the orders that are asked for")
            self.facts.append(f"of PostgreSQL, {len(its.samples)} orders are asked for")
            self.serve(wanted, certcollect, its)
        finally:
            database.close()

    def serve(self, wanted, certcollect, answers):
        server, php, folder = certcollect.serve(), None, fresh("targets")
        try:
            client = Https(certcollect.port)
            answers.await_collect(client, server)
            answers.check_posts("certcollect", client, {w.answer for w in wanted})
            if any(w.php for w in wanted):
                php = start_php(certcollect.data, answers.password)
                through = Https(self.nginx.logging["ec"])
                answers.check_posts("php", through, ["pem"], PHP["php, HMAC"])
                Answers(answers.www, answers.password, answers.samples[:1]).check_posts(
                    "php", through, ["pem"], PHP["php, Argon2id"])
            for i, workload in enumerate(wanted):
                contenders = list(contenders_of(workload, answers, folder, self.nginx, certcollect, server))
                seconds = self.chosen.warm_ups[min(i, 1)]
                self.attempt(workload.name,
                             lambda: self.measured.append(list(measure(workload, contenders, self.chosen, seconds))))
        finally:
            for process in filter(None, (php, server)):
                end(process)

    def measure_starts(self, answers):
        """Milliseconds from the start of the process to an answer, and to one for which a password was checked."""
        certcollect = Certcollect("sqlite-ec", self.data, self.keys)
        for _ in range(self.chosen.starts):
            await_quiet()
            begin, client = time.monotonic(), Https(certcollect.port)
            server = certcollect.serve()
            wait_for(server, lambda: client.ask("POST", ENDPOINT, ""))
            answered = time.monotonic()
            answers.await_collect(client, server)
            self.starts.append((1000 * (answered - begin), 1000 * (time.monotonic() - begin)))
            end(server)


# ---- Tables

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


def report(session):
    started = ""
    if session.starts:
        answer, collect = (statistics.median(times) for times in zip(*session.starts))
        started = (f"From process start to the first answer: {answer:.0f} ms, to the first collect with a password: "
                   f"{collect:.0f} ms; medians of {len(session.starts)} on one core.\n")
    (TARGET / "ratios.tsv").write_text("".join("\t".join(row) + "\n" for row in program_table(session.measured)))
    text = "\n".join(filter(None, [markdown(table(session.measured)), LEGEND, started,
                                   "".join(f"- {fact}\n" for fact in session.facts)]))
    (TARGET / "report.md").write_text(text)
    print(text, flush=True)


def main():
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    session = Session(options(sys.argv[1:]))
    session.run()
    report(session)
    for failure in session.failures:
        print("not measured:", failure, file=sys.stderr)
    return bool(session.failures)


if __name__ == "__main__":
    sys.exit(main())
