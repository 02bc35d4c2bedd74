// Lets who prefers talking over typing speak; only where the browser itself can turn it into text, and only after a tap.
const Listener = window.SpeechRecognition || window.webkitSpeechRecognition;
const words = document.querySelector("[data-dictate]").dataset;
let listener = null;

function addTo(field) {
  const button = document.createElement("button");
  const note = document.createElement("p");
  button.type = "button";
  button.className = "plain";
  button.textContent = words.dictate;
  note.className = "help";
  note.setAttribute("role", "status");
  field.after(button, note);
  button.addEventListener("click", () => {
    if (listener) { listener.stop(); return; }
    listener = new Listener();
    listener.lang = document.documentElement.lang;
    listener.continuous = true;
    listener.onresult = (heard) => {
      for (const result of [...heard.results].slice(heard.resultIndex)) {
        if (result.isFinal) field.value = `${field.value.trim()} ${result[0].transcript.trim()}`.trim();
      }
    };
    listener.onerror = (problem) => { note.textContent = problem.error === "no-speech" ? words.note : words.refused; };
    listener.onend = () => { listener = null; button.textContent = words.dictate; };
    note.textContent = words.note;
    button.textContent = words.stop;
    listener.start();
  });
}

if (Listener) document.querySelectorAll("main form textarea").forEach(addTo);
