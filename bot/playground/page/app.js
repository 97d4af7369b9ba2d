/* The page: loads the world, then follows its journal. */

import { follow, get } from "./api.js";
import { Bar } from "./bar.js";
import { el } from "./dom.js";
import { Phone } from "./phone.js";

const KEPT_ANSWERS = 200;

class Page {
  constructor() {
    this.phones = [];
    this.answers = [];
    this.bar = new Bar((user) => this.phone(user)?.persona.first_name ?? String(user));
    this.grid = document.getElementById("phones");
    this.tabs = document.getElementById("tabs");
    this.viewer = document.getElementById("viewer");
    this.viewer.addEventListener("click", (event) => {
      if (event.target === this.viewer) this.viewer.close();
    });
  }

  async load() {
    let state;
    try {
      state = await get("state");
    } catch {
      this.bar.setLost();
      setTimeout(() => this.load(), 1000);
      return;
    }
    this.takeStory(state.story);
    this.bar.load(state);
    for (const phone of this.phones) phone.load(state.chats[phone.user]);
    follow(state.seq, { onEvent: (event) => this.take(event), onLost: () => this.bar.setLost(), onBack: () => this.load() });
    document.body.dataset.ready = "yes";
  }

  phone(user) {
    return this.phones.find((phone) => phone.user === user);
  }

  takeStory(story) {
    const wanted = story.people.map((persona) => persona.user_id).join();
    const isNew = wanted !== this.phones.map((phone) => phone.user).join();
    if (isNew) this.buildPhones(story.people);
    story.people.forEach((persona, place) => {
      this.phones[place].describe(persona, story.bot);
      this.tabs.children[place].firstChild.textContent = persona.title;
    });
    this.bar.setStory(story);
    return isNew;
  }

  buildPhones(people) {
    this.phones = people.map((persona, place) => new Phone(persona, place, this));
    this.grid.replaceChildren(...this.phones.map((phone) => phone.node));
    this.tabs.replaceChildren(...this.phones.map((phone, place) => el("button", { type: "button", role: "tab", class: `tone-${place % 4}`, "aria-controls": phone.node.id, onclick: () => this.show(phone) }, phone.persona.title, el("span", { class: "unread", hidden: true }))));
    this.tabs.onkeydown = (event) => this.moveTab(event);
    this.show(this.phones[0]);
  }

  /** Bring a phone to the front; on a wide screen all are there already. */
  show(shown) {
    this.phones.forEach((phone, place) => {
      const isShown = phone === shown;
      phone.node.classList.toggle("shown", isShown);
      this.tabs.children[place].setAttribute("aria-selected", String(isShown));
      this.tabs.children[place].tabIndex = isShown ? 0 : -1;
    });
    this.setUnread(shown, 0);
    shown.toEnd();
  }

  moveTab(event) {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    const at = this.phones.findIndex((phone) => phone.node.classList.contains("shown"));
    const next = (at + step + this.phones.length) % this.phones.length;
    this.show(this.phones[next]);
    this.tabs.children[next].focus();
  }

  noteUnread(phone) {
    if (!phone.node.classList.contains("shown")) this.setUnread(phone, (phone.unread ?? 0) + 1);
  }

  setUnread(phone, count) {
    phone.unread = count;
    const badge = this.tabs.children[this.phones.indexOf(phone)].querySelector(".unread");
    badge.hidden = !count;
    badge.textContent = String(count);
  }

  view(file) {
    const close = el("button", { type: "button", class: "quiet", onclick: () => this.viewer.close() }, "Close");
    this.viewer.replaceChildren(el("img", { src: file.url, alt: file.name }), el("footer", {}, el("a", { href: file.url, download: file.name }, `Download ${file.name}`), close));
    this.viewer.showModal();
  }

  wasAnswered(queryId) {
    return this.answers.includes(queryId);
  }

  take(event) {
    const phone = this.phone(event.user);
    switch (event.kind) {
      case "message": return phone?.receive(event.message);
      case "edit": return phone?.edit(event.message);
      case "delete": return phone?.drop(event.message_id);
      case "typing": return phone?.setTyping(true);
      case "blocked": return phone?.setBlocked(event.blocked);
      case "toast": return this.takeAnswer(phone, event);
      case "clock": return this.takeClock(event.clock);
      case "call": return this.bar.addCall(event.call);
      case "faults": return this.bar.setFaults(event.faults);
      case "bot": return this.bar.setListening(event.listening);
      case "commands": return this.learn();
      case "story": return this.takeStory(event.story) && this.loadChats();
      case "reset": return this.reset(event);
      default: return undefined;
    }
  }

  takeAnswer(phone, event) {
    this.answers = [...this.answers.slice(-KEPT_ANSWERS), event.query_id];
    phone?.answered(event);
  }

  takeClock(clock) {
    const isForward = clock.offset > this.bar.offset;
    this.bar.setClock(clock);
    if (isForward) this.phones.forEach((phone) => phone.clockMoved(this.bar.now()));
  }

  async learn() {
    for (const phone of this.phones) phone.learn(await get(`chat?user=${phone.user}`));
  }

  async reset(event) {
    this.bar.setClock(event.clock);
    await this.loadChats();
  }

  async loadChats() {
    for (const phone of this.phones) phone.load(await get(`chat?user=${phone.user}`));
  }
}

new Page().load();
