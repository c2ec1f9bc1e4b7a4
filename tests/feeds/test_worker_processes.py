"""Workers that hang, break down, or lose whoever started them."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from store.errors import FeedError, NotAFeedError
from store.feeds.parser import parse_feed
from store.workers import Pool


@pytest.fixture
def quick_pool():
    pool = Pool(1, seconds=0.5)
    yield pool
    pool.close()


def alive(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


def gone_within(pid: int, seconds: float) -> bool:
    deadline = time.monotonic() + seconds
    while alive(pid) and time.monotonic() < deadline:
        time.sleep(0.05)
    return not alive(pid)


def test_the_answer(pool):
    assert pool.call(sorted, [3, 1, 2], reverse=True) == [3, 2, 1]


def test_errors_meant_for_the_user_arrive(pool):
    with pytest.raises(NotAFeedError, match="empty"):
        pool.call(parse_feed, b"", "", "https://x.example/")


def test_other_errors_become_one_sentence_and_keep_their_trace(pool):
    with pytest.raises(FeedError, match="broken") as caught:
        pool.call(int, "x")
    assert "ValueError" in caught.value.__notes__[0]


def test_a_worker_that_hangs_is_killed_and_replaced(quick_pool):
    first = quick_pool.call(os.getpid)
    began = time.monotonic()
    with pytest.raises(FeedError, match="longer than"):
        quick_pool.call(time.sleep, 60)
    assert time.monotonic() - began < 5
    assert gone_within(first, 2)
    assert quick_pool.call(os.getpid) != first


def test_workers_that_wait_for_work():
    pool = Pool(2)
    assert pool.has_free_worker
    pool.warm_up(5, time.sleep, 0.2)
    deadline = time.monotonic() + 5
    while pool.has_free_worker and time.monotonic() < deadline:
        time.sleep(0.01)
    assert not pool.has_free_worker
    with ThreadPoolExecutor(2) as threads:
        pids = set(threads.map(lambda _: pool.call(os.getpid), range(8)))
    pool.close()
    assert 1 <= len(pids) <= 2
    assert all(gone_within(pid, 2) for pid in pids)


def test_warming_up_fails_without_a_word(quick_pool):
    quick_pool.warm_up(1, os._exit, 3)
    assert quick_pool.call(sorted, [2, 1]) == [1, 2]


def test_a_worker_that_dies_at_work(quick_pool):
    quick_pool.call(os.getpid)
    with pytest.raises(FeedError):
        quick_pool.call(os._exit, 3)
    assert quick_pool.call(abs, -1) == 1


def test_a_worker_that_died_while_it_waited_is_not_noticed(quick_pool):
    os.kill(quick_pool.call(os.getpid), signal.SIGKILL)
    assert quick_pool.call(abs, -1) == 1


def test_too_much_memory(quick_pool):
    with pytest.raises(FeedError):
        quick_pool.call(bytes, 8 << 30)
    assert quick_pool.call(abs, -1) == 1


def test_many_threads_share_few_workers(pool):
    with ThreadPoolExecutor(16) as threads:
        assert list(threads.map(lambda n: pool.call(abs, -n), range(100))) == list(range(100))
        assert len(set(threads.map(lambda _: pool.call(os.getpid), range(40)))) <= 2


def test_large_tasks_and_answers(pool):
    data = os.urandom(5 << 20)
    assert pool.call(bytes, data) == data


def test_closing_ends_the_processes():
    pool = Pool(1)
    pid = pool.call(os.getpid)
    pool.close()
    assert gone_within(pid, 2)
    with pytest.raises(FeedError):
        pool.call(abs, -1)


STARTER = """
import os, sys, threading, time
from store.workers import Pool
pool = Pool(2, seconds={seconds})
print(pool.call(os.getpid), flush=True)
if {busy}: threading.Thread(target=pool.call, args=(time.sleep, 60), daemon=True).start()
time.sleep({life})
"""


def start(*, busy: bool, life: float, seconds: float = 1) -> tuple[subprocess.Popen[str], int]:
    program = STARTER.format(busy=busy, life=life, seconds=seconds)
    process = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    return process, int(process.stdout.readline())


@pytest.mark.parametrize("busy", [False, True])
def test_nothing_is_left_after_a_normal_end(busy):
    process, worker = start(busy=busy, life=0.3)
    assert process.wait(10) == 0
    assert gone_within(worker, 2)


@pytest.mark.parametrize("busy", [False, True])
def test_nothing_is_left_when_the_parent_is_killed(busy):
    process, worker = start(busy=busy, life=60)
    time.sleep(0.3)
    process.kill()
    process.wait()
    assert gone_within(worker, 6)


def test_no_importing_of_the_main_module(tmp_path):
    program = tmp_path / "main.py"
    program.write_text(
        "import os\nprint('main', flush=True)\nfrom store.workers import Pool\nprint(Pool(1).call(abs, -7))\n"
    )
    output = subprocess.run([sys.executable, program], capture_output=True, text=True, check=True, cwd=Path.cwd())
    assert output.stdout.split() == ["main", "7"]
