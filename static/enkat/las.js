// Read aloud, with a voice that lies in the phone itself; without one there is no button.
(() => {
  const knapp = document.getElementById("las"), tal = window.speechSynthesis;
  if (!knapp || !tal) return;
  const ord = knapp.querySelector("span"), las = ord.textContent;
  const sprak = document.documentElement.lang.replace("prs", "fa");
  const rost = () => tal.getVoices().find((r) => r.localService && r.lang.toLowerCase().split(/[-_]/)[0] === sprak);
  const visa = () => { knapp.hidden = !rost(); };
  const sluta = () => { tal.cancel(); ord.textContent = las; };
  knapp.onclick = () => {
    if (ord.textContent !== las) return sluta();
    const text = [...document.querySelectorAll("[data-las]")].map((n) => n.innerText.trim()).join(". ");
    const yttrande = new SpeechSynthesisUtterance(text);
    yttrande.voice = rost();
    yttrande.lang = yttrande.voice.lang;
    yttrande.onend = sluta;
    ord.textContent = knapp.dataset.sluta;
    tal.speak(yttrande);
  };
  tal.onvoiceschanged = visa;
  addEventListener("pagehide", sluta);
  visa();
})();
