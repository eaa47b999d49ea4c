/// The page's style; its hash is in the page's Content-Security-Policy.
enum PageStyle {
  /// Base64 of the SHA-256 of ``text``, which a test computes anew.
  static let hash = "gPZDI5kEX+GVK5VWblvK9jjKL3ZCRDuz7KTJ8EWkQJ4="

  static let text = #"""
    :root {
      color-scheme: light dark;
      --page: #f5f6f9; --card: #ffffff; --sunken: #f3f4f8; --ink: #171a23; --soft: #545b6d; --line: #dcdfe8;
      --accent: #3d55d8; --focus: #1f3fd6;
      --good: #12683f; --good-bg: #e2f5ea; --warn: #8a4b00; --warn-bg: #fdf0db; --bad: #a81f2c; --bad-bg: #fde8ea;
      --mute: #545b6d; --mute-bg: #eceef3; --mark: #e3e8ff; --mark-ink: #24347f;
      --sans: system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "DejaVu Sans", sans-serif;
      --mono: ui-monospace, "SF Mono", "Cascadia Code", Menlo, Consolas, "DejaVu Sans Mono", monospace;
    }
    @media (prefers-color-scheme: dark) {
      :root {
        --page: #0f1118; --card: #181b25; --sunken: #11141c; --ink: #e8eaf2; --soft: #a3aabd; --line: #2c3140;
        --accent: #93a5ff; --focus: #b3c0ff;
        --good: #7fdcaa; --good-bg: #12301f; --warn: #f4bf75; --warn-bg: #35260c; --bad: #ff9aa5; --bad-bg: #3a161b;
        --mute: #a3aabd; --mute-bg: #232734; --mark: #26305c; --mark-ink: #d3dbff;
      }
    }
    * { box-sizing: border-box; }
    html { font: 400 1rem/1.5 var(--sans); background: var(--page); color: var(--ink); -webkit-text-size-adjust: 100%; }
    body { margin: 0 auto; max-width: 72rem; padding: 0 clamp(.75rem, 3vw, 2rem) 4rem; }
    h1, h2, h3, h4, p, ul, dl, dd, figure, fieldset, pre { margin: 0; padding: 0; border: 0; }
    ul { list-style: none; }
    code, pre, .mono { font-family: var(--mono); font-size: .875em; }
    :focus-visible { outline: 3px solid var(--focus); outline-offset: 2px; border-radius: .375rem; }
    [hidden] { display: none !important; }
    .vh { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; user-select: none; }
    .skip { position: absolute; left: 1rem; top: -4rem; z-index: 9; padding: .5rem 1rem; border-radius: .5rem;
      background: var(--card); color: var(--accent); border: 1px solid var(--line); }
    .skip:focus { top: 1rem; }

