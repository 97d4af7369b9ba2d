/* One phone: a person's chat with the bot. */

import { post, upload } from "./api.js";
import { bubble } from "./bubble.js";
import { composer } from "./composer.js";
import { dayName, el, icon, initials, momentName } from "./dom.js";
import { acceptDrops } from "./drag.js";
import { showMenu } from "./menu.js";
import { tray } from "./tray.js";

const TYPING_MS = 5000;
const TOAST_MS = 4200;
const SPINNER_MS = 12000;
const NEAR_END = 120;

export class Phone {
  constructor(persona, tone, page) {
    this.persona = persona;
    this.page = page;
    this.user = persona.user_id;
    this.messages = new Map();
    this.waiting = new Map();
    this.actions = { command: (text) => this.say(text), link: (url) => this.followLink(url) };
    this.build(tone);
  }

  build(tone) {
    this.state = el("span", { class: "state" }, "bot");
    this.botName = el("strong");
    this.botFace = el("span", { class: "face", "aria-hidden": "true" });
    this.log = el("div", { class: "log", role: "log", "aria-live": "polite", "aria-relevant": "additions text", tabindex: "0", "aria-label": `Chat of ${this.persona.first_name}` });
    this.down = el("button", { type: "button", class: "round down", "aria-label": "Go to the newest message", hidden: true, onclick: () => this.toEnd() }, icon("down"));
    this.composer = composer(this);
    this.frame = el("section", { class: "phone", "aria-label": `Phone of ${this.persona.title}` }, this.head(), el("div", { class: "chat" }, this.log, this.down), this.composer.node);
    this.title = el("header", { class: "persona" });
    this.tray = el("div", { class: "tray" });
    this.node = el("div", { class: `column tone-${tone % 4}`, id: `phone-${this.user}`, role: "tabpanel" }, this.title, this.frame, this.tray);
    this.log.addEventListener("scroll", () => { this.down.hidden = this.isNearEnd(); });
    acceptDrops(this.frame, this);
    new ResizeObserver(() => this.stick()).observe(this.log);
  }

  head() {
    const more = el("button", { type: "button", class: "round", "aria-label": "More", "aria-haspopup": "menu", "aria-expanded": "false" }, icon("dots"));
    more.addEventListener("click", () => showMenu(more, "Chat", [
      { label: "Send /start", icon: "restart", act: () => this.say("/start") },
      { label: this.isBlocked ? "Unblock the bot" : "Block the bot", icon: "block", act: () => this.act(() => post(this.isBlocked ? "unblock" : "block", { user: this.user })) },
    ]));
    return el("header", { class: "phone-head" }, this.botFace, el("div", {}, this.botName, this.state), more);
  }

  /** Take over the story's words about this person. */
  describe(persona, bot) {
    this.persona = persona;
    this.bot = bot;
    this.botName.textContent = bot.name;
    this.botFace.textContent = initials(bot.name);
    const name = [persona.first_name, persona.last_name].filter(Boolean).join(" ");
    this.title.replaceChildren(
      el("span", { class: "face", "aria-hidden": "true" }, initials(name)),
      el("div", {}, el("h2", {}, `${persona.title} `, el("small", {}, name)), persona.intro ? el("p", { title: persona.intro }, persona.intro) : null),
    );
    this.refreshTray();
    this.composer.refresh();
  }

  /** Show a whole chat as the server knows it. */
  load(chat) {
    this.messages = new Map(chat.messages.map((message) => [message.message_id, message]));
    this.wasAtEnd = true;
    this.log.replaceChildren();
    this.lastDay = null;
    this.lastFrom = null;
    this.learn(chat);
    for (const message of this.messages.values()) this.append(message);
    this.showAbout();
    this.refreshTray();
    this.toEnd();
  }

  /** Take over what is beside the messages: commands, the description, blocked or not. */
  learn(chat) {
    this.commands = chat.commands;
    this.about = chat.about;
    this.isBlocked = chat.blocked;
    this.hasStarted = chat.started;
    this.composer.refresh();
    if (!this.messages.size) this.showAbout();
  }

  showAbout() {
    this.log.querySelector(".about")?.remove();
    if (this.messages.size) return;
    this.log.append(el("div", { class: "about" }, el("b", {}, `What can ${this.bot?.name ?? "this bot"} do?`), this.about || "Press Start to find out.", this.persona.intro ? el("p", { class: "intro" }, this.persona.intro) : null));
  }

  // What happens in the chat

  receive(message) {
    if (this.messages.has(message.message_id)) return;
    this.messages.set(message.message_id, message);
    this.log.querySelector(".about")?.remove();
    const wasNearEnd = this.isNearEnd();
    if (message.from === "bot") this.setTyping(false);
    else this.hasStarted = true;
    this.append(message).classList.add("arrives");
    if (wasNearEnd || message.from === "person") this.toEnd();
    else this.down.hidden = false;
    this.composer.refresh();
    if (message.from === "person") this.refreshTray();
    else this.page.noteUnread(this);
  }

  append(message) {
    const day = dayName(message.date);
    if (day !== this.lastDay) {
      this.log.append(el("div", { class: "day" }, day));
      this.lastFrom = null;
    }
    const node = bubble(message, this);
    if (message.from === this.lastFrom) node.classList.add("same");
    this.lastDay = day;
    this.lastFrom = message.from;
    this.log.insertBefore(node, this.dots ?? null);
    return node;
  }

