"""How a page is laid out: what sticks out, what is cut off, what is too small to hit and what cannot be reached."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page

LEAST_TARGET = 24

_PARTS = """
  const told = (each) => `${each.tagName.toLowerCase()}.${each.className} ${each.textContent.trim().slice(0, 40)}`;
  const hidden = (each) => each.closest(".bw-hidden, [hidden]") || !each.checkVisibility({visibilityProperty: true});
  const shown = [...document.body.querySelectorAll("*")].filter((each) => !hidden(each));
"""
# What is wider than the window without a box around it that scrolls, and text that a box cuts off.
_STICKING_OUT = f"""() => {{{_PARTS}
  const found = [];
  const root = document.scrollingElement;
  if (root.scrollWidth > innerWidth) found.push(`the page is ${{root.scrollWidth}} wide, the window ${{innerWidth}}`);
  const scrolls = (each) => /auto|scroll/.test(getComputedStyle(each).overflowX);
  for (const each of shown) {{
    const style = getComputedStyle(each);
    const clips = !each.matches("input, select, textarea") && /hidden|clip/.test(style.overflowX + style.overflowY);
    const small = each.clientWidth <= 1 || each.clientHeight <= 1;
    if (clips && !small && (each.scrollWidth > each.clientWidth + 1 || each.scrollHeight > each.clientHeight + 1)) {{
      found.push(`cut off: ${{told(each)}}`);
    }}
    let around = each.parentElement;
    while (around && !scrolls(around)) around = around.parentElement;
    const box = each.getBoundingClientRect();
    if (!around && style.position !== "absolute" && box.width > 1 && (box.right > innerWidth + 1 || box.left < -1)) {{
      found.push(`sticks out: ${{told(each)}}`);
    }}
  }}
  return found;
}}"""
# Controls on which a pointer cannot land: smaller than `least` and not a link in a sentence, or covered.
_OUT_OF_REACH = f"""(least) => {{{_PARTS}
  const found = [];
  const controls = shown.filter((each) => each.matches("a[href], button, input, select, textarea, summary"));
  for (const each of controls) {{
    each.scrollIntoView({{block: "center", inline: "center"}});
    const boxes = [...each.getClientRects()].filter((box) => box.width > 1 && box.height > 1);
    if (!boxes.length) continue;
    const inSentence = each.tagName === "A" && getComputedStyle(each).display === "inline";
    const small = boxes.every((box) => Math.min(box.width, box.height) < least - 0.5);
    if (small && !inSentence) found.push(`too small: ${{told(each)}} (${{boxes[0].width}} by ${{boxes[0].height}})`);
    const reached = boxes.some((box) => {{
      const top = document.elementFromPoint((box.left + box.right) / 2, (box.top + box.bottom) / 2);
      return top && (each.contains(top) || [...(each.labels ?? [])].some((label) => label.contains(top)));
    }});
    if (!reached && !each.matches(".utrecht-skip-link")) found.push(`covered: ${{told(each)}}`);
  }}
  return found;
}}"""
_TEXT_SPACING = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`* {
    line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important;
  } p { margin-block-end: 2em !important; }`);
  document.adoptedStyleSheets = [sheet];
}"""
_ORDINARY = """() => {
  document.adoptedStyleSheets = [];
  document.documentElement.style.fontSize = "";
}"""


def sticking_out(page: Page) -> list[str]:
    """What makes a reader scroll sideways, and text that is cut off."""
    found: list[str] = page.evaluate(_STICKING_OUT)
    return found


def out_of_reach(page: Page) -> list[str]:
    """Controls that are covered, or smaller than a target may be; a link in a sentence may."""
    found: list[str] = page.evaluate(_OUT_OF_REACH, LEAST_TARGET)
    return found


@contextmanager
def enlarged_text(page: Page) -> Iterator[None]:
    """Text at 200 %, as a browser shows it that enlarges text alone."""
    page.evaluate("() => { document.documentElement.style.fontSize = '200%'; }")
    yield
    page.evaluate(_ORDINARY)


@contextmanager
def spaced_text(page: Page) -> Iterator[None]:
    """The text spacing that success criterion 1.4.12 asks a page to bear."""
    page.evaluate(_TEXT_SPACING)
    yield
    page.evaluate(_ORDINARY)
