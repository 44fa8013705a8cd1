/**
 * A letter as a DOCX file, the same bytes as `portal/domain/docx.py` writes: a small stored archive without author,
 * machine or time.
 */

import { archiveOf } from "./archive.js";

const LOCALES = { kk: "kk-KZ", ru: "ru-RU", en: "en-GB" };

const STYLES = {
  party: "Party",
  title: "Title",
  head: "Head",
  text: "Text",
  item: "Item",
  sign: "Sign",
  note: "Note",
  gap: "Gap",
};

const BREAKS = /\r\n|[\t\n\r]/g;

/** What XML 1.0 forbids, and the controls that it only discourages. */
const NOT_ALLOWED = /[\0-\x08\x0B\x0C\x0E-\x1F\x7F-\x9F\uD800-\uDFFF\uFFFE\uFFFF]/gu;

const ESCAPES = { "&": "&amp;", "<": "&lt;", ">": "&gt;" };

const XML_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE = "http://schemas.openxmlformats.org/package/2006";
const WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml";

const CONTENT_TYPES =
  `${XML_HEAD}<Types xmlns="${PACKAGE}/content-types">` +
  '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>' +
  '<Default Extension="xml" ContentType="application/xml"/>' +
  `<Override PartName="/word/document.xml" ContentType="${WORD_TYPE}.document.main+xml"/>` +
  `<Override PartName="/word/styles.xml" ContentType="${WORD_TYPE}.styles+xml"/>` +
  `<Override PartName="/word/settings.xml" ContentType="${WORD_TYPE}.settings+xml"/></Types>`;

const PACKAGE_RELATIONS =
  `${XML_HEAD}<Relationships xmlns="${PACKAGE}/relationships">` +
  `<Relationship Id="rId1" Type="${OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>`;

const DOCUMENT_RELATIONS =
  `${XML_HEAD}<Relationships xmlns="${PACKAGE}/relationships">` +
  `<Relationship Id="rId1" Type="${OFFICE}/styles" Target="styles.xml"/>` +
  `<Relationship Id="rId2" Type="${OFFICE}/settings" Target="settings.xml"/></Relationships>`;

// Whoever saves the letter anew in Word does not add their name to it, and it opens as a document of today's Word.
const SETTINGS =
  `${XML_HEAD}<w:settings xmlns:w="${WORD}"><w:removePersonalInformation/><w:removeDateAndTime/><w:compat>` +
  '<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>' +
  "</w:compat></w:settings>";

const FONT =
  '<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="Times New Roman"' +
  ' w:cs="Times New Roman"/>';

// Lengths are twentieths of a point: half of the 165 mm between the margins is 4677. Sizes are half points.
const STYLE_SHEET =
  `${XML_HEAD}<w:styles xmlns:w="${WORD}"><w:docDefaults><w:rPrDefault><w:rPr>${FONT}<w:sz w:val="24"/>` +
  '<w:szCs w:val="24"/><w:lang w:val="kk-KZ"/></w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>' +
  styleOf("Text", '<w:widowControl/><w:spacing w:before="0" w:after="120"/>') +
  styleOf("Party", '<w:spacing w:after="0"/><w:ind w:left="4677"/>') +
  styleOf("Title", '<w:keepNext/><w:jc w:val="center"/>', "<w:b/><w:bCs/>") +
  styleOf("Head", '<w:keepNext/><w:spacing w:before="120"/>', "<w:b/><w:bCs/>") +
  styleOf("Item", '<w:ind w:left="284" w:hanging="284"/>') +
  styleOf("Sign", "<w:keepLines/>") +
  styleOf("Gap", '<w:spacing w:after="0"/>') +
  styleOf("Note", '<w:spacing w:after="60"/>', '<w:sz w:val="20"/><w:szCs w:val="20"/>') +
  "</w:styles>";

// A4 with 30 mm left, 15 mm right, 20 mm above and below.
const SECTION =
  '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1134" w:right="850" w:bottom="1134" w:left="1701"' +
  ' w:header="567" w:footer="567" w:gutter="0"/></w:sectPr>';

/**
 * Return a letter as a DOCX file. Equal lines give equal bytes.
 *
 * Each run has its language. Line ends and tabs inside a text become spaces, what XML 1.0 forbids is dropped. What
 * stands before the signature stays on the sheet with it.
 * @param {{role: string, runs: {lang: string, text: string}[]}[]} lines
 * @returns {Uint8Array}
 */
export function docxOf(lines) {
  return archiveOf([
    ["[Content_Types].xml", CONTENT_TYPES],
    ["_rels/.rels", PACKAGE_RELATIONS],
    ["word/document.xml", documentOf(lines)],
    ["word/styles.xml", STYLE_SHEET],
    ["word/settings.xml", SETTINGS],
    ["word/_rels/document.xml.rels", DOCUMENT_RELATIONS],
  ]);
}

function styleOf(name, paragraph, words = "") {
  const based = name === "Text" ? "" : '<w:basedOn w:val="Text"/>';
  const standard = name === "Text" ? ' w:default="1"' : "";
  const shown = name === "Text" ? "Normal" : name;
  return (
    `<w:style w:type="paragraph"${standard} w:styleId="${name}"><w:name w:val="${shown}"/>${based}<w:qFormat/>` +
    `<w:pPr>${paragraph}</w:pPr><w:rPr>${words}</w:rPr></w:style>`
  );
}

function documentOf(lines) {
  const body = lines.map(paragraphOf).join("");
  return `${XML_HEAD}<w:document xmlns:w="${WORD}"><w:body>${body}${SECTION}</w:body></w:document>`;
}

function paragraphOf({ role, runs }, index, lines) {
  const keep = staysWithSignature(lines, index) ? "<w:keepNext/>" : "";
  return `<w:p><w:pPr><w:pStyle w:val="${STYLES[role]}"/>${keep}</w:pPr>${runs.map(runOf).join("")}</w:p>`;
}

function staysWithSignature(lines, index) {
  let next = index + 1;
  while (lines[next]?.role === "gap") next += 1;
  return lines[next]?.role === "sign";
}

function runOf({ lang, text }) {
  const allowed = text.replace(BREAKS, " ").replace(NOT_ALLOWED, "");
  const escaped = allowed.replace(/[&<>]/g, (sign) => ESCAPES[sign]);
  return `<w:r><w:rPr><w:lang w:val="${LOCALES[lang]}"/></w:rPr><w:t xml:space="preserve">${escaped}</w:t></w:r>`;
}
