// Every page: a form that came back with errors is read from its summary. Everything else works without script.
const summary = document.querySelector('[data-vv-focus]');
if (summary) summary.focus();
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
