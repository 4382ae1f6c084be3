// Two people wrote the same answer: both stand side by side, with who and when, and whoever is here chooses.
// The words come from the status drawn by c-saved; the answers are put in as text, never as markup.
function told(words, values) {
  return Object.entries(values).reduce((text, [name, value]) => text.replace(`{${name}}`, () => value ?? ''), words || '');
}

function side(name, text) {
  const part = document.createElement('div');
  const title = document.createElement('p');
  title.className = 'small fw-semibold mb-0';
  title.textContent = name;
  const given = document.createElement('p');
  given.className = 'vv-disputed-text';
  given.textContent = text;
  part.append(title, given);
  return part;
}

function button(label, press) {
  const made = document.createElement('button');
  made.type = 'button';
  made.className = 'btn btn-outline-primary';
  made.textContent = label;
  made.addEventListener('click', press);
  return made;
}

// How the chosen value reads in the page: the labels of choices, the text of a field.
function shown(autosave, path) {
  const controls = autosave.controls(path);
  if (['radio', 'checkbox'].includes(controls[0].type)) {
    const chosen = controls.filter((control) => control.checked);
    return chosen.map((control) => control.labels?.[0]?.textContent.trim() || control.value).join(', ');
  }
  if (controls[0].tagName === 'SELECT') {
    return controls.flatMap((one) => [...one.selectedOptions]).map((option) => option.textContent.trim()).join(', ');
  }
  return controls[0].value;
}

export function choice(autosave, conflict) {
  const words = autosave.status?.dataset || {};
  const note = document.createElement('div');
  note.className = 'vv-disputed';
  note.dataset.disputes = conflict.path;
  note.setAttribute('role', 'group');
  const title = document.createElement('p');
  title.className = 'mb-2';
  title.setAttribute('role', 'alert');
  title.textContent = told(conflict.at ? words.disputedAt : words.disputed, conflict);
  const sides = document.createElement('div');
  sides.className = 'vv-disputed-sides';
  sides.append(
    side(words.mine, shown(autosave, conflict.path)),
    side(told(words.theirs, conflict), [conflict.theirs ?? ''].flat().join(', ') || '—'),
  );
  const settle = (mine) => () => {
    note.remove();
    autosave.settled(conflict, mine);
  };
  const acts = document.createElement('div');
  acts.className = 'd-flex flex-wrap gap-2';
  acts.append(button(words.keepMine, settle(true)), button(words.takeTheirs, settle(false)));
  note.setAttribute('aria-label', title.textContent);
  note.append(title, sides, acts);
  return note;
}