    header { padding: clamp(1.5rem, 5vw, 3rem) 0 1.25rem; }
    .brand { display: flex; align-items: center; gap: .5rem; font-size: .8125rem; font-weight: 600; letter-spacing: .02em; color: var(--soft); }
    .brand::before { content: ""; width: .75rem; height: .75rem; border-radius: .25rem; transform: rotate(45deg);
      background: linear-gradient(135deg, var(--accent), #9b6bff); }
    h1 { margin-top: .5rem; font-size: clamp(1.5rem, 4vw, 2.25rem); line-height: 1.2; letter-spacing: -.02em; text-wrap: balance; }
    .when { margin-top: .5rem; color: var(--soft); font-size: .9375rem; }

    .bar { position: sticky; top: 0; z-index: 5; display: flex; flex-wrap: wrap; gap: .625rem 1rem; align-items: center;
      margin: 0 calc(-1 * clamp(.75rem, 3vw, 2rem)) 1rem; padding: .75rem clamp(.75rem, 3vw, 2rem);
      background: color-mix(in srgb, var(--page) 92%, transparent); backdrop-filter: blur(8px); border-bottom: 1px solid var(--line); }
    .bar label { font-size: .8125rem; color: var(--soft); }
    .find { flex: 1 1 16rem; display: flex; align-items: center; gap: .5rem; }
    input[type=search], select, button { font: inherit; font-size: .9375rem; color: inherit; background: var(--card);
      border: 1px solid var(--line); border-radius: .5rem; padding: .4rem .65rem; min-height: 2.25rem; }
    select { max-width: 13rem; }
    .acts { display: flex; gap: .5rem; }
    input[type=search] { flex: 1; min-width: 0; width: 100%; }
    input::placeholder { color: var(--soft); opacity: 1; }
    button { cursor: pointer; }
    button:hover, .chip:hover { border-color: var(--accent); }
    #more { flex: 1 1 100%; }
    #more > summary { display: none; }
    .more { display: flex; flex-wrap: wrap; gap: .625rem 1rem; align-items: center; }
    .chips { display: flex; flex-wrap: wrap; gap: .375rem; flex: 1 1 24rem; }
    .chip { display: inline-flex; align-items: center; gap: .375rem; padding: .125rem .625rem .125rem .375rem; border: 1px solid var(--line);
      border-radius: 99rem; background: var(--card); cursor: pointer; font-size: .8125rem; min-height: 1.75rem; }
    .bar .chip { color: var(--ink); }
    .chip input { accent-color: var(--accent); margin: 0; }
    .chip:has(:focus-visible) { outline: 3px solid var(--focus); outline-offset: 2px; }
    .chip :focus-visible { outline: none; }
    .chip b { font-variant-numeric: tabular-nums; }
    .chip:has(input:not(:checked)) { background: transparent; }
    .chip:has(input:not(:checked)) span { text-decoration: line-through; color: var(--soft); }
    output { font-size: .8125rem; color: var(--soft); font-variant-numeric: tabular-nums; }

    main > h2 { font-size: .8125rem; font-weight: 600; color: var(--soft); margin: 0 0 .5rem; }
    .none { padding: 3rem 1rem; text-align: center; color: var(--soft); border: 1px dashed var(--line); border-radius: .75rem; }
    .group { margin-bottom: 1rem; }
    .group > summary { display: flex; gap: .625rem; align-items: center; padding: .5rem 0; cursor: pointer; list-style: none; }
    .group > summary::-webkit-details-marker { display: none; }
    .group > summary::before { content: "▸" / ""; color: var(--soft); }
    .group[open] > summary::before { content: "▾" / ""; }
    .group b { font-variant-numeric: tabular-nums; }
    a { color: var(--accent); }
    article:target { outline: 2px solid var(--accent); outline-offset: 1px; }
    article { content-visibility: auto; contain-intrinsic-size: auto 3.75rem; margin-bottom: .5rem; background: var(--card);
      border: 1px solid var(--line); border-radius: .75rem; }
    article:has(> details[open]) { contain-intrinsic-size: auto 30rem; box-shadow: 0 1px 2px rgb(0 0 0 / .05), 0 8px 24px -16px rgb(0 0 0 / .25); }
    article summary { display: grid; grid-template-columns: 8.5rem minmax(0, 1fr) auto; gap: 0 .875rem; align-items: center;
      padding: .75rem 1rem; cursor: pointer; list-style: none; border-radius: .75rem; }
    article summary::-webkit-details-marker { display: none; }
    article summary::after { content: "" / ""; grid-column: 3; grid-row: 1 / 3; width: .5rem; height: .5rem; margin-right: .25rem; border: solid var(--soft);
      border-width: 0 2px 2px 0; transform: translateY(-.125rem) rotate(45deg); }
    article details[open] > summary::after { transform: translateY(.125rem) rotate(225deg); }
    article summary:hover h3 { color: var(--accent); }
    h3 { font-size: 1rem; font-weight: 650; overflow-wrap: anywhere; }
    h3 small { font-weight: 400; font-size: .8125rem; color: var(--soft); }
    article summary .pill { grid-row: 1 / 3; }
    article summary h3, article summary .sub { grid-column: 2; }
    .sub { color: var(--soft); font-size: .875rem; overflow-wrap: anywhere; }

    .pill { display: inline-flex; align-items: center; gap: .375rem; width: max-content; padding: .1875rem .625rem; border-radius: 99rem;
      font-size: .8125rem; font-weight: 600; line-height: 1.25; color: var(--mute); background: var(--mute-bg); }
    .pill::before { font-weight: 700; content: "–" / ""; }
    .in_sync { color: var(--good); background: var(--good-bg); }
    .in_sync::before { content: "✓" / ""; }
    .drifted, .refused, .stale, .no_file { color: var(--warn); background: var(--warn-bg); }
    .drifted::before { content: "≠" / ""; }
    .refused::before { content: "×" / ""; }
    .stale::before { content: "…" / ""; }
    .no_file::before { content: "?" / ""; }
    .invalid, .fetch_failed { color: var(--bad); background: var(--bad-bg); }
    .invalid::before { content: "!" / ""; }
    .fetch_failed::before { content: "⚠" / ""; }
    .disabled::before { content: "○" / ""; }

    .body { display: grid; grid-template-columns: minmax(0, 3fr) minmax(0, 2fr); gap: 1rem 2rem; padding: .25rem 1rem 1.25rem; }
    .body > * { min-width: 0; }
    .body > :not(.wide) > * + h4, figure { margin-top: 1.25rem; }
    .body > :not(.wide) > figure:first-child { margin-top: 0; }
    .wide { grid-column: 1 / -1; }
    h4 { font-size: .8125rem; font-weight: 600; color: var(--soft); margin-bottom: .5rem; }
    .say { padding: .625rem .875rem; border-radius: .5rem; border-left: 4px solid; font-size: .9375rem; overflow-wrap: anywhere; }
    .say.bad { color: var(--bad); background: var(--bad-bg); }
    .say.warn { color: var(--warn); background: var(--warn-bg); }
    .say.mute { color: var(--mute); background: var(--mute-bg); }
    .say + .say { margin-top: .5rem; }
    .say p + p { margin-top: .25rem; }

    .fields > li { padding: .75rem .875rem; border: 1px solid var(--line); border-radius: .625rem; background: var(--sunken); }
    .fields > li + li { margin-top: .5rem; }
    .name { display: flex; flex-wrap: wrap; gap: .25rem .75rem; justify-content: space-between; align-items: baseline; }
    .name code { font-weight: 650; font-size: .9375rem; }
    .name span { font-size: .8125rem; color: var(--soft); }
    .pair { display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); gap: .125rem 2.5rem; margin: .5rem 0; }
    .pair > div { display: grid; gap: .125rem; }
    .pair dt { font-size: .75rem; color: var(--soft); }
    .pair dd { padding: .25rem .5rem; border-radius: .375rem; font-family: var(--mono); font-size: .875rem; overflow-wrap: anywhere; background: var(--card);
      border: 1px solid var(--line); }
    .pair .live dd, .pair .to dd { border-color: currentColor; color: var(--warn); background: var(--warn-bg); }
    .pair .live, .pair .to { position: relative; }
    .pair .live::before, .pair .to::before { content: "≠" / ""; position: absolute; left: -1.625rem; bottom: .25rem; color: var(--soft); }
    .pair .to::before { content: "→" / ""; }
    .why { font-size: .875rem; overflow-wrap: anywhere; }
    .why li + li { margin-top: .25rem; color: var(--soft); }
    .tag { display: inline-block; padding: 0 .375rem; border-radius: .25rem; font-weight: 600; color: var(--warn); background: var(--warn-bg); }

    .badges { display: flex; flex-wrap: wrap; gap: .375rem; }
    .badges li { padding: .125rem .5rem; border-radius: .375rem; border: 1px solid var(--line); font-family: var(--mono); font-size: .8125rem; overflow-wrap: anywhere; }
    .badges li::before { content: "✓ " / ""; color: var(--good); }
    .badges .off { border-color: currentColor; color: var(--warn); }
    .badges .off::before { content: "≠ " / ""; color: inherit; }
    .facts { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: .25rem .875rem; font-size: .875rem; }
    .facts dt { color: var(--soft); }
    .facts dd { overflow-wrap: anywhere; }
    figure pre { overflow: auto; max-height: 24rem; padding: .625rem 0; border: 1px solid var(--line); border-radius: .625rem; background: var(--sunken);
      line-height: 1.6; counter-reset: n; tab-size: 4; }
    pre i { display: block; padding-right: .875rem; font-style: normal; min-height: 1.6em; }
    pre i::before { counter-increment: n; content: counter(n) / ""; display: inline-block; width: 2.75rem; padding-right: .875rem; text-align: right; color: var(--soft); }
    mark { color: var(--mark-ink); background: var(--mark); border-radius: .25rem; padding: .0625rem .125rem; }
    mark.off { color: var(--warn); background: var(--warn-bg); text-decoration: underline 2px; text-underline-offset: .2em; }
    mark.bad { color: var(--bad); background: var(--bad-bg); text-decoration: underline wavy 1px; text-underline-offset: .2em; }
    .key { display: flex; flex-wrap: wrap; gap: .25rem .875rem; margin-top: .375rem; font-size: .75rem; color: var(--soft); }
    footer { margin-top: 2rem; color: var(--soft); font-size: .8125rem; }

    @media (max-width: 44rem) {
      .bar { position: static; gap: .5rem .75rem; padding-block: .5rem; margin-bottom: .75rem; }
      header { padding: .875rem 0 .625rem; }
      .when { margin-top: .25rem; font-size: .8125rem; line-height: 1.4; }
      .find { flex-basis: 100%; }
      #more { flex: 1 1 auto; }
      #more[open] { flex-basis: 100%; }
      #more > summary { display: list-item; width: max-content; font-size: .8125rem; cursor: pointer; padding: .25rem 0; }
      .body { grid-template-columns: minmax(0, 1fr); }
      article summary { grid-template-columns: minmax(0, 1fr) auto; }
      article summary .pill { grid-column: 1; grid-row: 1; margin-bottom: .25rem; }
      article summary h3, article summary .sub { grid-column: 1 / -1; }
      article summary::after { grid-column: 2; grid-row: 1; }
    }
    @media (max-width: 26rem) {
      .pair { grid-template-columns: minmax(0, 1fr); }
      .pair .live::before, .pair .to::before { content: none; }
      .facts { grid-template-columns: minmax(0, 1fr); }
      .facts dd { margin-bottom: .375rem; }
    }
    @media print {
      .bar, .skip { display: none; }
      article { content-visibility: visible; break-inside: avoid; }
    }
    @media (forced-colors: active) {
      .pill, mark, .tag, .say { border: 1px solid; }
    }
    """#
}
