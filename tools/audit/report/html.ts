/** Text as HTML. */
export const escapeHtml = (text: string): string =>
  text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");

/** Text with places where a line may break: addresses and paths are long and have no blanks. */
export const breakable = (text: string): string =>
  escapeHtml(text).replace(/([/.:_,=@])(?=\w)|(?<=[a-z])(?=[A-Z])/g, "$1<wbr>");

/** A page that opens from disk: style inside, nothing from elsewhere. */
export const htmlPage = (title: string, body: string): string =>
  `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<style>${STYLE}</style>
</head>
<body>
${body}
</body>
</html>
`;

const STYLE = `
:root { color-scheme: light dark; --text: #1b1f24; --soft: #59636e; --back: #fff; --band: #f4f6f8; --line: #d5dae0; --link: #0550ae; --bad: #b42318; }
@media (prefers-color-scheme: dark) {
  :root { --text: #e6e9ed; --soft: #9aa5b1; --back: #12161b; --band: #1b2128; --line: #343c46; --link: #79b8ff; --bad: #ff8a80; }
}
* { box-sizing: border-box; }
html { scroll-padding-top: 3.2rem; }
body { margin: 0 auto; max-width: 110rem; padding: 0 1.5rem 4rem; background: var(--back); color: var(--text); font: 15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "DejaVu Sans", sans-serif; }
h1 { font-size: 1.7rem; margin: 1.6rem 0 .6rem; }
h2 { font-size: 1.2rem; margin: 2.4rem 0 .4rem; padding-top: .4rem; }
h3 { font-size: 1rem; margin: 1.6rem 0 .3rem; }
p { margin: .3rem 0 .7rem; max-width: 60rem; }
a { color: var(--link); text-decoration: none; } a:hover { text-decoration: underline; }
code, pre, td.m { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace; font-size: .86em; }
pre { background: var(--band); border: 1px solid var(--line); border-radius: 4px; padding: .6rem .8rem; overflow-x: auto; white-space: pre-wrap; overflow-wrap: anywhere; margin: .4rem 0; }
nav { position: sticky; top: 0; z-index: 3; background: var(--back); border-bottom: 1px solid var(--line); padding: .5rem 0; height: 2.7rem; white-space: nowrap; overflow-x: auto; font-size: .88rem; }
nav a { margin-right: 1rem; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .15rem 1.2rem; margin: .6rem 0; }
dt { color: var(--soft); } dd { margin: 0; overflow-wrap: anywhere; white-space: pre-line; }
dl.limits { grid-template-columns: minmax(12rem, 18rem) 1fr; max-width: 75rem; } dl.limits dt { color: var(--text); font-weight: 600; }
table { border-collapse: collapse; width: 100%; font-size: .82rem; line-height: 1.4; }
th { position: sticky; top: 2.7rem; z-index: 2; text-align: left; background: var(--band); border-bottom: 2px solid var(--line); padding: .35rem .5rem; vertical-align: bottom; }
td { border-bottom: 1px solid var(--line); padding: .3rem .5rem; vertical-align: top; overflow-wrap: anywhere; min-width: 6.2rem; }
tr.g td { background: var(--band); padding-top: .5rem; }
td.n { min-width: 0; white-space: nowrap; }
td.w { min-width: 14rem; }
tr:target td { background: var(--band); }
.soft { color: var(--soft); } .bad { color: var(--bad); font-weight: 600; }
section.source { border-top: 1px solid var(--line); margin-top: 1rem; }
ul.files { columns: 18rem; padding-left: 1.1rem; font-size: .88rem; }
@page { size: A4 landscape; margin: 12mm; }
@media print {
  :root { --text: #000; --soft: #444; --back: #fff; --band: #eef0f2; --line: #bbb; --link: #000; --bad: #000; }
  body { font-size: 9.5pt; padding: 0; max-width: none; }
  nav { display: none; } th { position: static; } thead { display: table-header-group; }
  table { font-size: 7pt; line-height: 1.25; } th, td { padding: .15rem .35rem; } td { min-width: 3rem; } td.w { min-width: 8rem; }
  tr, section.source { break-inside: avoid; } h2, h3 { break-after: avoid; } pre { font-size: 7.5pt; }
}
`;
