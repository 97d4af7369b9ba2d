/* One message: bubble, file, buttons, and the control that forwards it. */

import { bytesName, clockTime, el, extension, icon, isPicture, safeUrl } from "./dom.js";
import { startDrag } from "./drag.js";
import { showMenu } from "./menu.js";
import { formatted } from "./text.js";

/** Build a message's element; `chat` is the phone it belongs to. */
export function bubble(message, chat) {
  const node = el("div", {
    class: `msg ${message.from}${message.buttons.length ? " has-buttons" : ""}`,
    "data-id": message.message_id,
    draggable: message.files.length ? "true" : null,
  });
  const body = el("div", { class: "bubble" }, head(message, chat), message.files.map((file) => attachment(file, chat)), words(message, chat));
  node.append(body);
  if (message.buttons.length) node.append(keyboard(message, chat));
  node.append(forwardControl(message, chat));
  if (message.files.length) startDrag(node, () => ({ kind: "message", phone: chat, message }));
  return node;
}

function head(message, chat) {
  const nodes = [];
  if (message.forwarded_from) nodes.push(el("span", { class: "from" }, `Forwarded from ${message.forwarded_from}`));
  const replied = message.reply_to && chat.messages.get(message.reply_to);
  if (replied) {
    nodes.push(el("button", { type: "button", class: "quoted", onclick: () => chat.show(replied.message_id) }, replied.text || replied.files[0]?.name || "Message"));
  }
  return nodes;
}

function words(message, chat) {
  const meta = el("span", { class: "meta" }, `${message.edited ? "edited " : ""}${clockTime(message.date)}${message.from === "person" ? " ✓" : ""}`);
  return el("div", { class: "text" }, formatted(message.text, message.entities, chat.actions), meta);
}

function attachment(file, chat) {
  if (file.kind === "voice") {
    return el("audio", { controls: true, src: file.url, preload: "metadata", "aria-label": `Voice note, ${file.duration} seconds` });
  }
  const nodes = [];
  if (isPicture(file)) {
    const image = el("img", { src: file.url, alt: file.kind === "photo" ? "Photo" : file.name, draggable: "false", loading: "lazy", width: file.width || null, height: file.height || null });
    image.addEventListener("load", () => chat.stick());
    nodes.push(el("button", { type: "button", class: "picture", "aria-label": `Show ${file.kind === "photo" ? "the photo" : file.name} larger`, onclick: () => chat.view(file) }, image));
  }
  if (file.kind === "document") nodes.push(fileCard(file));
  return nodes;
}

function fileCard(file) {
  return el(
    "a",
    { class: "file", href: file.url, download: file.name, draggable: "false", title: `Download ${file.name}` },
    el("span", { class: "ext", "aria-hidden": "true" }, extension(file.name)),
    el("span", {}, el("b", {}, file.name), el("small", {}, `${bytesName(file.size)} · Download`)),
  );
}

function keyboard(message, chat) {
  const rows = message.buttons.map((row) => el("div", {}, row.map((button) => key(button, message, chat))));
  return el("div", { class: "keys", role: "group", "aria-label": "Buttons" }, rows);
}

function key(button, message, chat) {
  if (button.url !== undefined) {
    const href = safeUrl(button.url);
    const onclick = (event) => {
      if (!href || chat.actions.link(href)) event.preventDefault();
    };
    return el("a", { class: "key", href: href ?? "#", target: "_blank", rel: "noopener noreferrer", draggable: "false", onclick }, button.text, icon("link"));
  }
  const node = el("button", { type: "button", class: "key", disabled: button.data === undefined }, button.text);
  node.addEventListener("click", () => chat.tap(message, button, node));
  return node;
}

function forwardControl(message, chat) {
  const node = el("button", { type: "button", class: "round more", "aria-label": "Forward to…", title: "Forward to…", "aria-haspopup": "menu", "aria-expanded": "false" }, icon("forward"));
  node.addEventListener("click", () => showMenu(node, "Forward to", choices(message, chat)));
  return node;
}

function choices(message, chat) {
  const hasPicture = message.files.some(isPicture);
  return chat.others().flatMap((other) => {
    const forward = { label: `Forward to ${other.persona.title}`, detail: other.persona.first_name, icon: "forward", act: () => other.takeMessage(chat, message, false) };
    const asPhoto = { label: `As a photo to ${other.persona.title}`, detail: "Compressed, as chat apps do", icon: "photo", act: () => other.takeMessage(chat, message, true) };
    return hasPicture && message.files[0].kind === "document" ? [forward, asPhoto] : [forward];
  });
}
