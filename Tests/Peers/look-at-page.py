#!/usr/bin/env python3
"""Looks at the pages of drift and plan in headless Chromium.

    look-at-page.py FOLDER
    look-at-page.py --times PAGE

FOLDER holds NAME.LANGUAGE.html, of the cases of Tests/ReportingTests/Drift/Cases of `large`, a fleet of 5,000, of
`servers`, and of `plan`.
Checks what is visible, that filters work, and that the console stays empty: an error of the script and whatever the
Content-Security-Policy stops both come to stand there. Leaves screenshots beside the pages. Exits with 1 at the first
fault. With --times it measures a page of many workloads, and prints the times as JSON.
"""

import itertools
import json
import re
import sys
from pathlib import Path

from selenium import webdriver
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

SHOWN = "return [...document.querySelectorAll('#fleet article')].filter(e => e.checkVisibility()).length"
# What a page may hold; everything else would be forged.
TAGS = set("""html head meta title link style body a header p h1 h2 h3 h4 div label input select option button fieldset
    legend span b output main article details summary small ul li dl dt dd code time br figure figcaption pre i mark
    footer script""".split())


def need(condition, message):
    if not condition:
        sys.exit(f"look-at-page: {message}")


class Browser:
    def __init__(self):
        options = webdriver.ChromeOptions()
        options.binary_location = "/usr/bin/chromium"
        for argument in ("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--hide-scrollbars"):
            options.add_argument(argument)
        options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
        self.driver = webdriver.Chrome(options=options, service=Service("/usr/bin/chromedriver"))

    def open(self, path, width=1200, height=900, scheme="light", script=True):
        command = self.driver.execute_cdp_cmd
        command("Emulation.setScriptExecutionDisabled", {"value": not script})
        command("Emulation.setEmulatedMedia", {"features": [{"name": "prefers-color-scheme", "value": scheme}]})
        command("Emulation.setDeviceMetricsOverride",
                {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600})
        self.driver.get(path.as_uri())

    def run(self, code, *arguments):
        return self.driver.execute_script(code, *arguments)

    def find(self, selector):
        return self.driver.find_elements(By.CSS_SELECTOR, selector)

    def expect_quiet(self, name):
        entries = self.driver.get_log("browser")
        need(not entries, f"{name}: the console says {entries}")

    def type(self, text):
        box = self.find("#search")[0]
        box.clear()
        box.send_keys(text)
        self.settle()

    def settle(self):
        self.driver.execute_async_script(
            "const done = arguments[0]; requestAnimationFrame(() => requestAnimationFrame(() => done()))")


def screenshots(browser, folder):
    looks = [(1200, 1600), (390, 1600)]
    for language, scheme, (width, height) in itertools.product(("en", "ru"), ("light", "dark"), looks):
        for name in ("fleet", "hostile", "empty") if width == 1200 else ("fleet",):
            browser.open(folder / f"{name}.{language}.html", width, height, scheme)
            browser.driver.save_screenshot(str(folder / f"{name}.{language}.{scheme}.{width}.png"))
            over = browser.run("return document.documentElement.scrollWidth - innerWidth")
            need(over <= 0, f"{name}.{language} is {over} pixels too wide for {width}")
            browser.expect_quiet(name)


def contrast(browser, folder, page="fleet"):
    """Text on its own ground by WCAG 2: at least 4.5 to 1."""
    for scheme in ("light", "dark"):
        browser.open(folder / f"{page}.en.html", scheme=scheme)
        poor = browser.run("""
            const channel = (v) => (v /= 255) <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4;
            const numbers = (c) => c.match(/[\\d.]+/g).map(Number);
            const light = (c) => { const [r, g, b] = numbers(c).map(channel); return .2126 * r + .7152 * g + .0722 * b; };
            const ground = (e) => {
              for (; e; e = e.parentElement) {
                const c = getComputedStyle(e).backgroundColor;
                if (c.startsWith("rgb(") ) return c;
              }
              return getComputedStyle(document.documentElement).backgroundColor;
            };
            return [...document.querySelectorAll("main *, header *")].filter((e) =>
              [...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim()) && e.checkVisibility()
            ).map((e) => {
              const [a, b] = [light(getComputedStyle(e).color), light(ground(e))].sort((x, y) => y - x);
              return [(a + .05) / (b + .05), e.outerHTML.slice(0, 90)];
            }).filter(([ratio]) => ratio < 4.5);""")
        need(not poor, f"{scheme}: too little contrast: {poor[:5]}")


