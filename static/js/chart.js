/**
 * Reads a drawn series aloud, a day at a time: with the pointer, or with the arrow keys. What it says stands in the
 * table of days of the same page; it asks for nothing, keeps nothing, and without it nothing is missing.
 */

const DRAWN_IN = "http://www.w3.org/2000/svg";
const STEPS = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageDown: -7, PageUp: 7 };

/** Returns the days of the table: where each stands on the drawing, in thousandths, and what is said of it. */
export function daysOf(table) {
  return [...table.querySelectorAll("tbody tr[data-x]")].map((row) => ({
    x: Number(row.dataset.x),
    words: [...row.cells].map((cell) => cell.textContent.trim()),
  }));
}

/** Returns the place of the day that is nearest to a point of the drawing. */
export function nearestDay(days, x) {
  return days.reduce((best, day, place) => (Math.abs(day.x - x) < Math.abs(days[best].x - x) ? place : best), 0);
}

/** Returns what is said of a day, with the names of the columns before the numbers. */
export function dayInWords([day, atEnd, came, remark], [, namesEnd, namesCame]) {
  const said = `${day}. ${namesEnd}: ${atEnd}. ${namesCame}: ${came}`;
  return remark ? `${said} (${remark})` : said;
}

/** Lets a drawing be read by its days. */
export function makeReadable(stage, table) {
  const drawing = stage.querySelector("svg");
  const days = daysOf(table);
  if (!drawing || !days.length) return;
  const columns = [...table.tHead.rows[0].cells].map((cell) => cell.textContent.trim());
  const cursor = cursorIn(drawing);
  const readout = document.createElement("p");
  readout.className = "chart__readout";
  readout.setAttribute("aria-hidden", "true"); // Whoever hears the page hears it as the value of the slider.
  stage.append(readout);
  let place = days.length - 1;
  const show = (chosen) => {
    place = Math.max(0, Math.min(days.length - 1, chosen));
    const words = dayInWords(days[place].words, columns);
    readout.textContent = words;
    stage.setAttribute("aria-valuenow", String(place + 1));
    stage.setAttribute("aria-valuetext", words);
    cursor.setAttribute("x1", `${days[place].x / 10}%`);
    cursor.setAttribute("x2", `${days[place].x / 10}%`);
    cursor.removeAttribute("visibility");
  };
  becomeSlider(stage, days.length);
  show(place);
  cursor.setAttribute("visibility", "hidden");
  stage.addEventListener("focus", () => show(place));
  stage.addEventListener("pointermove", (event) => {
    const { left, width } = drawing.getBoundingClientRect();
    show(nearestDay(days, (1000 * (event.clientX - left)) / width));
  });
  stage.addEventListener("keydown", (event) => {
    const chosen = placeAfter(event.key, place, days.length);
    if (chosen === null || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    show(chosen);
  });
}

/** Returns which day a key leads to, none for a key that is not ours. */
export function placeAfter(key, place, length) {
  if (key === "Home") return 0;
  if (key === "End") return length - 1;
  return Object.hasOwn(STEPS, key) ? place + STEPS[key] : null;
}

function becomeSlider(stage, length) {
  const said = { role: "slider", tabindex: "0", "aria-label": stage.dataset.label, "aria-valuemin": "1" };
  for (const [name, value] of Object.entries({ ...said, "aria-valuemax": String(length) })) {
    stage.setAttribute(name, value);
  }
}

function cursorIn(drawing) {
  const line = document.createElementNS(DRAWN_IN, "line");
  const top = Number(drawing.dataset.top);
  const ends = { class: "chart__cursor", y1: top, y2: top + Number(drawing.dataset.height), visibility: "hidden" };
  for (const [name, value] of Object.entries(ends)) line.setAttribute(name, String(value));
  drawing.append(line);
  return line;
}

if (typeof document !== "undefined") {
  const table = document.getElementById("table-of-days");
  for (const stage of table ? document.querySelectorAll("[data-chart]") : []) makeReadable(stage, table);
}
