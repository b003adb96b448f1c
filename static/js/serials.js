/* Puts a suggested serial into its line of the box; the page asks for the explanation anew by itself. */
(function () {
  "use strict";
  document.addEventListener("click", function (event) {
    var button = event.target.closest("[data-replacement]");
    var box = document.querySelector(".serials-box");
    if (!button || !box) { return; }
    event.preventDefault();
    var lines = box.value.split("\n");
    lines[Number(button.dataset.line) - 1] = button.dataset.replacement;
    box.value = lines.join("\n");
    box.dispatchEvent(new Event("input", { bubbles: true }));
    box.focus();
  });
}());
