// Lets who prefers talking over typing speak a story; only where the browser itself can do that, and only after a tap.
const form = document.querySelector("[data-dictate]");
const Listener = window.SpeechRecognition || window.webkitSpeechRecognition;
if (form && Listener) {
  const field = form.querySelector("textarea");
  const button = document.createElement("button");
  const note = document.createElement("p");
  button.type = "button";
  button.className = "plain";
  button.textContent = form.dataset.dictate;
  note.className = "help";
  note.textContent = form.dataset.note;
  field.after(button, note);
  let listener = null;
  button.addEventListener("click", () => {
    if (listener) { listener.stop(); return; }
    listener = new Listener();
    listener.lang = document.documentElement.lang;
    listener.continuous = true;
    listener.onresult = (heard) => {
      for (let place = heard.resultIndex; place < heard.results.length; place += 1) {
        if (heard.results[place].isFinal) field.value = `${field.value.trim()} ${heard.results[place][0].transcript.trim()}`.trim();
      }
    };
    listener.onerror = (problem) => { note.textContent = `${form.dataset.note} (${problem.error})`; };
    listener.onend = () => { listener = null; button.textContent = form.dataset.dictate; };
    listener.start();
    button.textContent = form.dataset.stop;
  });
}
