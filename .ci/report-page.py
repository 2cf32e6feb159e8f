"""Holds report pages against a browser: what it complains of, what it fetches, how it lays out, who can read it."""

import json
import os
import pathlib
import re
import sys
from importlib import resources

from playwright.sync_api import expect, sync_playwright

WIDTHS = {"phone": (390, 844), "desk": (1280, 900)}
SCHEMES = ["light", "dark"]
CHECKED = [("phone", "light"), ("desk", "dark")]

browser_path, folder = sys.argv[1], pathlib.Path(sys.argv[2])
problems = []


def complain(page, what):
    problems.append(f"{page}: {what}")
    print(f"  {what}")


def axe_script():
    for name in resources.files("axe_playwright_python").iterdir():
        if name.name == "axe.min.js":
            return name.read_text()
    raise SystemExit("report-page: there is no axe.min.js in axe-playwright-python")


def watched(context, path):
    """Opens a page; everything it logs, throws or fetches besides itself is a problem."""
    page = context.new_page()
    page.on("console", lambda message: complain(path.name, f"console {message.type}: {message.text}"))
    page.on("pageerror", lambda error: complain(path.name, f"script error: {error}"))
    page.on(
        "request",
        lambda request: request.url.split("#")[0] == path.as_uri() or complain(path.name, f"fetches {request.url}"),
    )
    page.goto(path.as_uri())
    return page


def check_layout(page, path, width):
    wide = page.evaluate("document.documentElement.scrollWidth")
    if wide > width:
        complain(path.name, f"is {wide} wide on a screen of {width}")


def check_table(page, path):
    """Sorts and filters with the keyboard alone."""
    rows = page.locator("#rows tbody tr")
    if rows.count() < 2:
        return
    whole = rows.count()
    if page.locator("#filter").is_hidden():
        return complain(path.name, "the filter is not shown")
    header = page.locator("#rows thead th").nth(2)
    for wanted in ["ascending", "descending"]:
        header.locator("button").focus()
        page.keyboard.press("Enter")
        if header.get_attribute("aria-sort") != wanted:
            complain(path.name, f"the header does not say {wanted}")
    if page.locator("#rows thead th[aria-sort]").count() != 1:
        complain(path.name, "several columns say they are sorted")
    texts = page.locator("#rows tbody tr td:nth-child(3)").all_inner_texts()
    amounts = [text.replace(",", "").replace("\u2212", "-") for text in texts if re.fullmatch(r"[-\u2212]?[\d,]+(\.\d+)?", text)]
    if amounts != sorted(amounts, key=float, reverse=True):
        complain(path.name, "amounts are out of order")
    page.locator("#of-field").select_option(index=1)
    field = page.locator("#of-field").input_value()
    visible = page.locator("#rows tbody tr:visible")
    shown = visible.count()
    if not 0 < shown <= whole or any(
        text != field for text in page.locator("#rows tbody tr:visible td:nth-child(2)").all_inner_texts()
    ):
        complain(path.name, f"the filter for {field} shows other rows")
    if not page.locator("#count").inner_text().startswith(f"{shown:,} of {whole:,} "):
        complain(path.name, "the count is not announced")
    page.locator("#filter button[type=reset]").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#rows tbody tr:not([hidden])")).to_have_count(whole)
    page.locator("#find").fill("no such text anywhere")
    if visible.count() != 0 or not page.locator("#count").inner_text().startswith("0 of "):
        complain(path.name, "a search that finds nothing shows rows")
    page.locator("#find").fill("")


def check_access(page, path):
    found = page.evaluate("() => axe.run(document, {resultTypes: ['violations', 'incomplete']})")
    for rule in found["violations"]:
        nodes = "; ".join(" ".join(map(str, node["target"])) for node in rule["nodes"][:3])
        complain(path.name, f"axe {rule['id']} ({rule['impact']}), {len(rule['nodes'])} times: {rule['help']}: {nodes}")
    return len(found["violations"])


def check_bare(browser, path):
    """Without script, the table is whole and nothing is offered that would not work."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(path.as_uri())
    if page.locator("#filter").count() and page.locator("#filter").is_visible():
        complain(path.name, "shows a filter without a script")
    if page.locator("#rows thead button").count():
        complain(path.name, "has buttons that do nothing without a script")
    context.close()


def check_skip(page, path):
    page.keyboard.press("Tab")
    focused = page.evaluate("document.activeElement.className")
    if focused != "skip":
        complain(path.name, "the first stop of the keyboard is not the skip link")


axe = axe_script()
pages = sorted(folder.glob("*.html"))
if not pages:
    raise SystemExit(f"report-page: no pages in {folder}")
with sync_playwright() as playwright:
    browser = playwright.chromium.launch(
        executable_path=browser_path, args=["--no-sandbox"] if os.geteuid() == 0 else []
    )
    for path in pages:
        print(path.name, f"{path.stat().st_size:,} bytes")
        for name, (width, height) in WIDTHS.items():
            for scheme in SCHEMES:
                options = {"viewport": {"width": width, "height": height}, "color_scheme": scheme}
                context = browser.new_context(**options)
                page = watched(context, path)
                check_layout(page, path, width)
                check_skip(page, path)
                page.evaluate("document.activeElement.blur()")
                page.screenshot(path=folder / f"{path.stem}-{name}-{scheme}.png", full_page=path.stat().st_size < 300_000)
                if scheme == "light" and path.stat().st_size < 300_000:
                    check_table(page, path)
                context.close()
                # The checker is a script of its own, which the page's policy rightly refuses. It takes a while: once for each scheme
                # and each width, and not on the large page, which has no other parts.
                if (name, scheme) in CHECKED and path.stat().st_size < 300_000:
                    context = browser.new_context(bypass_csp=True, **options)
                    page = context.new_page()
                    page.goto(path.as_uri())
                    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
                    page.add_script_tag(content=axe)
                    check_access(page, path)
                    context.close()
        check_bare(browser, path)
    version = browser.version
    browser.close()
print(json.dumps({"browser": version, "pages": len(pages), "problems": len(problems)}))
if problems:
    raise SystemExit(1)