def visible(browser, folder):
    """What people come for can be read, with the script and without it."""
    words = {
        "en": ["Drift in 2 of 9 workloads", "live value edited", "Ann Author", "event 412", "blue-green", "(unset)",
               "unknown key \"prot\" under deploy", "did you mean port?", "3 managed fields", "In sync",
               "77aa22222222", "3f2a9c01d5e7", "2026-11-18 08:00 UTC", "the clone is shallow"],
        "ru": ["Расхождения: 2 из 9 рабочих нагрузок", "изменено действующее значение", "событие 412", "(не задано)",
               "3 управляемых поля", "Совпадает", "Зеркало обновлено"],
    }
    for language, script in itertools.product(words, (True, False)):
        browser.open(folder / f"fleet.{language}.html", script=script)
        if script:
            browser.run("document.querySelectorAll('details').forEach(e => e.open = true)")
        text = browser.driver.find_element(By.TAG_NAME, "body").text
        # Without the script what needs attention stands open by itself.
        wanted = words[language] if script else [word for word in words[language] if word not in ("In sync",)]
        missing = [word for word in wanted if word not in text]
        need(not missing, f"fleet.{language}, script {script}: not to be seen: {missing}")
        need(browser.find("html")[0].get_attribute("lang") == language, "the language is not told")
        filters = browser.find("#filters")[0].is_displayed()
        need(filters == script, "filters that do nothing are shown, or those that work are not")
        browser.expect_quiet(f"fleet.{language}")


def structure(browser, folder):
    """Landmarks, headings in order, names of controls, marks."""
    browser.open(folder / "fleet.en.html")
    levels = browser.run("return [...document.querySelectorAll('h1,h2,h3,h4')].map(e => Number(e.tagName[1]))")
    need(levels.count(1) == 1 and levels[0] == 1, "there is not just one title")
    need(all(b <= a + 1 for a, b in zip(levels, levels[1:])), f"a level of headings is left out: {levels}")
    tree = browser.driver.execute_cdp_cmd("Accessibility.getFullAXTree", {})["nodes"]
    roles = [(node.get("role", {}).get("value"), node.get("name", {}).get("value", "")) for node in tree if not node["ignored"]]
    for role in ("banner", "main", "search", "contentinfo", "status"):
        need(role in [r for r, _ in roles], f"no landmark {role}")
    nameless = [r for r, name in roles if r in ("searchbox", "combobox", "checkbox", "button", "DisclosureTriangle") and not name]
    need(not nameless, f"without a name: {nameless}")
    marks = browser.run("return [...document.querySelectorAll('article[data-q^=\"shop\"] mark:not(.key mark)')].map(e => e.textContent)")
    need(marks == ["8080 (drifted)", "/healthz (managed)", "blue-green (drifted)"], f"marked: {marks}")
    browser.expect_quiet("fleet")


def filters(browser, folder):
    browser.open(folder / "fleet.en.html")
    shown = lambda: browser.run(SHOWN)
    count = lambda: browser.find("#count")[0].text
    need(shown() == 9 and count() == "9 of 9 shown", f"at first: {shown()}, {count()!r}")
    for text, number in (("SHOP", 1), ("acme", 7), ("acme shop", 1), ("3000", 1), ("live value edited", 1), ("Ann Author", 1),
                         ("unknown-key", 1), ("no such thing", 0)):
        browser.type(text)
        need(shown() == number and count() == f"{number} of 9 shown", f"{text!r}: {shown()}, {count()!r}")
    need(browser.find("#none")[0].is_displayed(), "nothing says that nothing fits")
    browser.find("#search")[0].send_keys(Keys.ESCAPE)
    need(shown() == 9, "Escape does not take the search back")
    browser.find("[value=in_sync]")[0].click()
    browser.find("[value=drifted]")[0].click()
    browser.settle()
    need(shown() == 6, f"without two statuses: {shown()}")
    browser.find("[data-action=reset]")[0].click()
    need(shown() == 9, "Reset does not bring all back")
    browser.run("document.getElementById('cause').value = 'unknown';"
                "document.getElementById('cause').dispatchEvent(new Event('input', {bubbles: true}))")
    browser.settle()
    need(shown() == 1, f"by cause: {shown()}")
    browser.find("[data-action=reset]")[0].click()
    browser.find("[data-action=close]")[0].click()
    need(not browser.find("article details[open]"), "Fold leaves something open")
    browser.find("h1")[0].click()
    browser.driver.switch_to.active_element.send_keys("/")
    need(browser.driver.switch_to.active_element.get_attribute("id") == "search", "/ does not go to the search")
    keyboard(browser)
    browser.expect_quiet("filters")


