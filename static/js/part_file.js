/** Part 6: the letter on the State's portal, card by card, and the ways without it beside. */

import { el, isOnDisk } from "./dom.js";
import { change, draft, sheetIn, shortNow, watch, whoNow } from "./drafting.js";
import { pushButton, tickBox } from "./fields.js";
import { normLink } from "./part_sentences.js";
import { docxName, saveDocx } from "./part_take.js";
import { copyButton } from "./taking.js";
import { onSpeech, pageLanguage, say, told, toldIn, worded } from "./speech.js";

const PORTAL_LANGUAGES = ["kk", "ru"];

/** Return the board and, at its side, the other ways. */
export function filePart() {
  const { board } = draft.data;
  return [
    el(
      "p",
      { class: "two-ways" },
      worded("a", "board_head", { href: "#way-portal" }),
      " · ",
      worded("a", "other_ways_head", { href: "#way-other" }),
    ),
    el("div", { class: "filing-ways" }, el("div", { class: "board" }, ...boardNodes(board)), otherWays(board)),
  ];
}

function boardNodes({ portal, limits, cards, changed }) {
  const shown = cards.filter((card) => !card.only || card.only === draft.data.appeal);
  return [
    worded("h3", "board_head", { id: "way-portal" }),
    toldIn("p", portal.checked_note, { class: "warning" }),
    el("p", { class: "buttons" }, ...PORTAL_LANGUAGES.map((lang) => portalLink(portal, lang)), checkedTag(portal)),
    limitsNode(limits),
    el("ol", { class: "cards" }, ...shown.map(card)),
    el("p", { class: "note" }, correctionsLink(changed)),
  ];
}

/** A way to tell us what has changed, beside this page. */
function correctionsLink(changed) {
  const link = toldIn("a", changed, { target: "_blank", rel: "noopener noreferrer" });
  if (!isOnDisk()) onSpeech(() => link.setAttribute("href", `/${pageLanguage()}/corrections`));
  return link;
}

function portalLink(portal, lang) {
  const href = portal.url[lang];
  const shown = href.replace("https://", "");
  return el("a", { class: "button secondary", href, target: "_blank", rel: "noreferrer noopener external" }, shown);
}

/** What the portal takes: unknown is shown as unknown. */
function limitsNode(limits) {
  const rows = ["chars", "files", "megabytes"].map((name) => {
    const value = limits[name] === null ? worded("span", "limit_unknown", { class: "not-stated" }) : el("span", {}, String(limits[name]));
    return el("div", {}, worded("dt", `limit_${name}`), el("dd", {}, value));
  });
  return el("details", {}, worded("summary", "limits_head"), el("dl", { class: "facts" }, ...rows), toldIn("p", limits.note, { class: "note" }));
}

function card(each) {
  const id = `card-${each.key}`;
  const title = toldIn("h4", each.title, { id });
  const done = tickBox({
    label: worded("span", "card_done"),
    value: draft.done.has(each.key),
    picked: (isDone) => {
      const found = new Set(draft.done);
      if (isDone) found.add(each.key);
      else found.delete(each.key);
      change({ done: found });
    },
  });
  done.querySelector("input").setAttribute("aria-describedby", id);
  const node = el("li", { class: "card" }, title, ...labelNodes(each), ...valueNodes(each), toldIn("p", each.help), ...more(each), done);
  watch(["done"], () => node.classList.toggle("card--done", draft.done.has(each.key)));
  return node;
}

/** The label on the screen in Kazakh and Russian, and whether anybody saw it there. */
function labelNodes({ label, label_status: status }) {
  if (!label) return [worded("p", "label_unknown", { class: "note" })];
  const rows = PORTAL_LANGUAGES.map((lang) =>
    el("div", {}, el("dt", { lang }, draft.data.languages[lang]), el("dd", {}, el("span", { lang, class: "card__label" }, label[lang]), " ", worded("span", `label_${status[lang]}`, { class: "note" }))),
  );
  return [worded("p", "on_screen", { class: "card__says" }), el("dl", { class: "card__facts" }, ...rows)];
}

