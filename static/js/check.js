/* A dropped or chosen file: its hash is looked for first, and the file is only sent where the hash is not known. */
(function () {
  "use strict";
  function hex(buffer) {
    return Array.prototype.map.call(new Uint8Array(buffer), function (byte) {
      return byte.toString(16).padStart(2, "0");
    }).join("");
  }
  function wire(form) {
    var input = form.querySelector("input[type=file]");
    var asked = 0, mayBeSent = null;
    function say(what) {
      form.querySelectorAll("[data-says]").forEach(function (line) { line.hidden = line.dataset.says !== what; });
    }
    function look() {
      var file = input.files[0], mine = asked += 1;
      mayBeSent = null;
      if (!file) { say("drop"); return; }
      if (file.size > Number(form.dataset.mostBytes)) { say("large"); return; }
      say("busy");
      file.arrayBuffer().then(function (content) {
        return crypto.subtle.digest("SHA-256", content);
      }).then(function (digest) {
        var address = form.dataset.digestAddress + hex(digest) + "/";
        return fetch(address, { headers: { Accept: "application/json" } }).then(function (answer) {
          if (mine !== asked) { return; }
          if (answer.ok) { window.location.assign(address); return; }
          mayBeSent = file;
          say(answer.status === 404 ? "other" : "failed");
        });
      }).catch(function () {
        if (mine === asked) { mayBeSent = file; say("failed"); }
      });
    }
    input.addEventListener("change", look);
    form.addEventListener("submit", function (event) {
      if (input.files[0] && input.files[0] !== mayBeSent) { event.preventDefault(); look(); }
    });
    form.addEventListener("dragover", function (event) { event.preventDefault(); form.classList.add("is-over"); });
    form.addEventListener("dragleave", function () { form.classList.remove("is-over"); });
    form.addEventListener("drop", function (event) {
      event.preventDefault();
      form.classList.remove("is-over");
      if (event.dataTransfer.files.length) { input.files = event.dataTransfer.files; look(); }
    });
    say("drop");
  }
  document.addEventListener("DOMContentLoaded", function () {
    if (!window.crypto || !window.crypto.subtle) { return; }
    document.querySelectorAll("form[data-digest-address]").forEach(wire);
  });
}());
