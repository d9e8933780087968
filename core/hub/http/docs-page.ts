import { createHash } from 'node:crypto'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Language } from '../../words/words.ts'
import { languageOf } from './hub-error.ts'
import { openapiOf } from './openapi.ts'
import { type RouteDoc, routeDocs } from './route-doc.ts'
import { declared } from './routes.ts'
import { speak } from './speak.ts'

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
/** The page needs its own style and nothing else: no script, nothing from elsewhere. */
const styleHash = createHash('sha256').update(style).digest('base64')
const policy = `default-src 'none'; style-src 'sha256-${styleHash}'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'`

/** The contract for people and for programs. */
export function addDocs(app: FastifyInstance, usual: Language): void {
  const spoken = (request: FastifyRequest) => languageOf(request.headers['accept-language'], usual)
  const answerPage = async (request: FastifyRequest, reply: FastifyReply) =>
    reply
      .header('content-security-policy', policy)
      .type('text/html; charset=utf-8')
      .send(docsPage(spoken(request)))
  app.get(routeDocs.root.url, declared(routeDocs.root), answerPage)
  app.get(routeDocs.docs.url, declared(routeDocs.docs), answerPage)
  app.get(routeDocs.openapi.url, declared(routeDocs.openapi), async request =>
    openapiOf(spoken(request)),
  )
}

const made = new Map<Language, string>()

/** The whole contract as one page of HTML, made once. */
function docsPage(language: Language): string {
  const page = made.get(language) ?? pageIn(language)
  made.set(language, page)
  return page
}

function pageIn(language: Language): string {
  const t = speak(language)
  const contract = openapiOf(language)
  const sections = Object.values<RouteDoc>(routeDocs)
    .filter(doc => doc.url !== '/')
    .map(doc => sectionOf(doc, contract, language))
  return `<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${escaped(t('hub.docs.title'))}</title><style>${style}</style></head>
<body><h1>${escaped(t('hub.docs.title'))}</h1><p>${escaped(t('hub.docs.about'))}</p><p>${escaped(t('hub.docs.token'))}</p>
${sections.join('\n')}
</body></html>`
}

function sectionOf(
  doc: RouteDoc,
  contract: Readonly<Record<string, unknown>>,
  language: Language,
): string {
  const t = speak(language)
  const path = doc.url.replaceAll(/:(\w+)/g, '{$1}')
  const operation = Object(Object(contract['paths'])[path])[doc.method.toLowerCase()]
  const { requestBody, parameters, responses } = Object(operation)
  const blocks = [
    blockOf(
      t('hub.docs.parameters'),
      Array.isArray(parameters) && parameters.length > 0 ? parameters : null,
    ),
    blockOf(t('hub.docs.body'), requestBody?.content?.['application/json']?.schema),
    blockOf(t('hub.docs.answers'), responses),
  ]
  const scope =
    doc.scope === null ? t('hub.docs.open') : t('hub.docs.scope', { scope: doc.needs ?? doc.scope })
  return `<section><h2><code class="method">${doc.method}</code><code>${escaped(path)}</code></h2>
<p>${escaped(t(`hub.docs.route.${doc.name}`))} ${escaped(scope)}</p>${blocks.join('')}</section>`
}

const blockOf = (title: string, content: unknown): string =>
  content
    ? `<details><summary>${escaped(title)}</summary><pre>${escaped(JSON.stringify(content, null, 2))}</pre></details>`
    : ''

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}
const escaped = (text: string): string => text.replaceAll(/[&<>"']/g, sign => escapes[sign] ?? sign)
