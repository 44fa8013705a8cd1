/** Part 1: two questions, of which nothing is kept, and the way that fits the answers. */

import { el } from "./dom.js";
import { change, draft, watch } from "./drafting.js";
import { radioGroup } from "./fields.js";
import { onSpeech, say, worded } from "./speech.js";

/** Return the questions and, below them, the way. */
export function wayPart() {
  const answer = el("div", { class: "way", "aria-live": "polite" });
  const show = () => answer.replaceChildren(...wayNodes());
  watch(["way"], show);
  onSpeech(show);
  return [
    worded("p", "way_nothing_kept", { class: "note" }),
    question("way_sign_in", "signIn", ["yes", "no", "unsure"]),
    question("way_who", "who", ["citizen", "other", "organisation"]),
    answer,
  ];
}

function question(key, part, codes) {
  const options = codes.map((value) => ({ value, label: worded("span", `${key}_${value}`) }));
  const picked = (value) => {
    change({ way: { ...draft.way, [part]: value }, ...(part === "who" ? { isOrganisation: value === "organisation" } : {}) });
  };
  return radioGroup({ key, options, value: draft.way[part], picked });
}

function wayNodes() {
  const { signIn, who } = draft.way;
  if (!signIn || !who) return [];
  const main = signIn === "yes" ? "way_portal" : "way_paper";
  const also = { unsure: "way_unsure", no: "way_no_sign_in", yes: "way_or_paper" }[signIn];
  return [
    el("p", { class: "way__main" }, say(main), " ", el("a", { href: "#part-file" }, say("way_to_filing"))),
    el("p", {}, say(also)),
    who === "citizen" ? null : el("p", {}, say(`way_for_${who}`)),
    el("p", {}, say("way_others"), " ", el("a", { href: "#safer" }, say("way_to_others"))),
  ].filter(Boolean);
}
