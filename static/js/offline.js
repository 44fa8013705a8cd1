/**
 * The drafting page from a disk: the reader chooses a kind of letter, and the page of that kind is put in place before
 * the tool begins. The address holds the code of the kind after a #, and nothing else.
 */

import { wipeAll } from "./leave.js";

/** Kazakhstan is five hours ahead of UTC. */
const AHEAD = 5 * 3_600_000;

function beginOffline() {
  const kept = document.getElementById("offline-data");
  const code = location.hash.slice(1);
  const page = kept && document.querySelector(`template[data-kind="${CSS.escape(code)}"]`);
  addEventListener("hashchange", () => location.reload());
  document.addEventListener("click", stayOnDisk, true);
  if (!page) return;
  const { shared, kinds } = JSON.parse(kept.textContent);
  const today = new Date(Date.now() + AHEAD).toISOString().slice(0, 10);
  const data = document.createElement("script");
  data.type = "application/json";
  data.id = "letter-data";
  data.textContent = JSON.stringify({ ...shared, ...kinds[code], today });
  document.getElementById("main").replaceChildren(page.content.cloneNode(true), data);
}

/** Pages of the site are not on the disk; clearing everything leads back to the choice of a kind. */
function stayOnDisk(event) {
  const link = event.target instanceof Element ? event.target.closest("a[href^='/']") : null;
  if (!link) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  if (!link.matches("[data-clear]")) return;
  wipeAll();
  location.replace(location.href.split("#")[0]);
}

beginOffline();
