/** For a page that stands alone in a file and on paper. Of our own hand alone: it goes into the page as it is. */
export const EXPORT_STYLE = `
:root { color-scheme: light dark; --line: #8886; --soft: #8882; --faint: color-mix(in srgb, currentColor 75%, transparent) }
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 52rem; margin: 2rem auto; padding: 0 1rem; overflow-wrap: break-word }
h1 { font-size: 1.8rem; margin: 0 0 .5rem }
h2 { font-size: 1.25rem; margin: 2rem 0 .5rem; border-bottom: 2px solid var(--line) }
h3 { font-size: 1rem; margin: 1rem 0 .25rem }
p { margin: .25rem 0 }
dl { margin: .25rem 0 }
dl > div { display: grid; grid-template-columns: minmax(8rem, 14rem) 1fr; gap: .75rem; padding: .1rem 0 }
dt, .when, .words span, .hint { color: var(--faint); font-size: .9rem }
dd { margin: 0 }
blockquote { margin: .25rem 0; border-left: 3px solid var(--line); padding: .25rem .75rem; white-space: pre-wrap }
.story { padding-left: 2.5rem }
.story > li { border-top: 1px solid var(--line); padding: .4rem 0 }
.when { font-variant-numeric: tabular-nums }
.left { display: none }
table { border-collapse: collapse; width: 100%; font-size: .9rem }
th { text-align: left; font-weight: normal; color: var(--faint) }
th, td { padding: .2rem .75rem .2rem 0; vertical-align: top; border-top: 1px solid var(--line) }
pre, code, blockquote, .entries td { overflow-wrap: anywhere }
pre { margin: .25rem 0; padding: .5rem; background: var(--soft); white-space: pre-wrap; font-size: .85rem }
code { font-size: .85rem }
.gone, .erased, .fault { font-style: italic }
.appendix { font-size: .85rem }
.entries { list-style: none; padding: 0 }
.entries > li { border-top: 1px solid var(--line); padding: .5rem 0 }
.head { display: flex; flex-wrap: wrap; gap: .25rem .75rem }
.entries table { width: auto; margin-left: 1.5rem }
.entries th { min-width: 7rem }
.entries th, .entries td { border: 0; padding: .1rem .75rem .1rem 0 }
td bdi { white-space: pre-wrap }
.odd { border: 1px solid; border-radius: 3px; padding: 0 .2em; font-size: .8em }
summary { list-style: none }
@media (max-width: 40rem) { dl > div { grid-template-columns: 1fr; gap: 0 } }
@media print {
  @page { margin: 18mm }
  :root { color-scheme: light }
  body { margin: 0; max-width: none; font-size: 10pt }
  h2 { break-after: avoid }
  .when, .head { break-after: avoid }
  tr { break-inside: avoid }
  .appendix { break-before: page }
}
`;
