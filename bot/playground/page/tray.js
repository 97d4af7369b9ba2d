/* Under a phone: things to say, sample files, and the forger's button. */

import { bytesName, el, extension } from "./dom.js";
import { startDrag } from "./drag.js";

export function tray(phone) {
  const { chips, files, own_words: ownWords, key } = phone.persona;
  const forge = key === "employer" ? forgeChip(phone) : null;
  const rows = [];
  if (chips.length || ownWords) {
    rows.push(row("Try", "Try saying", ownWords ? ownChip(phone, ownWords) : null, chips.map((chip) => sayChip(phone, chip)), forge));
  } else if (forge) {
    rows.push(row("Try", "Try", forge));
  }
  if (files.length) rows.push(row("Files", "Files to drag in", files.map((file) => fileCard(phone, file))));
  return rows;
}

function row(title, label, ...children) {
  const node = el("div", { class: `items ${title.toLowerCase()}` }, ...children);
  const fade = () => node.classList.toggle("fades", node.scrollLeft + node.clientWidth < node.scrollWidth - 4);
  node.addEventListener("scroll", fade, { passive: true });
  node.addEventListener("wheel", (event) => {
    if (node.scrollWidth <= node.clientWidth || event.deltaX) return;
    node.scrollLeft += event.deltaY;
    event.preventDefault();
  });
  new ResizeObserver(fade).observe(node);
  return el("div", { class: "tray-row", role: "group", "aria-label": label }, el("b", { "aria-hidden": "true" }, title), node);
}

function sayChip(phone, { label, text }) {
  return el("button", { type: "button", class: "chip", title: text, onclick: () => phone.say(text || label) }, label || text);
}

function ownChip(phone, hint) {
  return el("button", { type: "button", class: "chip own", onclick: () => phone.composer.invite(hint) }, hint);
}

function fileCard(phone, file) {
  const about = file.about || bytesName(file.size);
  const node = el(
    "button",
    { type: "button", class: "card", draggable: "true", title: `${file.about ? `${file.about}. ` : ""}Drag into a chat, or press to send.`, onclick: () => phone.takeSample(phone.user, file.name) },
    el("span", { class: "ext", "aria-hidden": "true" }, extension(file.name)),
    el("span", {}, el("b", {}, file.name), el("small", {}, about)),
  );
  startDrag(node, () => ({ kind: "sample", owner: phone.user, name: file.name }));
  return node;
}

function forgeChip(phone) {
  const hasDocument = [...phone.messages.values()].some((message) => message.from === "person" && message.files[0]?.kind === "document");
  const hint = hasDocument ? "Sends your last file again with one letter changed" : "Send a badge file first";
  return el("button", { type: "button", class: "chip", disabled: !hasDocument, title: hint, onclick: () => phone.alter() }, "Change one byte and ask again");
}