def addresses(browser, folder):
    """The address tells the filters and leads to a workload."""
    page = folder / "fleet.en.html"
    shown = lambda: browser.run(SHOWN)
    browser.open(page)
    browser.type("acme shop")
    need(browser.run("return location.hash") == "#q=acme+shop", "the address does not tell the search")
    browser.find("[data-action=reset]")[0].click()
    need(browser.run("return location.hash") == "", "the address still tells a search")
    browser.find("[value=in_sync]")[0].click()
    browser.settle()
    need("status=" in browser.run("return location.hash"), "the address does not tell the statuses")
    for state, number in (("q=acme", 7), ("cause=unknown", 1), ("status=invalid,no_file", 2), ("source=static", 1), ("q=<b>", 0)):
        browser.run("location.hash = arguments[0]", state)
        browser.settle()
        need(shown() == number, f"{state}: {shown()}")
    browser.run("location.hash = 'w-shop--w-1'")
    browser.settle()
    need(shown() == 9, "a workload's address keeps filters that hide it")
    need(browser.run("return document.getElementById('w-shop--w-1').firstElementChild.open"), "the workload is closed")
    ids = browser.run("return [...document.querySelectorAll('article')].map(e => e.id)")
    need(len(set(ids)) == 9 and all(re.fullmatch(r"w-[\w.-]+", one, re.ASCII) for one in ids), f"anchors: {ids}")
    browser.expect_quiet("addresses")


def telephone(browser, folder):
    """The list begins on the first screen, and the filters are a tap away."""
    for name, language in itertools.product(("fleet", "large"), ("en", "ru")):
        browser.open(folder / f"{name}.{language}.html", 390, 844)
        top = browser.run("return document.querySelector('article').getBoundingClientRect().bottom")
        need(top < 844, f"{name}.{language}: the first workload ends at {top} pixels")
        need(not browser.find("#more[open]"), "the filters are open")
        browser.driver.save_screenshot(str(folder / f"{name}.{language}.first.390.png"))
        browser.find("#more > summary")[0].click()
        need(browser.find(".chips")[0].is_displayed(), "the filters do not open")
        over = browser.run("return document.documentElement.scrollWidth - innerWidth")
        need(over <= 0, f"{name}.{language} is {over} pixels too wide")
        browser.expect_quiet(name)


def keyboard(browser):
    """Tab reaches the workloads, Enter unfolds, and the focus is to be seen."""
    for _ in range(40):
        browser.driver.switch_to.active_element.send_keys(Keys.TAB)
        if browser.driver.switch_to.active_element.tag_name == "summary":
            break
    focused = browser.driver.switch_to.active_element
    need(focused.tag_name == "summary", "Tab does not reach the workloads")
    need(browser.run("return getComputedStyle(document.activeElement).outlineStyle") == "solid", "the focus is not seen")
    focused.send_keys(Keys.ENTER)
    need(len(browser.find("article details[open]")) == 1, "Enter does not unfold")


def hostile(browser, folder):
    for language in ("en", "ru"):
        browser.open(folder / f"hostile.{language}.html")
        browser.run("document.querySelectorAll('details').forEach(e => e.open = true)")
        tags = set(browser.run("return [...document.querySelectorAll('*')].map(e => e.localName)"))
        need(tags <= TAGS, f"forged elements: {tags - TAGS}")
        need(browser.run("return document.scripts.length") == 1, "a forged script")
        handlers = browser.run("return [...document.querySelectorAll('*')].flatMap(e => e.getAttributeNames())"
                               ".filter(n => n.startsWith('on') || n === 'src' || n === 'style')")
        need(not handlers, f"forged attributes: {handlers}")
        links = browser.run("return [...document.links].map(e => e.getAttribute('href'))")
        need(links[0] == "#fleet" and all(re.fullmatch(r"#w-[\w.-]*", link, re.ASCII) for link in links[1:]), f"forged links: {links}")
        text = browser.driver.find_element(By.TAG_NAME, "main").text
        need("<script>alert(1)</script>" in text and "<!-- tinyforge:drift -->" in text, "hostile text is not shown as text")
        need(not any(c in text for c in "\u202e\u001b"), "a control character gets through")
        browser.expect_quiet("hostile")


