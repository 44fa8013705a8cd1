/** The frame that the server made, in another language without a new page: header, footer, and what stands above. */

import { pageLanguage, speakNow } from "./speech.js";

const PARTS = "body > header, body > footer, body > .skip, .letter-frame, h1";
const READ_ALOUD = "aria-label";

/** Let the links of languages change the words in place, where something was typed that a new page would lose. */
export function keepTextAcrossLanguages(frame, isTouched) {
  for (const link of document.querySelectorAll("a[hreflang]")) {
    link.addEventListener("click", (event) => {
      if (!isTouched() || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
      event.preventDefault();
      changeFrame(frame, pageLanguage(), link.hreflang);
      history.replaceState(null, "", link.href);
      speakNow(link.hreflang);
    });
  }
}

function changeFrame(frame, from, to) {
  const words = new Map(frame[from].map((text, index) => [text, frame[to][index]]));
  document.documentElement.lang = to;
  document.title = words.get(document.title.trim()) ?? document.title;
  for (const part of document.querySelectorAll(PARTS)) changeWords(part, words);
  for (const link of document.querySelectorAll("a[href]:not([hreflang])")) changeAddress(link, words, from, to);
  for (const link of document.querySelectorAll("a[hreflang]")) {
    if (link.hreflang === to) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
  changeAbout(from, to);
}

function changeWords(part, words) {
  const walker = document.createTreeWalker(part, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode;
    const other = words.get(node.data.trim());
    if (other !== undefined) node.data = node.data.replace(node.data.trim(), () => other);
  }
  for (const node of [part, ...part.querySelectorAll(`[${READ_ALOUD}]`)]) {
    const other = words.get(node.getAttribute(READ_ALOUD));
    if (other !== undefined) node.setAttribute(READ_ALOUD, other);
  }
}

/** Links to pages of ours lead to those in the page's language; the neutral site has an address per language. */
function changeAddress(link, words, from, to) {
  const address = link.getAttribute("href");
  if (words.has(address)) link.setAttribute("href", words.get(address));
  else if (address === `/${from}` || address.startsWith(`/${from}/`)) {
    link.setAttribute("href", `/${to}${address.slice(from.length + 1)}`);
  }
}

/** What the server said of the letter lies in the page in every language: the one that is spoken is shown. */
function changeAbout(from, to) {
  for (const place of document.querySelectorAll("[data-about]")) {
    const kept = document.querySelector(`template[data-of="${place.dataset.about}"][lang="${to}"]`);
    if (kept) place.replaceChildren(kept.content.cloneNode(true));
  }
}