function more({ variants, norms }) {
  const found = variants ? [toldIn("p", variants.phone), toldIn("p", variants.computer)] : [];
  if (!norms.length) return found;
  const place = el("p", { class: "note" });
  onSpeech(() => {
    const links = norms.flatMap((id, index) => [index ? "; " : "", normLink({ id, name: told(draft.data.norms[id].names) })]);
    place.replaceChildren(...links);
  });
  return [...found, place];
}

/** What of the letter belongs in the field: a choice is shown as the portal words it, a text can be copied. */
function valueNodes({ value }) {
  const { values } = draft.data.board;
  const choices = {
    code: () => values.code.text,
    appeal_type: () => values.appeal_types[draft.data.appeal].text,
    object: () => values.object_inaction.text,
    body: bodyNames,
    contested: bodyNames,
  };
  if (choices[value]) return [worded("p", "choose_this", { class: "card__says" }), choiceNode(choices[value])];
  if (value === "short") return [textNode(shortNow, () => draft.lang, "copy_short")];
  if (value === "actual_address") return [textNode(() => whoNow().actual_address, () => draft.lang, "copy")];
  if (value === "file") return [fileNode()];
  return [];
}

function bodyNames() {
  return Object.fromEntries(PORTAL_LANGUAGES.map((lang) => [lang, sheetIn(lang).values.body || draft.typed.body || ""]));
}

function choiceNode(textsNow) {
  const place = el("dl", { class: "card__facts" });
  const rows = PORTAL_LANGUAGES.map((lang) => {
    const text = el("span", { class: "card__value", lang });
    watch(["typed"], () => {
      text.textContent = textsNow()[lang] || say("not_filled_in");
    });
    return el("div", {}, el("dt", { lang }, draft.data.languages[lang]), el("dd", {}, text, " ", copyButton(() => textsNow()[lang])));
  });
  place.append(...rows);
  return place;
}

function textNode(textNow, langNow, key) {
  const text = el("p", { class: "card__text" });
  const show = () => {
    text.lang = textNow() ? langNow() : pageLanguage();
    text.textContent = textNow() || say("not_filled_in");
  };
  watch([], show);
  onSpeech(show);
  return el("div", {}, text, copyButton(textNow, { key }));
}

function fileNode() {
  const name = el("code", {});
  watch(["lang"], () => (name.textContent = docxName()));
  return el("p", { class: "buttons" }, pushButton("save_docx", saveDocx, { class: "secondary" }), name);
}

function otherWays({ ways, targets }) {
  return el(
    "div",
    { class: "other-ways" },
    worded("h3", "other_ways_head", { id: "way-other" }),
    worded("p", "other_ways_lead"),
    ...ways.map(filingWay),
    ...targets.filter((target) => draft.data.bodies.includes(target.body)).map(targetNode),
  );
}

function filingWay(each) {
  const steps = each.steps.map((step) => toldIn("li", step));
  const checks = each.checklist.map((check) => el("div", {}, tickBox({ label: toldIn("span", check), picked: () => {} })));
  return el(
    "section",
    { class: "filing-way" },
    toldIn("h4", each.title),
    toldIn("p", each.about),
    el("ol", {}, ...steps),
    checks.length ? worded("p", "checklist", { class: "card__says" }) : null,
    ...checks,
  );
}

/** An address stands here only if somebody of ours checked it lately; otherwise where to look for it does. */
function targetNode(target) {
  const head = worded("h4", "address_of_body");
  if (!target.checked_on) return el("section", { class: "filing-way" }, head, worded("p", "address_unchecked"));
  const words = el("strong", {});
  onSpeech(() => (words.textContent = [target.postcode, told(target.address)].filter(Boolean).join(", ")));
  const address = el("p", {}, words, " ", checkedTag(target));
  return el("section", { class: "filing-way" }, head, address, toldIn("p", target.note, { class: "note" }));
}

/** When somebody of ours looked at an address, or that nobody did. */
function checkedTag({ checked_on: day }) {
  const tag = el("span", { class: "tag" });
  const show = () => (tag.textContent = day ? say("checked_on", { day: told(draft.data.days[day]) }) : say("not_checked"));
  onSpeech(show);
  return tag;
}