def policy(browser, folder):
    """What is injected all the same does not run."""
    browser.open(folder / "fleet.en.html")
    browser.run("""
        const i = document.createElement("i");
        document.body.append(i);
        i.setAttribute("style", "color: red");
        try { i.setAttribute("onclick", "window.broken = 1"); i.click(); } catch { }""")
    need(browser.run("return window.broken") is None, "the policy lets a handler run")
    entries = browser.driver.get_log("browser")
    need(entries and all("has been blocked" in entry["message"] for entry in entries), f"no violation is told: {entries}")


def large(browser, folder):
    """5,000 workloads are all there, and any is found."""
    browser.open(folder / "large.en.html")
    groups = browser.run("return [...document.querySelectorAll('.group')].map(e => [e.open, e.querySelectorAll('article').length])")
    need(groups == [[True, 1000], [False, 4000]], f"groups: {groups}")
    need(browser.run(SHOWN) == 1000, "those in sync are open")
    browser.type("service-4999")
    need(browser.run(SHOWN) == 1, "the last is not found")
    browser.find("#search")[0].send_keys(Keys.ESCAPE)
    browser.settle()
    need(browser.run("return document.querySelectorAll('.group[open]').length") == 1, "the group is not closed again")
    # Of those that come back most do so when there is time: a page that was not filtered shows all at once.
    browser.open(folder / "clean.en.html")
    browser.open(folder / "large.en.html")
    browser.find("[data-action=open]")[0].click()
    need(browser.run(SHOWN) == 5000, "Expand all leaves some closed")
    need(browser.find(".acts button")[0].text == "Expand all", "the button's name")
    browser.open(folder / "clean.en.html")
    browser.open(folder / "large.en.html")
    browser.driver.save_screenshot(str(folder / "large.en.light.1200.png"))
    browser.expect_quiet("large")


def servers(browser, folder):
    """The workloads of each server are a group and may be filtered; a page without servers has neither."""
    browser.open(folder / "fleet.en.html")
    need(not browser.find("#server"), "a page without servers has a filter for them")
    for language, scheme, width in itertools.product(("en", "ru"), ("light", "dark"), (1200, 390)):
        browser.open(folder / f"servers.{language}.html", width, 1000, scheme)
        over = browser.run("return document.documentElement.scrollWidth - innerWidth")
        need(over <= 0, f"servers.{language} is {over} pixels too wide for {width}")
        browser.driver.save_screenshot(str(folder / f"servers.{language}.{scheme}.{width}.png"))
        browser.expect_quiet(f"servers.{language}")
    browser.open(folder / "servers.en.html")
    shown = lambda: browser.run(SHOWN)
    groups = browser.run("return [...document.querySelectorAll('.group')].map(e =>"
                         " [e.querySelector('.pill').textContent, e.open, e.querySelectorAll('article').length])")
    need(groups == [["no server named", True, 60], ["a&b", True, 60], ["ams", False, 60], ["fra", True, 60]], f"groups: {groups}")
    first = browser.run("return [...document.querySelectorAll('.group')].map(e => e.querySelector('article').dataset.v)")
    need(first == ["drifted", "drifted", "in_sync", "drifted"], f"the worst is not the first: {first}")
    choices = browser.run("return [...document.getElementById('server').options].map(e => e.text)")
    need(choices == ["any", "no server named", "a&b", "ams", "fra"], f"choices: {choices}")
    need(shown() == 180, f"at first: {shown()}")
    for value, number in (("ams", 60), ("-", 60), ("a&b", 60), ("", 180)):
        browser.run("const e = document.getElementById('server'); e.value = arguments[0];"
                    "e.dispatchEvent(new Event('input', {bubbles: true}))", value)
        browser.settle()
        need(shown() == number, f"of {value!r}: {shown()}")
        need(("server=" in browser.run("return location.hash")) == (value != ""), f"the address does not tell {value!r}")
    browser.run("location.hash = 'server=a%26b&status=drifted'")
    browser.settle()
    need(shown() == 12, f"a server's drift: {shown()}")
    browser.find("[data-action=reset]")[0].click()
    for text, number in (("ams/service-7", 1), ("ams service-7", 1), ("ams/service-61", 0)):
        browser.type(text)
        need(shown() == number, f"the search for {text}: {shown()}")
    anchor = browser.run("return document.querySelector('[data-h=ams]').id")
    browser.run("location.hash = arguments[0]", anchor)
    browser.settle()
    need(browser.run("return document.getElementById(arguments[0]).firstElementChild.open", anchor), "the workload is closed")
    ids = browser.run("return [...document.querySelectorAll('article')].map(e => e.id)")
    need(len(set(ids)) == 240, "two workloads have one anchor")
    browser.expect_quiet("servers")
    contrast(browser, folder, "servers")


