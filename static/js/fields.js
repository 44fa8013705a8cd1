/** Fields that exist only in the browser: without a name, so that no form could send them. */

import { el, freshId, randomName } from "./dom.js";
import { isWorded, onSpeech, say, worded } from "./speech.js";

/** What no field about a person may lack: nothing is remembered, sent to a spell-checker or to a translator. */
const PRIVATE = { autocomplete: "off", autocapitalize: "off", spellcheck: "false", translate: "no" };

/**
 * Return a field of one or several lines. `key` names its words; `check` gives the code of what to warn of, if anything.
 * @param {{key: string, id?: string, value?: string, rows?: number, width?: number, inputmode?: string,
 *   typed: (text: string) => void, check?: (text: string) => ({code: string | null, word?: string}),
 *   hint?: boolean, attributes?: object}} order
 * @returns {{node: HTMLElement, field: HTMLInputElement | HTMLTextAreaElement, warn: () => void}}
 */
export function textField(order) {
  const { key, id = `field-${key}`, value = "", rows, width, inputmode, typed, check, attributes = {} } = order;
  const hint = (order.hint ?? isWorded(`${key}_hint`)) ? `${id}-hint` : null;
  const says = check ? `${id}-says` : null;
  const described = [hint, says].filter(Boolean).join(" ") || null;
  const shape = { id, inputmode, "aria-describedby": described, ...PRIVATE, ...attributes };
  const field = rows
    ? el("textarea", { class: "govuk-textarea", rows, ...shape })
    : el("input", { class: `govuk-input${width ? ` govuk-input--width-${width}` : ""}`, type: "text", ...shape });
  field.value = value;
  const warning = says && el("p", { class: "warning", id: says, "aria-live": "polite" });
  const warn = () => showWarning(warning, check?.(field.value));
  field.addEventListener("input", () => {
    typed(field.value);
    if (warning?.textContent) warn();
  });
  field.addEventListener("change", warn);
  if (warning) onSpeech(() => warning.textContent && warn());
  const label = worded("label", key, { class: "govuk-label", for: id });
  const hinted = hint && worded("div", `${key}_hint`, { class: "govuk-hint", id: hint });
  return { node: el("div", { class: "govuk-form-group" }, label, hinted, field, warning), field, warn };
}

function showWarning(warning, found) {
  if (!warning) return;
  warning.textContent = found?.code ? say(`warn_${found.code}`, { word: found.word ?? "" }) : "";
}

/**
 * Return a group of radio buttons. Their name is made by chance and their values are codes.
 * @param {{key: string, options: {value: string, label: Node, hint?: Node}[], value: string,
 *   picked: (value: string) => void}} order
 */
export function radioGroup({ key, options, value, picked, isInline = false }) {
  const name = randomName();
  const items = options.map((option) => {
    const id = freshId();
    const input = el("input", { class: "govuk-radios__input", type: "radio", id, name, value: option.value });
    input.checked = option.value === value;
    input.addEventListener("change", () => picked(option.value));
    const label = el("label", { class: "govuk-label govuk-radios__label", for: id }, option.label);
    return el("div", { class: "govuk-radios__item" }, input, label);
  });
  const legend = worded("legend", key, { class: "govuk-fieldset__legend" });
  const hint = isWorded(`${key}_hint`) ? worded("div", `${key}_hint`, { class: "govuk-hint", id: freshId() }) : null;
  const radios = el("div", { class: `govuk-radios govuk-radios--small${isInline ? " radios-row" : ""}` }, ...items);
  const described = { class: "govuk-fieldset", "aria-describedby": hint?.id };
  return el("div", { class: "govuk-form-group" }, el("fieldset", described, legend, hint, radios));
}

/** Return a box to tick, with its words. */
export function tickBox({ key, label, value = false, picked, id = freshId() }) {
  const input = el("input", { class: "govuk-checkboxes__input", type: "checkbox", id });
  input.checked = value;
  input.addEventListener("change", () => picked(input.checked));
  const words = el("label", { class: "govuk-label govuk-checkboxes__label", for: id }, label ?? worded("span", key));
  return el("div", { class: "govuk-checkboxes--small" }, el("div", { class: "govuk-checkboxes__item" }, input, words));
}

/** Return a button with words of ours. */
export function pushButton(key, pressed, attributes = {}) {
  return worded("button", key, { type: "button", click: pressed, ...attributes });
}

/** Return a list to choose one from. Its options are made anew when the page changes its language. */
export function selectField({ key, id = `field-${key}`, options, value, picked }) {
  const select = el("select", { class: "govuk-select", id, autocomplete: "off", translate: "no" });
  select.addEventListener("change", () => picked(select.value));
  onSpeech(() => {
    const now = select.value || value || "";
    select.replaceChildren(...options().map(([code, words]) => el("option", { value: code }, words)));
    select.value = now;
  });
  const hint = isWorded(`${key}_hint`) ? worded("div", `${key}_hint`, { class: "govuk-hint" }) : null;
  return el("div", { class: "govuk-form-group" }, worded("label", key, { class: "govuk-label", for: id }), hint, select);
}
