// Hand in over a bad line: try again a few times, and never leave the page with the answers before there is a receipt.
(() => {
  const form = document.getElementById("f"), fel = document.getElementById("storning");
  let igang = false;
  form.addEventListener("submit", (e) => {
    const knapp = e.submitter;
    if (!knapp || knapp.value !== "skicka" || !window.fetch || !window.AbortController) return;
    e.preventDefault();
    if (igang) return;
    igang = true;
    fel.hidden = true;
    const ord = knapp.textContent, sant = new URLSearchParams(new FormData(form));
    sant.set("gor", "skicka");
    knapp.textContent = knapp.dataset.vantar;
    knapp.setAttribute("aria-disabled", "true");
    const ge_upp = () => {
      igang = false;
      knapp.textContent = ord;
      knapp.removeAttribute("aria-disabled");
      fel.hidden = false;
      scrollTo(0, 0);
    };
    const forsok = (kvar) => {
      const avbryt = new AbortController(), klocka = setTimeout(() => avbryt.abort(), 20000);
      fetch(form.action, { method: "POST", body: sant, signal: avbryt.signal })
        .then((svar) => {
          if (svar.status >= 500) throw svar;
          if (svar.redirected) return location.replace(svar.url);
          // Not handed in, and nothing stored: let the browser ask again and show the page that says why.
          const falt = document.createElement("input");
          falt.type = "hidden"; falt.name = "gor"; falt.value = "skicka";
          form.append(falt);
          form.submit();
        })
        .catch(() => { if (kvar) setTimeout(forsok, 1500, kvar - 1); else ge_upp(); })
        .finally(() => clearTimeout(klocka));
    };
    forsok(3);
  });
})();