def plan(browser, folder):
    """The page of a plan: what a sync would change, from what to what, and no filter by cause, which a plan has none of."""
    words = {
        "en": ["A sync would change 1 of 1 workload", "Changes", "from", "3000", "to", "8080", "8080 (would change)"],
        "ru": ["Синхронизация изменит 1 из 1 рабочей нагрузки", "Изменения", "было", "станет", "8080 (изменится)"],
    }
    for language, scheme in itertools.product(words, ("light", "dark")):
        for width in (1200, 390):
            browser.open(folder / f"plan.{language}.html", width, 1000, scheme)
            over = browser.run("return document.documentElement.scrollWidth - innerWidth")
            need(over <= 0, f"plan.{language} is {over} pixels too wide for {width}")
            browser.driver.save_screenshot(str(folder / f"plan.{language}.{scheme}.{width}.png"))
        text = browser.run("return document.body.textContent")
        missing = [word for word in words[language] if word not in text]
        need(not missing, f"plan.{language}: not to be seen: {missing}")
        need(not browser.find("#cause")[0].is_displayed(), "a filter without a choice is shown")
        browser.expect_quiet(f"plan.{language}")
    browser.open(folder / "plan.en.html")
    browser.type("no such thing")
    need(browser.run(SHOWN) == 0, "the search of a plan finds what is not there")
    browser.type("9090 shop")
    need(browser.run(SHOWN) == 0, "the search of a plan does not look at all words")
    browser.type("8080 shop")
    need(browser.run(SHOWN) == 1, "the search of a plan finds no value")
    browser.find("[value=drifted]")[0].click()
    browser.settle()
    need(browser.run(SHOWN) == 0, "the chip of changes hides nothing")
    browser.expect_quiet("plan")
    contrast(browser, folder, "plan")


def times(browser, page):
    """The first paint and the slowest of some filters, each at best of five pages."""
    paints, filtered = [], []
    for _ in range(5):
        browser.open(page)
        browser.settle()
        paints.append(browser.run("return performance.getEntriesByName('first-contentful-paint')[0].startTime"))
        filtered.append(max(browser.driver.execute_async_script("""
            const done = arguments[1], box = document.getElementById("search");
            const start = performance.now();
            box.value = arguments[0];
            box.dispatchEvent(new Event("input", {bubbles: true}));
            // Behind the frame that shows it: style and layout are done.
            requestAnimationFrame(() => { const c = new MessageChannel();
              c.port1.onmessage = () => { document.body.offsetHeight; done(performance.now() - start); };
              c.port2.postMessage(0); });""", text) for text in ("service-12", "zzz", "")))
    return {"first_paint_ms": round(min(paints)), "filter_ms": round(min(filtered))}


def main():
    browser = Browser()
    try:
        if sys.argv[1] == "--times":
            print(json.dumps(times(browser, Path(sys.argv[2]).resolve())))
            return
        folder = Path(sys.argv[1]).resolve()
        for check in (visible, structure, filters, addresses, telephone, hostile, policy, contrast, screenshots, large, servers, plan):
            check(browser, folder)
        for name in ("clean", "single", "empty"):
            browser.open(folder / f"{name}.en.html")
            browser.expect_quiet(name)
    finally:
        browser.driver.quit()


if __name__ == "__main__":
    main()