  edit(message) {
    this.messages.set(message.message_id, message);
    const old = this.find(message.message_id);
    if (!old) return;
    const isAtEnd = this.isNearEnd();
    const node = bubble(message, this);
    node.classList.toggle("same", old.classList.contains("same"));
    node.classList.add("flash");
    const hadFocus = old.contains(document.activeElement);
    old.replaceWith(node);
    if (hadFocus) (node.querySelector(".key") ?? this.log).focus({ preventScroll: true });
    if (isAtEnd) this.toEnd();
    this.setTyping(false);
    this.page.noteUnread(this);
  }

  drop(messageId) {
    this.messages.delete(messageId);
    this.find(messageId)?.remove();
  }

  setTyping(isTyping) {
    clearTimeout(this.typingEnds);
    this.state.textContent = isTyping ? "typing…" : "bot";
    this.state.classList.toggle("typing", isTyping);
    this.dots?.remove();
    this.dots = null;
    if (!isTyping) return;
    const isAtEnd = this.isNearEnd();
    this.dots = el("div", { class: "dots", "aria-hidden": "true" }, el("i"), el("i"), el("i"));
    this.log.append(this.dots);
    if (isAtEnd) this.toEnd();
    this.typingEnds = setTimeout(() => this.setTyping(false), TYPING_MS);
  }

  answered(toast) {
    this.waiting.get(toast.query_id)?.classList.remove("waiting");
    this.waiting.delete(toast.query_id);
    if (toast.text) (toast.alert ? this.alert(toast.text) : this.toast(toast.text));
  }

  setBlocked(isBlocked) {
    this.isBlocked = isBlocked;
    this.note([isBlocked ? "You blocked the bot. It cannot write to you." : "You unblocked the bot."]);
    this.composer.refresh();
  }

  clockMoved(milliseconds) {
    this.note([`The clock moved to ${momentName(milliseconds)}`]);
  }

  note(children) {
    const isAtEnd = this.isNearEnd();
    this.log.insertBefore(el("div", { class: "note" }, children), this.dots ?? null);
    if (isAtEnd) this.toEnd();
  }

  toast(text, kind = "") {
    this.frame.querySelector(".toast")?.remove();
    const node = el("div", { class: `toast ${kind}`, role: kind ? "alert" : "status" }, text);
    this.frame.querySelector(".chat").append(node);
    setTimeout(() => node.remove(), TOAST_MS);
  }

  alert(text) {
    const ok = el("button", { type: "button", class: "wide" }, "OK");
    const node = el("div", { class: "alert", role: "alertdialog", "aria-modal": "true", "aria-label": text }, el("div", {}, text, ok));
    ok.addEventListener("click", () => {
      node.remove();
      this.composer.focus();
    });
    this.frame.append(node);
    ok.focus();
  }

  // What the person does

  async act(request) {
    try {
      return await request();
    } catch (error) {
      this.toast(error.message, "error");
      return null;
    }
  }

  say(text) {
    return this.act(() => post("message", { user: this.user, text }));
  }

  sendFile(kind, file) {
    return this.act(() => upload(kind, this.user, file));
  }

  takeSample(owner, name, asPhoto = false) {
    return this.act(() => post("story-file", { user: this.user, from_user: owner, name, as_photo: asPhoto }));
  }

  takeMessage(other, message, asPhoto) {
    this.page.show(this);
    return this.act(() => post("forward", { user: this.user, from_user: other.user, message_id: message.message_id, as_photo: asPhoto }));
  }

  async tap(message, button, node) {
    node.classList.add("waiting");
    const stop = () => node.classList.remove("waiting");
    setTimeout(stop, SPINNER_MS);
    const done = await this.act(() => post("tap", { user: this.user, message_id: message.message_id, data: button.data }));
    if (done) this.waiting.set(done.query_id, node);
    if (!done || this.page.wasAnswered(done.query_id)) stop();
  }

  async alter() {
    const done = await this.act(() => post("alter", { user: this.user }));
    if (done) this.note(["One letter changed: ", ...marked(done.before, done.after)]);
  }

  /** Deep links to the bot start it in this chat; other links open as usual. */
  followLink(url) {
    const { hostname, pathname, searchParams } = new URL(url);
    const isOurs = ["t.me", "telegram.me"].includes(hostname) && pathname.slice(1).toLowerCase() === this.bot.username.toLowerCase();
    if (!isOurs) return false;
    this.say(`/start ${searchParams.get("start") ?? ""}`);
    return true;
  }

  others() {
    return this.page.phones.filter((phone) => phone !== this);
  }

  view(file) {
    this.page.view(file);
  }

  refreshTray() {
    this.tray.replaceChildren(...tray(this));
  }

  // Scrolling

  find(messageId) {
    return this.log.querySelector(`[data-id="${messageId}"]`);
  }

  show(messageId) {
    this.find(messageId)?.scrollIntoView({ block: "center", behavior: "smooth" });
  }

  isNearEnd() {
    return this.log.scrollHeight - this.log.scrollTop - this.log.clientHeight < NEAR_END;
  }

  toEnd() {
    this.log.scrollTop = this.log.scrollHeight;
    this.wasAtEnd = true;
    this.down.hidden = true;
  }

  /** Stay at the newest message while pictures load and the window changes. */
  stick() {
    if (this.down.hidden) this.toEnd();
  }
}

function marked(before, after) {
  const at = [...before].findIndex((letter, place) => letter !== after[place]);
  const shown = (text) => ["“", text.slice(0, at), el("mark", {}, text.slice(at, at + 1)), text.slice(at + 1), "”"];
  return [...shown(before), " → ", ...shown(after)];
}
