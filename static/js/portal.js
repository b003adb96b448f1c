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
  });
}());
