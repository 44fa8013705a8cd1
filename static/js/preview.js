/** The letter on the screen as it will lie on paper: each line with its role, each run in its language. */

import { BLANK } from "./compose.js";
import { el } from "./dom.js";
import { draft, linesNow } from "./drafting.js";

/** Show the letter on a sheet. */
export function showSheet(sheet) {
  sheet.lang = draft.lang;
  sheet.replaceChildren(...linesNow().filter((line) => line.runs.length).map(paragraphNode));
}

function paragraphNode({ role, runs }) {
  const shown = role === "sign" ? runs.map((run) => run.text) : runs.flatMap(runParts);
  return el("p", { class: `sheet__${role}` }, ...shown);
}

function runParts({ lang, text }) {
  const parts = text.split(BLANK).flatMap((each, index) => [...(index ? [blankNode()] : []), ...(each ? [each] : [])]);
  return lang === draft.lang ? parts : [el("span", { lang }, ...parts)];
}

/** A blank is marked, so that nobody sends a letter without seeing what is not filled in. */
function blankNode() {
  return el("mark", { class: "sheet__blank" }, BLANK);
}

const LINES_A_PAGE = 46;
const SIGNS_A_LINE = 82;
const SIGNS_OF_PARTY = 40;

/** Return on about how many sheets the letter fits. */
export function pagesNow() {
  const rows = linesNow().map(({ role, runs }) => {
    const length = runs.reduce((total, run) => total + run.text.length, 0);
    return Math.max(1, Math.ceil(length / (role === "party" ? SIGNS_OF_PARTY : SIGNS_A_LINE))) + 0.4;
  });
  return Math.max(1, Math.ceil(rows.reduce((total, each) => total + each, 0) / LINES_A_PAGE));
}
