// Says on the page what went wrong with a passkey: the library's own scripts only tell the console.
const tell = (what) => {
  for (const words of document.querySelectorAll('[data-passkeys]')) words.hidden = words.dataset.passkeys !== what;
};

if (!window.PublicKeyCredential) {
  tell('none');
  for (const part of document.querySelectorAll('[data-needs-passkeys]')) part.hidden = true;
}

document.addEventListener('allauth.error', (event) => {
  event.preventDefault();
  tell(event.detail.exception?.name === 'InvalidStateError' ? 'known' : 'failed');
});
