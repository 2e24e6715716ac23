// What wants an answer now: in the title of every page, and, once it was switched on, as a sound.
"use strict";

(() => {
  const AGAIN = 5000;
  const KEY = "sound";
  const button = document.getElementById("sound");
  const title = document.title;
  const urgent = () => Math.max(0, ...[...document.querySelectorAll("[data-urgent]")].map((it) => Number(it.dataset.urgent)));
  const isOn = () => window.localStorage.getItem(KEY) === "on";

  let audio = null;
  const beep = () => {
    audio ??= new AudioContext();
    [0, 0.25].forEach((after) => {
      const tone = audio.createOscillator();
      const loud = audio.createGain();
      tone.frequency.value = 660;
      loud.gain.setValueAtTime(0.2, audio.currentTime + after);
      loud.gain.exponentialRampToValueAtTime(0.001, audio.currentTime + after + 0.2);
      tone.connect(loud).connect(audio.destination);
      tone.start(audio.currentTime + after);
      tone.stop(audio.currentTime + after + 0.2);
    });
  };

  let ringing = null;
  const show = () => {
    const count = urgent();
    document.documentElement.classList.toggle("urgent", count > 0);
    if (count && !document.title.startsWith("!! ")) document.title = `!! ${document.title}`;
    if (!count && document.title.startsWith("!! ")) document.title = title;
    const rings = count > 0 && isOn();
    if (rings && ringing === null) {
      beep();
      ringing = window.setInterval(beep, AGAIN);
    } else if (!rings && ringing !== null) {
      window.clearInterval(ringing);
      ringing = null;
    }
  };

  if (button) {
    button.hidden = false;
    button.setAttribute("aria-pressed", String(isOn()));
    button.addEventListener("click", () => {
      window.localStorage.setItem(KEY, isOn() ? "off" : "on");
      button.setAttribute("aria-pressed", String(isOn()));
      // A browser lets a page sound only after somebody pressed something there: this is the press.
      if (isOn()) beep();
      show();
    });
  }
  document.addEventListener("htmx:sseMessage", show);
  show();
})();
