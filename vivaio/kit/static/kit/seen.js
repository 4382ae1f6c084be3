// What was opened has been read: sends the form that says so once the page is shown, and hides it. Without script the
// form stays, with its button. A page asks for it with <form method="post" data-vv-seen>.
for (const form of document.querySelectorAll('form[data-vv-seen]')) {
  const say = () => {
    if (document.visibilityState !== 'visible') return;
    document.removeEventListener('visibilitychange', say);
    form.hidden = true;
    fetch(form.action, { method: 'POST', body: new FormData(form), redirect: 'manual' }).catch(() => {
      form.hidden = false;
    });
  };
  document.addEventListener('visibilitychange', say);
  say();
}
