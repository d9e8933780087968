import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Language } from '../../words/words.ts'
import { languageOf } from './hub-error.ts'
import { openapiOf } from './openapi.ts'
import { escaped, htmlPage, pagePolicy } from './page.ts'
import { type RouteDoc, routeDocs } from './route-doc.ts'
import { declared } from './routes.ts'
import { speak } from './speak.ts'

/** The contract for people and for programs. */
export function addDocs(app: FastifyInstance, usual: Language): void {
  const spoken = (request: FastifyRequest) => languageOf(request.headers['accept-language'], usual)
  const answerPage = async (request: FastifyRequest, reply: FastifyReply) =>
    reply
      .header('content-security-policy', pagePolicy)
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
  const about = `<p>${escaped(t('hub.docs.about'))}</p><p>${escaped(t('hub.docs.token'))}</p>`
  return htmlPage(language, t('hub.docs.title'), `${about}\n${sections.join('\n')}`)
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
