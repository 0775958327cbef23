"""What the benchmark scripts share: building the command, running it, and reading what it cost."""

import os
import pathlib
import subprocess
import tempfile
import time
from dataclasses import dataclass

BENCHMARKS = pathlib.Path(__file__).resolve().parent
ROOT = BENCHMARKS.parent


@dataclass
class Cost:
    """One run of a command: seconds, seconds of processor time, and peak memory in MiB."""

    wall: float
    cpu: float
    peak_mib: float
    status: int


def build():
    """Builds the command for release and returns its path."""
    subprocess.run(
        ["swift", "build", "--configuration", "release", "--product", "chatscrub"],
        cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    folder = subprocess.run(
        ["swift", "build", "--configuration", "release", "--show-bin-path"],
        cwd=ROOT, check=True, capture_output=True, text=True).stdout.strip()
    return str(pathlib.Path(folder) / "chatscrub")


def corpusgen():
    """Builds the generator of corpora and returns its path."""
    base = ["swift", "build", "--configuration", "release", "--package-path", str(BENCHMARKS)]
    subprocess.run(base + ["--product", "corpusgen"], check=True, stdout=subprocess.DEVNULL)
    folder = subprocess.run(
        base + ["--show-bin-path"], check=True, capture_output=True, text=True).stdout.strip()
    return str(pathlib.Path(folder) / "corpusgen")


def run(command, output=os.devnull):
    """Runs a command with its standard output in a file and returns its cost.

    The kernel's own figure for the peak would start at what this script uses itself, so the
    peak is read from /proc while the command runs; it only ever grows.
    """
    with open(output, "wb") as target:
        start = time.perf_counter()
        process = subprocess.Popen(command, stdout=target, stdin=subprocess.DEVNULL)
        peak = 0
        while True:
            peak = max(peak, peak_kib(process.pid))
            ended, status, usage = os.wait4(process.pid, os.WNOHANG)
            if ended:
                break
            time.sleep(0.005)
        wall = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    # A command that is over before it is looked at has only the kernel's figure.
    return Cost(
        wall, usage.ru_utime + usage.ru_stime, (peak or usage.ru_maxrss) / 1024,
        process.returncode)


def peak_kib(pid):
    try:
        with open(f"/proc/{pid}/status") as status:
            for line in status:
                if line.startswith("VmHWM:"):
                    return int(line.split()[1])
    except OSError:
        pass
    return 0


def scratch_folder():
    """A folder in memory where there is one, so that no disk is measured."""
    memory = "/dev/shm"
    base = os.environ.get("TMPDIR") or (memory if os.access(memory, os.W_OK) else None)
    return tempfile.TemporaryDirectory(prefix="chatscrub-", dir=base)


def repeat(source, target, size):
    """Writes whole lines of `source` to `target`, over and over, until `size` bytes are there."""
    with open(source, "rb") as file:
        text = file.read()
    if not text.endswith(b"\n"):
        text += b"\n"
    with open(target, "wb") as file:
        left = size
        while left >= len(text):
            file.write(text)
            left -= len(text)
        # The rest is cut at a line's end; a corpus of one long line is written once at least.
        end = text.rfind(b"\n", 0, left) + 1
        file.write(text[:end] if end or size > left else text)
    return os.path.getsize(target)


def byte_count(text):
    """`500M` as 500,000,000 and `2Gi` as 2,147,483,648."""
    units = {"k": 10**3, "M": 10**6, "G": 10**9, "Ki": 2**10, "Mi": 2**20, "Gi": 2**30}
    for unit in sorted(units, key=len, reverse=True):
        if text.endswith(unit):
            return int(float(text[: -len(unit)]) * units[unit])
    return int(text)


def cpu_name():
    with open("/proc/cpuinfo") as info:
        for line in info:
            if line.startswith("model name"):
                return line.split(":", 1)[1].strip()
    return "unknown"
