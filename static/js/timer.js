// Counts down to the end of an activity; without it the hour of the end is written.
//
//   <span data-timer="2026-11-26T10:40:00+01:00">until 10:40</span>

function show() {
  for (const clock of document.querySelectorAll("[data-timer]")) {
    const left = Math.max(0, Math.round((new Date(clock.dataset.timer) - Date.now()) / 1000));
    const text = `${String(Math.floor(left / 60)).padStart(2, "0")}:${String(left % 60).padStart(2, "0")}`;
    if (clock.textContent !== text) clock.textContent = text;
  }
}

setInterval(show, 1000);
show();
