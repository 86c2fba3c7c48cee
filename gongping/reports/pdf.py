"""A report on paper: report.html printed by the browser that audits run in."""

from __future__ import annotations

import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from playwright.sync_api import Error, sync_playwright

from gongping.browser import launch_arguments

_SECONDS = 120
"""For each step of the browser: a report with hundreds of pictures takes twenty on a slow machine."""
_LAID_OUT = """async () => {
  await document.fonts.ready;
  const pictures = [...document.images].filter((picture) => picture.src);
  for (const picture of pictures) picture.loading = "eager";
  const decoded = pictures.map((picture) => picture.decode().catch(() => null));
  await Promise.race([Promise.all(decoded), new Promise((late) => setTimeout(late, 20_000))]);
}"""
"""A picture that isn't decoded when printing begins is an empty frame on paper."""


class NotPrinted(Exception):
    """No PDF was written; str() says why in one line."""


def write(text: str, file: Path, language: str = "zh") -> Path:
    """Print the HTML of a report to `file`, in `zh` or `en`; returns it. Raises NoBrowser, NotPrinted."""
    with tempfile.TemporaryDirectory() as folder:
        page_file = Path(folder, "report.html")
        page_file.write_text(text, encoding="utf-8")
        try:
            with ThreadPoolExecutor(1) as beside:  # a thread that uses Playwright already can't start it again
                data = beside.submit(_print, f"{page_file.as_uri()}?{language}").result()
        except Error as error:
            raise NotPrinted(f"the browser could not print the report: {error.message.splitlines()[0]}") from None
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
    except OSError as error:
        raise NotPrinted(f"{file}: can't be written ({error.strerror})") from None
    return file


def _print(url: str) -> bytes:
    with sync_playwright() as playwright, playwright.chromium.launch(**launch_arguments()) as browser:
        page = browser.new_page()
        page.set_default_timeout(_SECONDS * 1000)
        page.goto(url)
        page.emulate_media(media="print")
        page.evaluate(_LAID_OUT)
        return page.pdf(prefer_css_page_size=True, print_background=True, tagged=True, outline=True)
