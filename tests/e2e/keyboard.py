"""A person who uses the keyboard alone."""

from __future__ import annotations

from playwright.sync_api import FilePayload, Page

MOST_TABS = 250
MOST_CHOICES = 12
IS_RADIO = "() => document.activeElement && document.activeElement.type === 'radio'"
MOST_OPTIONS = 300
CHOSEN = "() => document.activeElement.selectedOptions[0].text"
FOCUSED = """() => {
  const element = document.activeElement;
  if (!element || element === document.body) { return {name: "", kind: ""}; }
  const label = element.labels && element.labels.length ? element.labels[0].textContent : element.textContent;
  const named = element.getAttribute("aria-label") || label || "";
  return {name: named.replace(/\\s+/g, " ").trim(), kind: element.tagName.toLowerCase()};
}"""


class Keyboard:
    """Reaches everything with the tabulator, types, and presses Enter; never touches the pointer."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def reach(self, name: str, kind: str = "") -> None:
        """Focus the next element whose label begins with ``name``; the page comes round once."""
        seen = []
        for _press in range(MOST_TABS):
            self.page.keyboard.press("Tab")
            focused = self.page.evaluate(FOCUSED)
            seen.append(focused["name"])
            if focused["name"].startswith(name) and kind in ("", focused["kind"]):
                return
        raise AssertionError(f"The keyboard does not reach {name!r}; it came by {list(dict.fromkeys(seen))}.")

    def type_into(self, name: str, text: str) -> None:
        self.reach(name)
        self.page.keyboard.press("Control+a")
        self.page.keyboard.type(text)

    def choose(self, name: str, option: str) -> None:
        """Go down a list until the option that has ``option`` in its words."""
        self.reach(name, "select")
        self.page.keyboard.press("Home")
        for _press in range(MOST_OPTIONS):
            if option in self.page.evaluate(CHOSEN):
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"The list {name!r} offers no {option!r}.")

    def press(self, name: str) -> None:
        """Follow a link or press a button, and wait for the page that comes."""
        self.reach(name)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def pick(self, name: str) -> None:
        """The one of a group of choices whose label begins with ``name``: the tabulator stops at a group once."""
        for _group in range(MOST_TABS):
            self.page.keyboard.press("Tab")
            if not self.page.evaluate(IS_RADIO):
                continue
            self.page.keyboard.press("Space")
            for _choice in range(MOST_CHOICES):
                if self.page.evaluate(FOCUSED)["name"].startswith(name):
                    return
                self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"The keyboard does not reach the choice {name!r}.")

    def attach(self, name: str, file: FilePayload) -> None:
        """The dialogue of the system opens from the field; which file is chosen in it is not the page's matter."""
        self.reach(name)
        with self.page.expect_file_chooser() as opened:
            self.page.keyboard.press("Enter")
        opened.value.set_files(file)

    def tick(self, name: str) -> None:
        self.reach(name)
        self.page.keyboard.press("Space")
