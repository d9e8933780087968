import { createHash } from 'node:crypto'
import type { Language } from '../../words/words.ts'

const style = `
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif }
body { max-width: 60rem; margin: 0 auto; padding: 2rem 1rem }
h1 { font-size: 1.6rem } h2 { font-size: 1.1rem; margin: 2rem 0 0.25rem }
code, pre { font: 14px/1.45 ui-monospace, monospace }
pre { overflow: auto; padding: 1rem; border-radius: 8px; background: light-dark(#f3f3f6, #1d1d22); max-height: 30rem }
.method { display: inline-block; min-width: 4rem; font-weight: 600 }
summary { cursor: pointer; padding: 0.25rem 0 }
table { border-collapse: collapse } td { padding: 0.15rem 1rem 0.15rem 0; vertical-align: top }
`
/** A page needs its own style and nothing else: no script, nothing from elsewhere. */
const styleHash = createHash('sha256').update(style).digest('base64')
/** What its browser may do with it. */
export const pagePolicy = `default-src 'none'; style-src 'sha256-${styleHash}'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'`

/** A whole page; `title` is text, `body` is HTML with every text in it escaped. */
export const htmlPage = (language: Language, title: string, body: string): string =>
  `<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${escaped(title)}</title><style>${style}</style></head>
<body><h1>${escaped(title)}</h1>${body}
</body></html>`

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}
/** Text as HTML shows it. */
export const escaped = (text: string): string =>
  text.replaceAll(/[&<>"']/g, sign => escapes[sign] ?? sign)
