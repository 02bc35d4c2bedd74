// While a new record is typed, shows what may be the same; without this script the server shows it on sending.
(() => {
  "use strict";
  const form = document.querySelector("form[data-lookalikes]");
  const shown = form && form.querySelector("[data-shown=lookalikes]");
  if (!shown) return;
  const first = form.querySelector(".field");
  if (first) first.after(shown); // Below the name, where one looks.
  const WAIT = 350;
  let timer = 0;
  let asked = "";

  async function show() {
    const query = new URLSearchParams();
    for (const name of ["name", "street", "postcode", "contact"]) {
      const field = form.elements.namedItem(name);
      if (field && field.value.trim()) query.set(name, field.value.trim());
    }
    const address = `${form.dataset.lookalikes}?${query}`;
    if (address === asked) return;
    asked = address;
    try {
      const answer = await fetch(address, { credentials: "same-origin" });
      const page = answer.ok ? (await answer.json()).html : "";
      if (address !== asked) return;
      shown.innerHTML = page; // A piece of a page that our own server drew and escaped.
      shown.classList.toggle("note", page !== "");
    } catch {
      asked = ""; // No connection: the server still shows it on sending.
    }
  }

  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(show, WAIT);
  });
})();
