// Computes the answer in the page, by the rules that the server has. Where its files do not come, the form goes to the
// server, which answers the same.
"use strict";

(() => {
  const form = document.getElementById("what-if");
  const answer = document.getElementById("answer");
  const state = document.getElementById("state");
  const go = new Go();
  const program = WebAssembly.instantiateStreaming(fetch(form.dataset.code), go.importObject)
    .then(({instance}) => { go.run(instance); });
  const question = fetch(form.dataset.question).then(reply => {
    if (!reply.ok) throw new Error(reply.statusText);
    return reply.text();
  });
  const ready = Promise.all([question, program]).then(([text]) => text);

  const show = text => {
    const terms = {};
    for (const field of form.querySelectorAll("[data-term]")) terms[field.name] = field.value;
    answer.innerHTML = whatIf(text, terms);
  };
  ready.then(text => {
    state.textContent = state.dataset.here;
    show(text);
    form.addEventListener("change", () => show(text));
  }, () => {});
  form.addEventListener("submit", event => {
    if (event.submitter && event.submitter.hasAttribute("formaction")) return;
    event.preventDefault();
    ready.then(show, () => form.submit());
  });
})();
