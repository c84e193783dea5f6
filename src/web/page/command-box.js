// The line for commands: `/` goes there, what is offered follows what is typed, and what was done leaves it empty.
{
  const input = document.getElementById('command-text');
  const offered = document.getElementById('command-words');
  const reply = document.getElementById('command-reply');
  if (input !== null) begin(input.form);

  function begin(form) {
    const commands = valuesIn(offered);
    const named = valuesIn(document.getElementById('command-names'));
    let sent;

    document.addEventListener('keydown', (event) => {
      const isPlain = event.key === '/' && !event.ctrlKey && !event.metaKey && !event.altKey;
      if (!isPlain || event.target.closest('input, textarea, select, [contenteditable]') !== null) return;
      event.preventDefault();
      input.focus();
      input.select();
    });

    input.addEventListener('input', () => {
      const [head] = /^.*\s/.exec(input.value) ?? [''];
      const last = input.value.slice(head.length).toLowerCase();
      const words = head === '' ? commands : [...shownIds(), ...named].map((name) => head + name);
      const fitting = [...new Set(words)].filter((word) => word.slice(head.length).toLowerCase().startsWith(last));
      offered.replaceChildren(...fitting.map((value) => Object.assign(document.createElement('option'), { value })));
    });

    // A second press of the key while the first is under way would do it twice.
    form.addEventListener(
      'submit',
      (event) => {
        if (sent === undefined) {
          sent = input.value;
          return;
        }
        event.preventDefault();
        event.stopImmediatePropagation();
      },
      true,
    );
    form.addEventListener('htmx:finally:request', () => {
      // What was typed meanwhile stays.
      if (reply.querySelector('[data-done]') !== null && input.value === sent) input.value = '';
      sent = undefined;
    });
  }

  function valuesIn(list) {
    return [...list.options].map(({ value }) => value);
  }

  /** What the page shows at this moment. */
  function shownIds() {
    return [...document.querySelectorAll('#board .short-id, #request h1 .short-id')].map(
      ({ textContent }) => textContent,
    );
  }
}
