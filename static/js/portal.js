/* What the browser adds to pages that work without it. */
(function () {
  "use strict";
  document.addEventListener("DOMContentLoaded", function () {
    var summary = document.querySelector(".error-summary");
    if (summary) { summary.focus(); }
    document.querySelectorAll("[data-fill-form]").forEach(function (button) {
      button.hidden = false;
      button.addEventListener("click", function () {
        var form = document.getElementById(button.dataset.fillForm);
        form.elements.login.value = button.dataset.login;
        form.elements.password.value = button.dataset.password;
        form.querySelector("[type=submit]").focus();
      });
    });
    document.querySelectorAll(".entry-form").forEach(function (form) {
      var asked = form.querySelectorAll("[data-only-for]");
      function show() {
        asked.forEach(function (box) {
          var chosen = form.elements[box.dataset.onlyFor];
          var inputs = box.querySelectorAll("input, textarea");
          var isFilled = Array.prototype.some.call(inputs, function (input) { return input.value !== ""; });
          box.hidden = !isFilled && box.dataset.onlyValues.split(" ").indexOf(chosen.value) < 0;
        });
      }
      form.addEventListener("change", show);
      show();
    });
  });
}());
