// Saves answers as one types. A page asks for it with
//   <form data-autosave-url="..." data-autosave-key="..."> and a status drawn by the component c-saved.
// What goes:    POST {"changes": [{"path", "value", "revision"}]}
// What returns: {"saved_at_text", "revisions": {path: n}, "conflicts": [{"path", "theirs", "by", "revision"}],
//                "html": {id: fragment}, "refused": "why nothing can be saved any more"}
// A conflict that carries "value" (what would stand in the field) lets one choose; until then both stay (choosing.js).
// What happens to the connection is told by the events vv:unsaved (detail: why) and vv:saved (connection.js).
// A control's path is its `data-path` or its name; its base revision stands in `data-revision`, on it or on an ancestor.
// Boxes that share a name, or stand in `[data-many]`, send a list. Files and `[data-autosave="off"]` are left to the form.
// Until the server has acknowledged it, what was typed is also kept in this browser, and sent at the next occasion.
import { choice } from './choosing.js';
import { token } from './token.js';

const PAUSE = 800;
const WAITS = [2000, 5000, 15000, 30000];

class Autosave {
  constructor(form) {
    this.form = form;
    this.key = `vivaio:${form.dataset.autosaveKey || form.dataset.autosaveUrl}`;
    this.pending = this.stored();
    this.disputes = new Map(); // what waits for a choice, by path
    this.status = document.querySelector('[data-vv-saved]');
    this.failures = 0;
    this.restore();
    form.addEventListener('input', (event) => this.changed(event.target, PAUSE));
    form.addEventListener('change', (event) => this.changed(event.target, 0));
    form.addEventListener('focusout', () => this.soon(0));
    document.addEventListener('visibilitychange', () => document.hidden && this.send(true));
    window.addEventListener('pagehide', () => this.send(true));
    window.addEventListener('online', () => this.soon(0));
    window.addEventListener('pageshow', (event) => {
      if (!event.persisted) return;
      this.sending = false; // what was on its way when the page was left is not answered any more
      this.soon(0);
    });
    window.addEventListener('beforeunload', (event) => {
      if (this.sendable().size && !this.kept) event.preventDefault();
    });
  }

  controls(path) {
    return [...this.form.elements].filter((control) => this.pathOf(control) === path);
  }

  pathOf(control) {
    const skipped = !control.name || ['file', 'submit', 'button', 'hidden', 'fieldset'].includes(control.type);
    if (skipped || control.closest('[data-autosave="off"]')) return null;
    return control.dataset.path || control.name;
  }

  valueOf(path) {
    const controls = this.controls(path);
    const [first] = controls;
    if (first.type === 'radio') return controls.find((control) => control.checked)?.value ?? '';
    if (first.type === 'checkbox') {
      const chosen = controls.filter((control) => control.checked).map((control) => control.value);
      return controls.length > 1 || first.closest('[data-many]') ? chosen : chosen[0] ?? '';
    }
    if (first.matches('[data-many] select')) return controls.map((control) => control.value);
    if (first.multiple) return [...first.selectedOptions].map((option) => option.value);
    return first.value;
  }

  put(path, value) {
    for (const control of this.controls(path)) {
      if (control.type === 'radio' || control.type === 'checkbox') {
        control.checked = [value].flat().includes(control.value);
      } else if (control.matches('[data-many] select')) {
        const own = [...control.options].map((option) => option.value);
        control.value = [value].flat().find((each) => each && own.includes(each)) ?? '';
      } else if (control.multiple) {
        for (const option of control.options) option.selected = [value].flat().includes(option.value);
      } else {
        control.value = value;
      }
    }
  }

  revisionHolder(path) {
    return this.controls(path)[0]?.closest('[data-revision]') ?? null;
  }

  // What waits for a choice between two people's words is kept here, and sent only once it is made.
  sendable() {
    return new Map([...this.pending].filter(([, change]) => !change.held));
  }

  changed(control, pause) {
    const path = this.pathOf(control);
    if (path === null) return;
    const held = this.pending.get(path)?.held;
    if (held) {
      this.pending.get(path).value = this.valueOf(path);
      this.keep();
      return;
    }
    const holder = this.revisionHolder(path);
    this.pending.set(path, { value: this.valueOf(path), revision: holder ? Number(holder.dataset.revision) : null });
    this.keep();
    this.soon(pause);
  }

