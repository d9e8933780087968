import { z } from 'zod'
import type { Language } from '../../words/words.ts'
import { protocolVersion } from '../protocol.ts'
import { errorAnswer, HubError, statuses } from './hub-error.ts'
import { errorShape, type RouteDoc, routeDocs } from './route-doc.ts'
import { speak } from './speak.ts'

type Json = Readonly<Record<string, unknown>>

const made = new Map<Language, Json>()

/** The contract as OpenAPI 3.1, made once from the very schemas requests are checked with. */
export function openapiOf(language: Language): Json {
  const contract = made.get(language) ?? contractIn(language)
  made.set(language, contract)
  return contract
}

function contractIn(language: Language): Json {
  const t = speak(language)
  const paths: Record<string, Record<string, Json>> = {}
  for (const doc of Object.values<RouteDoc>(routeDocs)) {
    const path = doc.url.replaceAll(/:(\w+)/g, '{$1}')
    paths[path] = { ...paths[path], [doc.method.toLowerCase()]: operationOf(doc, language) }
  }
  return {
    openapi: '3.1.0',
    info: {
      title: t('hub.docs.title'),
      description: t('hub.docs.about'),
      version: String(protocolVersion),
    },
    paths,
    components: {
      schemas: { error: jsonSchema(errorShape) },
      securitySchemes: {
        token: { type: 'http', scheme: 'bearer', description: t('hub.docs.token') },
      },
    },
  }
}

function operationOf(doc: RouteDoc, language: Language): Json {
  const t = speak(language)
  const body = doc.body && {
    required: true,
    content: { 'application/json': { schema: jsonSchema(doc.body) } },
  }
  return {
    operationId: doc.url === '/' ? 'root' : doc.name,
    summary: t(`hub.docs.route.${doc.name}`),
    security: doc.scope === null ? [] : [{ token: [] }],
    parameters: [...parametersOf(doc.query, 'query'), ...parametersOf(doc.params, 'path')],
    ...(body ? { requestBody: body } : {}),
    responses: { ...answersOf(doc), ...errorsOf(doc, language) },
  }
}

function parametersOf(schema: z.ZodType | undefined, place: 'query' | 'path'): readonly Json[] {
  if (!schema) return []
  const { properties = {}, required = [] } = jsonSchema(schema)
  return Object.entries(Object(properties)).map(([name, inner]) => ({
    name,
    in: place,
    required: Array.isArray(required) && required.includes(name),
    schema: inner,
  }))
}

function answersOf({ answers }: RouteDoc): Json {
  return Object.fromEntries(
    Object.entries(answers).map(([status, schema]) => [
      status,
      {
        description: 'OK',
        ...(schema ? { content: { 'application/json': { schema: jsonSchema(schema) } } } : {}),
      },
    ]),
  )
}

function errorsOf({ errors }: RouteDoc, language: Language): Json {
  const content = { 'application/json': { schema: { $ref: '#/components/schemas/error' } } }
  const byStatus = Map.groupBy(errors, code => statuses[code])
  return Object.fromEntries(
    [...byStatus].map(([status, codes]) => [
      String(status),
      {
        description: codes
          .map(code => `${code}: ${errorAnswer(new HubError(code), language).body.message}`)
          .join('\n'),
        content,
      },
    ]),
  )
}

function jsonSchema(schema: z.ZodType): Json {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' })
  return rest
}
