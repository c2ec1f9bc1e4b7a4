"""Run the benchmarks that need nothing but this checkout, at a tenth of their size: ``python -m bench [NAME…]``.

Each prints its ratios and says where a limit is missed. ``python -m bench.NAME`` runs one at its full size, which
can take a quarter of an hour; those that measure against gold data or captured feeds take these as arguments.
"""

from __future__ import annotations

import shutil
import subprocess
import sys

SMALL = {
    "speech_speed": (),
    "store_operations": ("--articles", "10000", "--stock", "10000"),
    "search": ("--articles", "10000", "--scan", "2000"),
    "people_memory": ("--articles", "3000"),
    "start": ("--articles", "1000", "--runs", "3"),
    "keys": ("--articles", "10000", "--each", "10"),
    "keys_while_refreshing": ("--feeds", "30"),
    "refresh": ("--feeds", "50", "--runs", "1", "--threads", "50"),
}
"""The benchmarks and the arguments that make them short."""


def main(names: list[str]) -> int:
    unknown = [name for name in names if name not in SMALL]
    if unknown:
        print(f"There is no benchmark {unknown[0]}; there are {', '.join(SMALL)}.", file=sys.stderr)
        return 2
    missed = []
    for name in names or SMALL:
        print(f"\n== {name}", flush=True)
        if name == "refresh" and not shutil.which("newsboat"):
            print("newsboat, which it measures against, is not installed.")
        elif subprocess.run([sys.executable, "-m", f"bench.{name}", *SMALL[name]]).returncode:
            missed.append(name)
    if missed:
        print(f"\nBelow a limit, or broken off: {', '.join(missed)}.")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
