// Comforts of the desk. Every page works without this file, except that it does not change by itself.
"use strict";

(() => {
  const title = document.title;
  const log = () => document.getElementById("log");

  // Times in the reader's own zone, in the language of the page; the server gives UTC.
  const language = document.documentElement.lang;
  const showTimes = (root) => {
    for (const time of root.querySelectorAll("time[datetime]:not([data-keep])")) {
      const at = new Date(time.dateTime);
      const today = at.toDateString() === new Date().toDateString();
      const day = today ? {} : { day: "numeric", month: "short" };
      time.textContent = at.toLocaleString(language, { ...day, hour: "2-digit", minute: "2-digit" });
      time.title = at.toLocaleString(language);
    }
  };

  const showCounts = () => {
    const counts = document.querySelector("[data-waiting]");
    if (!counts) return;
    const alerts = Number(counts.dataset.alerts);
    const waiting = Number(counts.dataset.waiting);
    document.title = `${alerts ? "! " : ""}${waiting ? `(${waiting}) ` : ""}${title}`;
  };

  const toTheEnd = () => {
    const it = log();
    if (it) it.scrollTop = it.scrollHeight;
  };

  const isAtTheEnd = () => {
    const it = log();
    return it && it.scrollHeight - it.scrollTop - it.clientHeight < 120;
  };

  const lost = (is) => {
    const state = document.getElementById("live-state");
    if (state) state.hidden = !is;
  };

  let follow = true;
  // After a cut the server may give a message again that is on the page already.
  document.addEventListener("htmx:sseBeforeMessage", (event) => {
    follow = isAtTheEnd();
    const place = event.detail.lastEventId;
    if (event.detail.type === "message" && place && document.getElementById(`m-${place}`)) event.preventDefault();
  });
  document.addEventListener("htmx:sseMessage", (event) => {
    showTimes(document);
    showCounts();
    if (follow) toTheEnd();
    if (event.detail.type === "gone") {
      for (const field of document.querySelectorAll("#write button")) field.disabled = true;
    }
  });
  // What somebody is choosing stays as it is: news of who is free would undo the choice before it was sent.
  const isChosenIn = (part) =>
    [...part.querySelectorAll("select")].some((it) => it.value || it === document.activeElement);
  document.addEventListener("htmx:oobBeforeSwap", (event) => {
    if (isChosenIn(event.detail.target)) event.detail.shouldSwap = false;
  });
  document.addEventListener("htmx:sseError", () => lost(true));
  document.addEventListener("htmx:sseOpen", () => lost(false));
  document.addEventListener("htmx:afterSwap", toTheEnd);

  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && event.target.form && event.target.id === "text") {
      event.preventDefault();
      event.target.form.requestSubmit();
    }
  });
  // A phrase goes to where the counsellor writes; without this file its link opens the page with it in the box.
  document.addEventListener("click", (event) => {
    const phrase = event.target.closest("[data-insert]");
    const box = document.getElementById("text");
    if (!phrase || !box) return;
    event.preventDefault();
    const gap = box.value && !/\s$/.test(box.value.slice(0, box.selectionStart)) ? " " : "";
    box.setRangeText(gap + phrase.textContent, box.selectionStart, box.selectionEnd, "end");
    box.focus();
  });
  // The person sees that somebody writes, as long as a message could reach them now; the server decides.
  let tellAt = 0;
  document.addEventListener("input", (event) => {
    const form = event.target.form;
    if (event.target.id !== "text" || Date.now() < tellAt) return;
    tellAt = Date.now() + 4000;
    const csrf = new URLSearchParams({ csrf: form.elements.csrf.value });
    fetch(form.action.replace(/messages$/, "typing"), { method: "POST", body: csrf }).catch(() => {});
  });
  // The second of a double click would be answered in the first one's place; where nothing was sent it may come again.
  document.addEventListener("submit", (event) => {
    tellAt = 0;
    const form = event.target;
    if (form.method !== "post" || form.hasAttribute("hx-post")) return;
    if (Date.now() - Number(form.dataset.sentAt || 0) < 1500) event.preventDefault();
    else form.dataset.sentAt = Date.now();
  });
  document.addEventListener("focusin", (event) => {
    if (event.target.matches("[data-select]")) event.target.select();
  });

  // The page is in the browser's memory only while it is open: no way back to it after signing out.
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) window.location.reload();
  });

  showTimes(document);
  showCounts();
  toTheEnd();
})();
