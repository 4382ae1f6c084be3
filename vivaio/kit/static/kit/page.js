// Every page loads this and nothing else of ours. Each part waits for what it serves; without script all pages still work.
import './answers.js';
import './autosave.js';
import './bulk.js';
import './connection.js';
import './countdown.js';
import './preview.js';
import './words.js';
import { token } from './token.js';

// A form that came back with errors is read from its summary.
document.querySelector('[data-vv-focus]')?.focus();

// A menu that goes on beyond the window begins at the page that one is on.
for (const current of document.querySelectorAll('.vv-menu [aria-current], .vv-sections [aria-current]')) {
  const line = current.closest('ul');
  const [item, box] = [current.getBoundingClientRect(), line.getBoundingClientRect()];
  line.scrollLeft += item.left + item.width / 2 - box.left - box.width / 2;
}

document.addEventListener('keydown', (event) => {
  const open = document.querySelector('details.vv-person[open]');
  if (event.key === 'Escape' && open) {
    open.open = false;
    open.querySelector('summary').focus();
  }
});
document.addEventListener('click', (event) => {
  for (const open of document.querySelectorAll('details.vv-person[open]')) {
    if (!open.contains(event.target)) open.open = false;
  }
});
document.body.addEventListener('htmx:configRequest', (event) => {
  if (event.detail.verb !== 'get') event.detail.headers['X-CSRFToken'] = token();
});
