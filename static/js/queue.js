/* Keys of the queue: J K move, Enter opens, T takes, X chooses, / searches, ? lists them. The page works without. */
(function () {
  "use strict";
  function rows() { return Array.prototype.slice.call(document.querySelectorAll("[data-queue] [data-row]")); }
  function current() {
    var here = document.activeElement && document.activeElement.closest("[data-row]");
    return here ? rows().indexOf(here) : -1;
  }
  function go(step) {
    var all = rows();
    if (!all.length) { return; }
    var at = Math.min(all.length - 1, Math.max(0, current() + step));
    all[at].querySelector("[data-open]").focus();
  }
  function within(selector) {
    var at = current();
    return at < 0 ? null : rows()[at].querySelector(selector);
  }
  function isTyping(target) {
    if (target.isContentEditable || /^(textarea|select)$/i.test(target.tagName)) { return true; }
    return /^input$/i.test(target.tagName) && !/^(checkbox|radio|button|submit)$/i.test(target.type);
  }
  var acts = {
    j: function () { go(1); },
    k: function () { go(-1); },
    t: function () { var link = within("[data-take]"); if (link) { link.click(); } },
    x: function () { var box = within("input[name=claim]"); if (box) { box.checked = !box.checked; } },
    "/": function () { document.querySelector(".filters [name=q]").focus(); },
    "?": function () { document.querySelector("[data-all-keys]").click(); }
  };
  document.addEventListener("keydown", function (event) {
    var act = acts[event.key.toLowerCase()];
    if (!act || event.ctrlKey || event.altKey || event.metaKey || isTyping(event.target)) { return; }
    event.preventDefault();
    act();
  });
}());
