"""What doesn't fit on a page: drawings, their words, tables, buttons, the page, and words and days that are broken."""

from typing import Final

from playwright.sync_api import Page

WIDTHS: Final = (1280, 820, 390, 320)
READABLE: Final = 11  # pixels of a letter in a drawing

FAULTS: Final = r"""
readable => {
  const faults = [], wide = document.documentElement.clientWidth;
  const name = svg => (svg.getAttribute("aria-label") || svg.getAttribute("class") || "svg").slice(0, 60);
  const unseen = node => {
    for (let at = node; at; at = at.parentElement) {
      if (at.matches(".sr-only") || getComputedStyle(at).clipPath.startsWith("inset")) return true;
    }
    return false;
  };
  if (document.documentElement.scrollWidth > wide) faults.push(["sideways", document.documentElement.scrollWidth]);
  for (const svg of document.querySelectorAll("svg")) {
    const frame = svg.getBoundingClientRect(), box = svg.parentElement.getBoundingClientRect();
    if (!frame.width) continue;
    if (frame.left < box.left - 1 || frame.right > box.right + 1 || frame.right > wide) {
      faults.push(["wider than its box", name(svg), Math.round(frame.width), Math.round(box.width)]);
    }
    for (const text of svg.querySelectorAll("text")) {
      const at = text.getBoundingClientRect();
      const size = parseFloat(getComputedStyle(text).fontSize) * text.getScreenCTM().a;
      if (!at.width) continue;
      const spare = size * 0.3;  // between the box of a letter and its ink
      if (at.left < frame.left - 1 || at.right > frame.right + 1 || at.top < frame.top - spare ||
          at.bottom > frame.bottom + spare) faults.push(["outside its drawing", name(svg), text.textContent]);
      if (size < readable) faults.push(["too small to read", name(svg), text.textContent, size]);
    }
  }
  const scrolls = node => node.closest("details, .more, .scroll") || getComputedStyle(node).overflowX === "auto";
  for (const table of document.querySelectorAll(".panel table")) {
    const at = table.getBoundingClientRect(), panel = table.closest(".panel").getBoundingClientRect();
    if (at.right > panel.right + 1 && !scrolls(table.parentElement)) {
      faults.push(["wider than its panel", table.innerText.slice(0, 60), Math.round(at.right - panel.right)]);
    }
  }
  for (const button of document.querySelectorAll(".button")) {
    const style = getComputedStyle(button);
    const words = button.clientHeight - parseFloat(style.paddingTop) - parseFloat(style.paddingBottom);
    if (words > 2.5 * parseFloat(style.lineHeight)) faults.push(["a button of many lines", button.innerText]);
  }
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), range = document.createRange();
  for (let node; (node = walker.nextNode()); ) {
    if (node.parentElement.closest("svg, script, style, .secret")) continue;
    for (const word of node.data.matchAll(/\p{L}{6,}|\d{4}-\d{2}-\d{2}/gu)) {
      range.setStart(node, word.index);
      range.setEnd(node, word.index + word[0].length);
      if (/^\d/.test(word[0]) && word[0] !== node.data.trim()) continue;  // a day among other words may break
      const tops = [...range.getClientRects()].filter(at => at.width).map(at => Math.round(at.top));
      const broken = new Set(tops).size > 1 && !/^[0-9a-f]{32,}$/.test(node.data.trim());
      if (broken && !unseen(node.parentElement)) faults.push(["a broken word", word[0], node.data.trim()]);
    }
  }
  return faults;
}
"""


def measured(page: Page, width: int) -> list[list[object]]:
    """What doesn't fit on the page that is open, at a width."""
    page.set_viewport_size({"width": width, "height": 900})
    faults: list[list[object]] = page.evaluate(FAULTS, READABLE)
    return faults
