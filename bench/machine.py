"""The machine that bench/run measures on: its programs, its cores, what the kernel counts."""

import atexit
import http.client
import os
import pathlib
import re
import shutil
import signal
import socket
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
TARGET = ROOT / "target/bench"
SERVER_CORE, LOAD_CORE = 0, 1


def say(text):
    print(time.strftime("%H:%M:%S"), text, file=sys.stderr, flush=True)


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
