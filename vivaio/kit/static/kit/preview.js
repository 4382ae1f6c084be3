// Shows how a Markdown text will look: `textarea[data-preview-url]`, with the words of the button and of the region
// in `data-preview-label` and `data-preview-title`. The server renders it.
import { token } from './token.js';

async function show(area, region) {
  const answer = await fetch(area.dataset.previewUrl, {
    method: 'POST',
    headers: { 'X-CSRFToken': token(area.form), 'Content-Type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ text: area.value }),
  });
  if (!answer.ok) return;
  region.innerHTML = await answer.text();
  region.hidden = false;
}

for (const area of document.querySelectorAll('textarea[data-preview-url]')) {
  const region = document.createElement('div');
  region.className = 'vv-sheet vv-prose mt-2';
  region.hidden = true;
  region.setAttribute('role', 'region');
  region.setAttribute('aria-live', 'polite');
  region.setAttribute('aria-label', area.dataset.previewTitle || '');
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'btn btn-outline-primary btn-sm mt-2';
  button.textContent = area.dataset.previewLabel || '';
  button.addEventListener('click', () => show(area, region).catch(() => {}));
  area.after(button, region);
}
