/// The page's script, which filters what is there already.
///
/// The page is readable without it. Its hash is in the page's Content-Security-Policy.
struct PageScript {
  let text: String
  /// Base64 of the SHA-256 of ``text``: a browser refuses the script under another, which a test sees.
  let hash: String

  /// The script of a page whose workloads are of no named server.
  static let plain = PageScript(
    text: text(false), hash: "9ByplwNd3+K000WmA4sE0iDBFb+vfuJrSaoSm147TIE=")
  /// The script of a page with a filter for servers.
  static let ofServers = PageScript(
    text: text(true), hash: "y8wGvL17pcZ3S0U9KNODe7kY8n1lLP/6rhmM1HR9QU4=")

  private static func text(_ hasServers: Bool) -> String {
    let server = hasServers ? ", server" : ""
    let quoted = hasServers ? ", \"server\"" : ""
    let pair = hasServers ? ", [\"server\", server]" : ""
    let item = hasServers ? ", server: element.dataset.h" : ""
    let test =
      hasServers ? "\n          && (!server.value || item.server === server.value)" : ""
    let isNarrowed = hasServers ? " || server.value !== \"\"" : ""
    let cleared = hasServers ? " = server.value" : ""
    return #"""
      "use strict";
      (() => {
        const byId = (id) => document.getElementById(id);
        const [bar, search, source, cause, count, none, more\#(server)] =
          ["filters", "search", "source", "cause", "count", "none", "more"\#(quoted)].map(byId);
        const boxes = [...bar.querySelectorAll("input[type=checkbox]")];
        const groups = [...document.querySelectorAll(".group")].map((element) =>
          ({ element, count: element.querySelector("b"), open: element.open, shown: 0 }));
        const items = [...document.querySelectorAll("#fleet article")].map((element) => {
          const { q, v, s, c } = element.dataset;
          const group = groups.find((one) => one.element === element.parentElement);
          return { element, group, text: q.toLowerCase(), verdict: v, source: s, causes: (c || "").split(" ")\#(item) };
        });

        const words = () => search.value.toLowerCase().split(/\s+/).filter(Boolean);
        const fits = () => {
          const wanted = words();
          const verdicts = new Set(boxes.filter((box) => box.checked).map((box) => box.value));
          return (item) => verdicts.has(item.verdict)
            && (!source.value || item.source === source.value)
            && (!cause.value || item.causes.includes(cause.value))\#(test)
            && wanted.every((word) => item.text.includes(word));
        };
        // Thousands that come back do so in parts, those that are seen first.
        const later = self.requestIdleCallback || setTimeout;
        let rest = [];
        const showMore = () => {
          for (const element of rest.splice(0, 250)) element.hidden = false;
          if (rest.length) later(showMore);
        };
        let wasNarrowed = false;
        const showGroups = () => {
          // A filter's matches are always visible; without filters a group is as it was.
          const isNarrowed = words().length > 0 || source.value !== "" || cause.value !== ""\#(isNarrowed);
          for (const group of groups) {
            group.element.hidden = group.shown === 0;
            group.count.textContent = String(group.shown);
            if (isNarrowed) group.element.open = true;
            else if (wasNarrowed) group.element.open = group.open;
          }
          wasNarrowed = isNarrowed;
        };
        const apply = () => {
          const test = fits();
          let shown = 0;
          rest = [];
          for (const group of groups) group.shown = 0;
          for (const item of items) {
            item.fits = test(item);
            if (item.fits) {
              shown += 1;
              if (item.group) item.group.shown += 1;
            }
            if (item.fits !== item.element.hidden) continue;
            if (item.fits && shown > 150) rest.push(item.element);
            else item.element.hidden = !item.fits;
          }
          if (rest.length) later(showMore);
          showGroups();
          none.hidden = shown > 0;
          count.textContent = count.dataset.text.replace("{0}", String(shown)).replace("{1}", String(items.length));
        };
        const unfold = (open) => {
          for (const group of groups) if (open) group.element.open = true;
          for (const item of items) if (item.fits) item.element.firstElementChild.open = open;
        };
        const reset = () => {
          search.value = source.value = cause.value\#(cleared) = "";
          for (const box of boxes) box.checked = true;
        };

        // The address tells the filters, so that a view can be sent to others.
        const save = () => {
          const state = new URLSearchParams();
          for (const [name, field] of [["q", search], ["source", source], ["cause", cause]\#(pair)]) {
            if (field.value.trim()) state.set(name, field.value.trim());
          }
          const on = boxes.filter((box) => box.checked);
          if (on.length < boxes.length) state.set("status", on.map((box) => box.value).join(","));
          const text = state.toString();
          history.replaceState(null, "", text ? "#" + text : location.pathname + location.search);
        };
        const load = () => {
          const text = location.hash.slice(1);
          reset();
          if (text.includes("=")) {
            const state = new URLSearchParams(text);
            for (const [name, field] of [["q", search], ["source", source], ["cause", cause]\#(pair)]) {
              field.value = state.get(name) ?? "";
            }
            const on = state.get("status")?.split(",");
            for (const box of boxes) box.checked = !on || on.includes(box.value);
          }
          for (const select of [source, cause\#(server)]) if (select.selectedIndex < 0) select.value = "";
          apply();
          const item = items.find((one) => one.element.id === text);
          if (!item) return;
          item.element.hidden = false;
          if (item.group) item.group.element.open = true;
          item.element.firstElementChild.open = true;
          item.element.scrollIntoView();
        };

        let waiting = false;
        bar.addEventListener("input", () => {
          if (waiting) return;
          waiting = true;
          requestAnimationFrame(() => { waiting = false; apply(); save(); });
        });
        bar.addEventListener("click", (event) => {
          const action = event.target.dataset?.action;
          if (action === "open") unfold(true);
          if (action === "close") unfold(false);
          if (action === "reset") {
            reset();
            apply();
            save();
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
            save();
          }
        });
        addEventListener("hashchange", load);
        // On a narrow screen the filters leave the first one to the workloads.
        const narrow = matchMedia("(max-width: 44rem)");
        const fold = () => { more.open = !narrow.matches; };
        narrow.addEventListener("change", fold);
        fold();
        bar.hidden = false;
        load();
      })();
      """#
  }
}
