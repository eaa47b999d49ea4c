/// The page's script, which filters what is there already.
///
/// The page reads as well without it. Its hash stands in the page's Content-Security-Policy.
enum PageScript {
  /// Base64 of the SHA-256 of ``text``, which a test computes anew.
  static let hash = "Wgu5wvSLlnTR6Q1p4tyka1JNh+pzWrSPWZLHzPMbPKA="

  static let text = #"""
    "use strict";
    (() => {
      const bar = document.getElementById("filters");
      const search = document.getElementById("search");
      const source = document.getElementById("source");
      const cause = document.getElementById("cause");
      const count = document.getElementById("count");
      const none = document.getElementById("none");
      const boxes = [...bar.querySelectorAll("input[type=checkbox]")];
      const items = [...document.querySelectorAll("#fleet > article")].map((element) => {
        const { q, v, s, c } = element.dataset;
        return { element, text: q.toLowerCase(), verdict: v, source: s, causes: (c || "").split(" ") };
      });

      const fits = () => {
        const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
        const verdicts = new Set(boxes.filter((box) => box.checked).map((box) => box.value));
        return (item) => verdicts.has(item.verdict)
          && (!source.value || item.source === source.value)
          && (!cause.value || item.causes.includes(cause.value))
          && words.every((word) => item.text.includes(word));
      };
      // Thousands that come back do so in parts, those that are seen first.
      const later = self.requestIdleCallback || setTimeout;
      let rest = [];
      const showMore = () => {
        for (const element of rest.splice(0, 250)) element.hidden = false;
        if (rest.length) later(showMore);
      };
      const apply = () => {
        const test = fits();
        let shown = 0;
        rest = [];
        for (const item of items) {
          item.fits = test(item);
          if (item.fits) shown += 1;
          if (item.fits !== item.element.hidden) continue;
          if (item.fits && shown > 150) rest.push(item.element);
          else item.element.hidden = !item.fits;
        }
        if (rest.length) later(showMore);
        none.hidden = shown > 0;
        count.textContent = count.dataset.text.replace("{0}", String(shown)).replace("{1}", String(items.length));
      };
      const unfold = (open) => {
        for (const item of items) if (item.fits) item.element.firstElementChild.open = open;
      };

      let waiting = false;
      bar.addEventListener("input", () => {
        if (waiting) return;
        waiting = true;
        requestAnimationFrame(() => { waiting = false; apply(); });
      });
      bar.addEventListener("click", (event) => {
        const action = event.target.dataset?.action;
        if (action === "open") unfold(true);
        if (action === "close") unfold(false);
        if (action === "reset") {
          search.value = source.value = cause.value = "";
          for (const box of boxes) box.checked = true;
          apply();
          search.focus();
        }
      });
      document.addEventListener("keydown", (event) => {
        if (event.ctrlKey || event.metaKey || event.altKey) return;
        if (event.key === "/" && !event.target.matches("input, select, textarea")) {
          event.preventDefault();
          search.focus();
        } else if (event.key === "Escape" && event.target === search && search.value) {
          search.value = "";
          apply();
        }
      });
      bar.hidden = false;
      apply();
    })();
    """#
}
