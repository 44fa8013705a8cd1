/** What people type, made clean: the same as `portal/domain/typed.py`, to the byte. */

const LINE_ENDS = /\r\n|[\r\u2028\u2029]/g;

/** Controls but the line feed, what turns the direction of reading, the mark of byte order, halves of characters. */
const UNWANTED = /[\0-\x09\x0B-\x1F\x7F-\x9F\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069\uFEFF\uD800-\uDFFF]/gu;

/**
 * Return a text in normal form C with line feeds between lines and nothing invisible that misleads a reader.
 *
 * Tabs become spaces. Controls, marks that turn the direction of reading, U+FEFF and lone surrogates are dropped, and
 * so are spaces at the ends of lines. Doing it twice changes nothing more.
 * @param {string} text
 * @returns {string}
 */
export function clean(text) {
  const lined = text.replace(LINE_ENDS, "\n").replaceAll("\t", " ");
  return lined.replace(UNWANTED, "").normalize("NFC").split("\n").map(withoutEnd).join("\n");
}

/**
 * Return a text made clean as one line: its lines that are not empty, joined by a space.
 * @param {string} text
 * @returns {string}
 */
export function cleanLine(text) {
  return clean(text).split("\n").map(withoutStart).filter(Boolean).join(" ");
}

/** Without the spaces at its end; a pattern would take quadratic time over many spaces. */
function withoutEnd(line) {
  let end = line.length;
  while (end > 0 && line[end - 1] === " ") end -= 1;
  return line.slice(0, end);
}

function withoutStart(line) {
  let start = 0;
  while (line[start] === " ") start += 1;
  return line.slice(start);
}
