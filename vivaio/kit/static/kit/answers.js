// Controls that a script makes easier; without it they work as plain fields.
//   <input type="range" data-slides="ID">: a slider that writes into the field with that id, and follows it.
//   <fieldset data-rank>: items with a place to choose; [data-move="-1|1"] buttons move an item, and its place with it.

const language = document.documentElement.lang || 'it';

const told = (field) => field.dispatchEvent(new Event('input', { bubbles: true }));

function slide(slider) {
  const field = document.getElementById(slider.dataset.slides);
  field.value = Number(slider.value).toLocaleString(language, { useGrouping: false, maximumFractionDigits: 6 });
  told(field);
}

function follow(field) {
  const slider = document.querySelector(`[data-slides="${CSS.escape(field.id)}"]`);
  const number = Number(field.value.replace(',', '.'));
  if (slider && field.value.trim() && !Number.isNaN(number)) slider.value = number;
}

const items = (list) => [...list.querySelectorAll('[data-item]')];

function place(list) {
  for (const [at, item] of items(list).entries()) item.querySelector('select').selectedIndex = at + 1;
}

let moving = false;

// Moving one item gives all of them the places in which they stand.
function move(button) {
  const item = button.closest('[data-item]');
  const list = item.parentElement;
  const up = button.dataset.move === '-1';
  const other = up ? item.previousElementSibling : item.nextElementSibling;
  if (other && up) other.before(item);
  else if (other) other.after(item);
  place(list);
  button.focus();
  const status = list.parentElement.querySelector('[data-said]');
  status.textContent = status.dataset.said
    .replace('{item}', item.querySelector('.vv-order-item').textContent)
    .replace('{place}', items(list).indexOf(item) + 1)
    .replace('{total}', items(list).length);
  moving = true;
  item.querySelector('select').dispatchEvent(new Event('change', { bubbles: true }));
  moving = false;
}

// A place chosen by hand is taken from whoever had it, and the items are put in order.
function choose(select) {
  const item = select.closest('[data-item]');
  const list = item.parentElement;
  const wanted = select.selectedIndex;
  for (const other of items(list)) {
    const theirs = other.querySelector('select');
    if (other !== item && wanted && theirs.selectedIndex === wanted) theirs.selectedIndex = 0;
  }
  const placed = (one) => one.querySelector('select').selectedIndex || items(list).length + 1;
  for (const one of items(list).sort((a, b) => placed(a) - placed(b))) list.append(one);
  select.focus();
}

document.addEventListener('input', (event) => {
  if (event.target.matches?.('[data-slides]')) slide(event.target);
  else if (event.target.id) follow(event.target);
});
document.addEventListener('click', (event) => {
  const button = event.target.closest?.('[data-rank] [data-move]');
  if (button) move(button);
});
// Before the change is saved: capture comes first.
document.addEventListener(
  'change',
  (event) => {
    if (!moving && event.target.matches?.('[data-rank] select')) choose(event.target);
  },
  true,
);
