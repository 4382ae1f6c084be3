// Says calmly that the connection is gone, or that one is no longer signed in, while autosave.js keeps what is typed.
//   <div data-vv-connection role="status"></div> with <template data-when="offline"> and <template data-when="signedOut">.
// Whoever signs out leaves nothing behind: what autosave.js kept in this browser goes.
const place = document.querySelector('[data-vv-connection]');

function show(why) {
  const words = why && place.querySelector(`template[data-when="${why}"]`);
  const now = place.querySelector('[data-told]');
  if (now?.dataset.told === (words ? why : undefined)) return;
  now?.remove();
  if (!words) return;
  const told = document.createElement('div');
  told.dataset.told = why;
  told.append(words.content.cloneNode(true));
  place.append(told);
}

if (place) {
  document.addEventListener('vv:unsaved', (event) => show(event.detail));
  document.addEventListener('vv:saved', () => show(''));
  window.addEventListener('offline', () => show('offline'));
}

document.addEventListener('submit', (event) => {
  if (!/\/logout\/$/.test(new URL(event.target.action, location.href).pathname)) return;
  try {
    for (const key of Object.keys(localStorage)) if (key.startsWith('vivaio:')) localStorage.removeItem(key);
  } catch {
    // nothing was kept here
  }
});
