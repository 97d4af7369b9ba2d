/* Drag and drop: files of this computer, sample files and messages of another phone. */

import { el, isPicture, isPictureName } from "./dom.js";

/** What is being dragged inside the page; the browser hides it from `dragover`. */
let dragged = null;

/** Make a node draggable; `describe()` gives {kind: "message", phone, message} or {kind: "sample", …}. */
export function startDrag(node, describe) {
  node.addEventListener("dragstart", (event) => {
    dragged = describe();
    event.dataTransfer.effectAllowed = "copy";
    event.dataTransfer.setData("text/plain", "playground");
    event.stopPropagation();
  });
  node.addEventListener("dragend", () => { dragged = null; });
}

/** Let a phone accept drops. */
export function acceptDrops(frame, phone) {
  let overlay = null;
  const hide = () => {
    overlay?.remove();
    overlay = null;
  };
  frame.addEventListener("dragenter", (event) => {
    const offer = offered(event, phone);
    if (!offer) return;
    event.preventDefault();
    overlay ??= frame.appendChild(zones(offer, phone, hide));
  });
  frame.addEventListener("dragover", (event) => {
    if (overlay) event.preventDefault();
  });
  frame.addEventListener("dragleave", (event) => {
    if (!frame.contains(event.relatedTarget)) hide();
  });
  addEventListener("dragend", hide);
}

function offered(event, phone) {
  if (dragged) {
    if (dragged.kind === "message" && dragged.phone === phone) return null;
    const isImage = dragged.kind === "message" ? dragged.message.files.some((file) => isPicture(file) && file.kind === "document") : isPictureName(dragged.name);
    return { isImage, isMessage: dragged.kind === "message" };
  }
  const files = [...event.dataTransfer.items].filter((item) => item.kind === "file");
  return files.length ? { isImage: files.every((item) => item.type.startsWith("image/")), isMessage: false } : null;
}

function zones(offer, phone, hide) {
  const whole = zone(offer.isMessage ? "Forward" : "Send as a file", "Exactly as it is", (event) => take(event, phone, false, hide));
  const photo = zone("Send as a photo", "Compressed, as chat apps do", (event) => take(event, phone, true, hide));
  return el("div", { class: "drop" }, whole, offer.isImage ? photo : null);
}

function zone(title, detail, drop) {
  const node = el("div", {}, el("b", {}, title), el("small", {}, detail));
  node.addEventListener("dragover", (event) => {
    event.preventDefault();
    event.dataTransfer.dropEffect = "copy";
    node.classList.add("over");
  });
  node.addEventListener("dragleave", () => node.classList.remove("over"));
  node.addEventListener("drop", drop);
  return node;
}

function take(event, phone, asPhoto, hide) {
  event.preventDefault();
  event.stopPropagation();
  const what = dragged;
  dragged = null;
  hide();
  if (what?.kind === "message") phone.takeMessage(what.phone, what.message, asPhoto);
  else if (what) phone.takeSample(what.owner, what.name, asPhoto);
  else [...event.dataTransfer.files].forEach((file) => phone.sendFile(asPhoto ? "photo" : "document", file));
}

// A file dropped beside a phone must not replace the page.
for (const name of ["dragover", "drop"]) addEventListener(name, (event) => event.preventDefault());