  soon(pause) {
    if (!this.sendable().size || this.stopped) return;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.send(), pause);
  }

  async send(leaving = false) {
    const sent = this.sendable();
    if (!sent.size || this.stopped || this.sending) return;
    clearTimeout(this.timer);
    this.sending = true;
    try {
      const answer = await fetch(this.form.dataset.autosaveUrl, {
        method: 'POST',
        keepalive: leaving,
        headers: { 'Content-Type': 'application/json', 'X-CSRFToken': token(this.form), Accept: 'application/json' },
        body: JSON.stringify({ changes: [...sent].map(([path, change]) => ({ path, ...change })) }),
      });
      // The page for signing in answers programs in JSON too: only what this very address says is an answer.
      const json = !answer.redirected && (answer.headers.get('Content-Type') || '').includes('json');
      const told = json ? await answer.json() : null;
      if (told && (answer.ok || answer.status === 409)) this.acknowledged(sent, told);
      else if (told?.refused) this.refused(told.refused);
      else if (answer.redirected || answer.status === 401 || answer.status === 403) this.failed('signedOut');
      else this.failed('failed');
    } catch {
      this.failed('offline');
    } finally {
      this.sending = false;
    }
    if (this.failures === 0) this.soon(PAUSE);
  }

  acknowledged(sent, told) {
    this.failures = 0;
    const disputed = new Map((told.conflicts || []).filter((one) => 'value' in one).map((one) => [one.path, one]));
    for (const [path, change] of sent) {
      if (disputed.has(path)) this.pending.get(path).held = true;
      else if (this.pending.get(path) === change) this.pending.delete(path);
    }
    for (const [path, revision] of Object.entries(told.revisions || {})) {
      const holder = this.revisionHolder(path);
      if (holder) holder.dataset.revision = revision;
      const waiting = this.pending.get(path);
      if (waiting) waiting.revision = revision;
    }
    this.keep();
    for (const [id, fragment] of Object.entries(told.html || {})) this.replace(id, fragment);
    for (const conflict of told.conflicts || []) this.conflict(conflict);
    for (const dispute of this.disputes.values()) this.offer(dispute);
    if (told.refused) this.refused(told.refused);
    else if (told.saved_at_text) this.say(told.saved_at_text, false);
    this.form.dispatchEvent(new CustomEvent('vv:saved', { bubbles: true }));
  }

  // A fragment of the server's takes its place without taking the words or the caret from whoever is writing in it.
  replace(id, fragment) {
    const old = document.getElementById(id);
    if (!old) return;
    const active = old.contains(document.activeElement) ? document.activeElement : null;
    const caret = active && 'selectionStart' in active ? [active.selectionStart, active.selectionEnd] : null;
    const typed = active && this.pathOf(active) ? [this.pathOf(active), this.valueOf(this.pathOf(active))] : null;
    old.outerHTML = fragment;
    for (const [path, change] of this.pending) this.put(path, change.value);
    if (!active) return;
    if (typed) this.put(...typed);
    const again = active.id && document.getElementById(active.id);
    if (!again) return;
    again.focus({ preventScroll: true });
    try {
      if (caret && caret[0] !== null) again.setSelectionRange(...caret);
    } catch {
      // numbers and dates have no caret
    }
  }

  conflict(told) {
    const { path, theirs, by, revision } = told;
    const [control] = this.controls(path);
    if (!control) return;
    const holder = this.revisionHolder(path);
    if (holder && revision !== undefined) holder.dataset.revision = revision;
    if (this.pending.get(path)?.held) {
      this.choiceOf(path)?.remove();
      this.disputes.set(path, told);
      return;
    }
    const place = control.closest('.vv-question') || control.parentElement;
    if (place.querySelector('.vv-conflict-note')) return;
    const note = document.createElement('p');
    note.className = 'vv-conflict-note';
    note.setAttribute('role', 'alert');
    const words = this.status?.dataset.conflict || '{by}: {theirs}';
    note.textContent = words.replace('{by}', () => by ?? '').replace('{theirs}', () => [theirs ?? ''].flat().join(', '));
    place.append(note);
  }

  choiceOf(path) {
    return [...this.form.querySelectorAll('.vv-disputed')].find((note) => note.dataset.disputes === path);
  }

  // The choice stands beside its field; a fragment of the server's that took the field's place took the choice with it.
  offer(told) {
    const [control] = this.controls(told.path);
    if (control && !this.choiceOf(told.path)) (control.closest('.vv-question') || control.parentElement).append(choice(this, told));
  }

  // The choice between two people's words is made: mine are sent from their revision, or theirs take the field.
  settled({ path, value, revision }, mine) {
    this.disputes.delete(path);
    if (mine) this.pending.set(path, { value: this.valueOf(path), revision });
    else {
      this.pending.delete(path);
      this.put(path, value);
    }
    this.keep();
    this.controls(path)[0]?.focus();
    this.soon(0);
  }

  refused(reason) {
    this.stopped = true;
    this.say(reason, true);
  }

  failed(why) {
    const wait = WAITS[Math.min(this.failures, WAITS.length - 1)];
    this.failures += 1;
    this.say(this.status?.dataset[why] || this.status?.dataset.failed || '', true);
    this.form.dispatchEvent(new CustomEvent('vv:unsaved', { bubbles: true, detail: why }));
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.send(), wait);
  }

  say(words, trouble) {
    if (!this.status || !words) return;
    const line = this.status.querySelector('span');
    if (line.textContent !== words) line.textContent = words;
    this.status.classList.toggle('vv-unsaved', trouble);
  }

  keep() {
    try {
      if (this.pending.size) localStorage.setItem(this.key, JSON.stringify([...this.pending]));
      else localStorage.removeItem(this.key);
      this.kept = true;
    } catch {
      this.kept = false;
    }
  }

  stored() {
    try {
      return new Map(JSON.parse(localStorage.getItem(this.key) || '[]'));
    } catch {
      return new Map();
    }
  }

  restore() {
    for (const [path, change] of this.pending) {
      if (!this.controls(path).length) continue;
      delete change.held; // what was not chosen is asked again
      if (JSON.stringify(this.valueOf(path)) === JSON.stringify(change.value)) this.pending.delete(path);
      else this.put(path, change.value);
    }
    this.keep();
    this.soon(0);
  }
}

for (const form of document.querySelectorAll('form[data-autosave-url]')) new Autosave(form);
