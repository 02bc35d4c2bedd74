// Reads the page aloud by a voice of the device itself; the button shows only where it has one for the page's language.
const button = document.querySelector("[data-read-aloud]");
const speech = window.speechSynthesis;
const pageLanguage = document.documentElement.lang;
const SKIPPED = "nav, script, style, svg, select, textarea, datalist, [hidden], [aria-hidden=true], .only-print";

// Voices that send the text to somebody else's computer are left alone.
function voiceFor(language) {
  const wanted = language.toLowerCase().split("-")[0];
  return speech.getVoices().find((voice) => voice.localService && voice.lang.toLowerCase().split(/[-_]/)[0] === wanted);
}

function blockOf(element) {
  let block = element;
  while (block.parentElement && getComputedStyle(block).display.startsWith("inline")) block = block.parentElement;
  return block;
}

// The visible text of the page, block by block; a block in which the language changes is cut there.
function readPassages() {
  const passages = [];
  const walker = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    const text = walker.currentNode.data.replace(/\s+/g, " ");
    if (!text.trim() || element.closest(SKIPPED) || element.getClientRects().length === 0) continue;
    const block = blockOf(element);
    const { lang } = element.closest("[lang]");
    const last = passages.at(-1);
    if (last && last.block === block && last.lang === lang) last.text += text;
    else passages.push({ block, lang, text });
  }
  return passages;
}

// A sentence at a time, for some browsers stop in the middle of a longer text.
function readSentences() {
  return readPassages().flatMap(({ block, lang, text }) =>
    text.trim().split(/(?<=[.!?])\s+/).map((sentence) => ({ block, lang, sentence })));
}

let reading = null;

function stop() {
  reading = null;
  speech.cancel();
  mark(null);
  button.setAttribute("aria-pressed", "false");
  button.lastElementChild.textContent = button.dataset.readAloud;
}

function mark(block) {
  document.querySelector(".is-read")?.classList.remove("is-read");
  block?.classList.add("is-read");
}

function readNext(sentences) {
  if (reading !== sentences) return;
  const next = sentences.shift();
  if (!next) { stop(); return; }
  const spoken = new SpeechSynthesisUtterance(next.sentence);
  spoken.voice = voiceFor(next.lang) || voiceFor(pageLanguage);
  spoken.lang = spoken.voice ? spoken.voice.lang : next.lang;
  spoken.onstart = () => mark(next.block);
  spoken.onend = () => readNext(sentences);
  spoken.onerror = () => { if (reading === sentences) stop(); };
  speech.speak(spoken);
}

if (button && speech) {
  const show = () => { button.hidden = !voiceFor(pageLanguage); };
  show();
  speech.addEventListener?.("voiceschanged", show);
  window.addEventListener("pagehide", stop);
  button.addEventListener("click", () => {
    if (reading) { stop(); return; }
    button.setAttribute("aria-pressed", "true");
    button.lastElementChild.textContent = button.dataset.stop;
    speech.cancel();
    reading = readSentences();
    readNext(reading);
  });
}
