// What the form gives, beside it as one writes: the button's preview. Saves nothing.
(() => {
  const ruta = document.getElementById("prov"), form = ruta.closest("form"), svaret = ruta.querySelector(".provsvar");
  const rad = ruta.querySelector(".provlage"), hors = ruta.querySelector("[role=status]"), farskt = rad.textContent;
  const alla = (vad) => [...svaret.querySelectorAll(vad)], nas = () => alla("a, summary");
  let klocka, rost, fraga;
  const stopp = () => {
    [klocka, rost].forEach(clearTimeout);
    fraga?.abort();
    fraga = null;
    ruta.ariaBusy = "false";
  };
  const visa = (html) => {
    const nr = nas().indexOf(document.activeElement), oppen = !!alla("details[open]").length;
    svaret.innerHTML = html;
    for (const d of alla("details")) d.open = oppen;
    // The fields of another rule are not here yet; their button is by the rule.
    for (const a of alla("a")) if (!document.getElementById(a.hash.slice(1))) a.href = "#regel";
    if (nr >= 0) (nas()[nr] || ruta).focus();
  };
  const hamta = async () => {
    const min = fraga = new AbortController(), body = new URLSearchParams(new FormData(form));
    klocka = setTimeout(() => min.abort(), 15000);
    body.set("knapp", "prova");
    let html;
    try {
      const svar = await fetch("", { method: "POST", body, signal: min.signal, redirect: "error" });
      html = svar.ok && await svar.text();
    } catch { /* no line */ }
    if (min !== fraga) return; // stale
    stopp();
    if (html) visa(html);
    rad.textContent = html ? farskt : rad.dataset.gammalt;
    rad.classList.toggle("feltext", !html);
    const ord = html ? alla("[data-sags]").map((n) => n.innerHTML).join(". ") : rad.innerHTML;
    // Read aloud when the hands rest.
    if (ord !== hors.innerHTML) rost = setTimeout(() => { hors.innerHTML = ord; }, 900);
  };
  form.oninput = (e) => {
    if (e.target.name === "skal") return;
    stopp();
    ruta.ariaBusy = "true";
    klocka = setTimeout(hamta, 400);
  };
  form.onsubmit = stopp;
  rad.hidden = false;
})();
