/** Part 2, at its end: a paragraph of one's own, with advice on tone. */

import { checkOwn } from "./checks.js";
import { el } from "./dom.js";
import { change, draft, watch } from "./drafting.js";
import { textField } from "./fields.js";
import { onSpeech, say, toldIn, worded } from "./speech.js";

const MOST_SIGNS = 1200;

/** Return the field for a paragraph of one's own, and the advice beside it. */
export function ownPart() {
  const { tone, spelling } = draft.data.risk;
  const counter = el("p", { class: "note counter" });
  const count = () => (counter.textContent = say("counter", { n: checkOwn(draft.own).length, most: say("n_1200") }));
  watch(["own"], count);
  onSpeech(count);
  const own = textField({
    key: "own",
    rows: 6,
    typed: (text) => change({ own: text }),
    check: (text) => checkOwn(text),
    attributes: { "data-most": MOST_SIGNS },
  });
  const hints = tone.hints.map((hint) => toldIn("li", hint.text));
  return [
    worded("h3", "own_head"),
    el(
      "div",
      { class: "own" },
      el("div", {}, own.node, counter),
      el("div", { class: "own__tone" }, toldIn("h4", tone.title), el("ul", {}, ...hints), toldIn("p", spelling, { class: "note" })),
    ),
  ];
}
