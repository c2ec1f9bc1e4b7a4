"""Make the pictures of the documentation from the running dashboard: ``python docs/make_pictures.py``."""

from __future__ import annotations

import asyncio
import os
import tempfile
from pathlib import Path

from store.library import Library
from store.paths import Places
from tui.app import NewsdashApp

HERE = Path(__file__).parent
SIZE = (130, 40)
KEYS = ("j", "k", "enter", "right_square_bracket")


async def picture(folder: Path) -> str:
    """The screen on the shipped seed, with its first quotation followed; as SVG."""
    os.environ["NEWSDASH_HOME"] = str(folder)
    app = NewsdashApp(lambda: Library.open(Places.find()))
    async with app.run_test(size=SIZE) as pilot:
        await asyncio.sleep(1.5)
        for key in KEYS:
            await pilot.press(key)
            await asyncio.sleep(0.2)
        return app.export_screenshot(title="newsdash")


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        (HERE / "screen.svg").write_text(asyncio.run(picture(Path(folder))), encoding="utf-8")


if __name__ == "__main__":
    main()
