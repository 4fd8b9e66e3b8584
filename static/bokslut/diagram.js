// Brings the charts to life with Plotly: on a tap, or by itself on a wide screen with a fast line.
// Without this script every chart is still there, as a drawing and as a table. Nothing is fetched from elsewhere.
"use strict";
(() => {
  const har = new URL(".", document.currentScript.src).href;
  const bred = matchMedia("(min-width: 900px)");
  const mork = matchMedia("(prefers-color-scheme: dark)");
  const levande = new Map();
  let bibliotek;

  const hamta = (src) =>
    new Promise((klar, fel) => {
      const skript = document.createElement("script");
      Object.assign(skript, { src, onload: klar, onerror: fel });
      document.head.append(skript);
    });

  // Plotly's own style rules come from a file, since a strict CSP forbids the element it would write itself.
  const stilmall = () =>
    new Promise((klar) => {
      const lank = document.createElement("link");
      Object.assign(lank, { id: "plotly.js-style-global", className: "no-inline-styles", rel: "stylesheet", href: har + "vendor/plotly.css", onload: klar, onerror: klar });
      document.head.append(lank);
    });

  const ladda = () =>
    (bibliotek ??= stilmall()
      .then(() => hamta(har + "vendor/plotly-basic.min.js"))
      .then(() => hamta(har + "vendor/plotly-locale-sv.js")));

  // "var(--gron)" becomes the colour that the style sheet gives it now, light or dark.
  const fargad = (varde, stil) => {
    if (typeof varde === "string") return varde.replace(/var\((--[\w-]+)\)/g, (_, namn) => stil.getPropertyValue(namn).trim());
    if (Array.isArray(varde)) return varde.map((v) => fargad(v, stil));
    if (varde && typeof varde === "object") return Object.fromEntries(Object.entries(varde).map(([k, v]) => [k, fargad(v, stil)]));
    return varde;
  };

  const rita = (figur, ruta, hojd) => {
    const spec = JSON.parse(figur.querySelector(".figur").textContent);
    const { data, layout, config } = fargad(spec, getComputedStyle(figur));
    const smal = ruta.clientWidth < 640;
    if (layout.meta) layout.yaxis.ticktext = layout.meta[smal ? "smal" : "bred"];
    ruta.style.minHeight = `${hojd}px`;
    if (smal && layout.meta) {
      layout.font.size = 12;
      layout.height += 20 * layout.meta.smal.length;
    }
    return Plotly.react(ruta, data, layout, config);
  };

  const visa = async (figur) => {
    const [duk, ruta, knapp] = [".duk", ".levande", ".vaxla"].map((s) => figur.querySelector(s));
    const hojd = duk.clientHeight;
    knapp.disabled = true;
    try {
      await ladda();
      duk.hidden = true;
      ruta.hidden = false;
      await rita(figur, ruta, hojd);
      levande.set(figur, hojd);
      knapp.dataset.levande ??= knapp.textContent;
      knapp.textContent = knapp.dataset.still;
    } catch {
      duk.hidden = false;
      ruta.hidden = true;
    }
    knapp.disabled = false;
  };

  const dolj = (figur) => {
    levande.delete(figur);
    figur.querySelector(".duk").hidden = false;
    figur.querySelector(".levande").hidden = true;
    const knapp = figur.querySelector(".vaxla");
    knapp.textContent = knapp.dataset.levande;
  };

  const snabb = () => {
    const n = navigator.connection;
    return bred.matches && !(n && (n.saveData || /2g|3g/.test(n.effectiveType)));
  };

  const figurer = [...document.querySelectorAll("figure.diagram")].filter((f) => f.querySelector(".figur"));
  for (const figur of figurer) {
    const knapp = figur.querySelector(".vaxla");
    knapp.hidden = false;
    knapp.addEventListener("click", () => (levande.has(figur) ? dolj(figur) : visa(figur)));
  }
  mork.addEventListener("change", () => levande.forEach((hojd, figur) => rita(figur, figur.querySelector(".levande"), hojd)));

  if (snabb() && "IntersectionObserver" in window) {
    const vakt = new IntersectionObserver(
      (syns) => syns.filter((s) => s.isIntersecting).forEach((s) => { vakt.unobserve(s.target); visa(s.target); }),
      { rootMargin: "200px" },
    );
    addEventListener("load", () => setTimeout(() => figurer.filter((f) => !f.matches(".liten")).forEach((f) => vakt.observe(f)), 1500));
  }

  // A link to a result opens what unfolds beneath it, and what it lies within where the browser has not done so.
  const oppna = () => {
    const rad = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const detalj = rad && rad.querySelector("details.utveckla");
    if (detalj) detalj.open = true;
    const runt = rad && rad.closest("details:not([open])");
    if (runt) {
      runt.open = true;
      rad.scrollIntoView();
    }
  };
  addEventListener("hashchange", oppna);
  oppna();
})();
