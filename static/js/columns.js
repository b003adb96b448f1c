/* Which columns of a page are folded is remembered in the browser; without script they fold all the same. */
(function () {
  "use strict";
  document.addEventListener("DOMContentLoaded", function () {
    document.querySelectorAll("details[data-remember]").forEach(function (column) {
      var key = "folded:" + column.dataset.remember;
      try {
        if (localStorage.getItem(key) && !location.hash) { column.open = false; }
        column.addEventListener("toggle", function () {
          if (column.open) { localStorage.removeItem(key); } else { localStorage.setItem(key, "1"); }
        });
      } catch (refused) {
        if (refused.name !== "SecurityError") { throw refused; }
      }
    });
  });
}());
