/** A letter edited by hand: what is unchanged keeps its place on the sheet and its languages. */

import { clean } from "./clean.js";
import { textOf } from "./compose.js";

/**
 * Return the lines of an edited text.
 *
 * A line that stands in the letter as composed keeps its role and its languages. A changed one that takes the place of
 * another keeps the role alone, any other is a paragraph; both are in the letter's language. An empty line is a gap.
 * @param {string} text
 * @param {{role: string, runs: {lang: string, text: string}[]}[]} composed
 * @param {string} lang
 */
export function editedLines(text, composed, lang) {
  const written = clean(text).replace(/\n+$/, "").split("\n");
  const kept = commonLines(written, composed.map(textOf));
  const found = [];
  let from = 0;
  let at = 0;
  for (const [own, other] of [...kept, [written.length, composed.length]]) {
    found.push(...changedLines(written.slice(from, own), composed.slice(at, other), lang));
    if (own < written.length) found.push(composed[other]);
    [from, at] = [own + 1, other + 1];
  }
  return found;
}

/** Changed lines take the roles of those that they replace, if they are as many. */
function changedLines(written, replaced, lang) {
  return written.map((text, index) => {
    if (!text.trim()) return { role: "gap", runs: [] };
    const role = written.length === replaced.length ? replaced[index].role : "text";
    return { role: role === "gap" ? "text" : role, runs: [{ lang, text }] };
  });
}

/** Return the pairs of places at which two lists agree, as many as there can be in order. */
function commonLines(written, composed) {
  const length = written.map(() => new Uint16Array(composed.length + 1)).concat([new Uint16Array(composed.length + 1)]);
  for (let i = written.length - 1; i >= 0; i -= 1) {
    for (let j = composed.length - 1; j >= 0; j -= 1) {
      const agrees = written[i] === composed[j];
      length[i][j] = agrees ? length[i + 1][j + 1] + 1 : Math.max(length[i + 1][j], length[i][j + 1]);
    }
  }
  const pairs = [];
  for (let i = 0, j = 0; i < written.length && j < composed.length; ) {
    if (written[i] === composed[j]) pairs.push([i++, j++]);
    else if (length[i + 1][j] >= length[i][j + 1]) i += 1;
    else j += 1;
  }
  return pairs;
}
