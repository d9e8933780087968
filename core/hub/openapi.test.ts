import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { routeDocs } from './http/route-doc.ts'
import { type HubWorld, hubWorld } from './testing/hub-world.ts'

let world: HubWorld
before(async () => {
  world = await hubWorld()
})
after(() => world.close())

const paths = Object.values(routeDocs).map(
  doc => `${doc.method.toLowerCase()} ${doc.url.replace(':id', '{id}')}`,
)

test('the contract tells of every route, its errors and its shapes, and points nowhere else', async () => {
  const response = await fetch(`${world.hub.url}/v1/openapi.json`, {
    headers: { 'accept-language': 'en' },
  })
  const contract = Object(await response.json())
  const told = Object.entries(contract.paths).flatMap(([path, acts]) =>
    Object.keys(Object(acts)).map(act => `${act} ${path}`),
  )
  assert.deepEqual(told.sort(), paths.sort())
  const decisions = contract.paths['/v1/decisions'].post
  assert.deepEqual(Object.keys(decisions.responses).sort(), [
    '200',
    '400',
    '401',
    '403',
    '413',
    '415',
    '422',
    '429',
    '500',
    '503',
  ])
  assert.equal(
    decisions.requestBody.content['application/json'].schema.properties.decisions.maxItems,
    50,
  )
  assert.deepEqual(decisions.security, [{ token: [] }])
  assert.deepEqual(contract.paths['/v1/health'].get.security, [])
  const text = JSON.stringify(contract)
  for (const [, to = ''] of text.matchAll(/"\$ref":"([^"]*)"/g))
    assert.match(to, /^#\/components\/schemas\/error$/)
})

test('the page for people needs no script and nothing from elsewhere', async () => {
  for (const path of ['/', '/docs']) {
    const response = await fetch(`${world.hub.url}${path}`, {
      headers: { 'accept-language': 'ru' },
    })
    const page = await response.text()
    assert.match(response.headers.get('content-type') ?? '', /^text\/html/)
    assert.match(
      response.headers.get('content-security-policy') ?? '',
      /^default-src 'none'; style-src 'sha256-[^']+'; frame-ancestors/,
    )
    assert.doesNotMatch(page, /<script|javascript:|src=|href=|https?:\/\/|style="|\son\w+="/)
    for (const { url, method } of Object.values(routeDocs)) {
      if (url !== '/')
        assert.ok(
          page.includes(
            `<code class="method">${method}</code><code>${url.replace(':id', '{id}')}</code>`,
          ),
          url,
        )
    }
    assert.doesNotMatch(page, /hub\.docs\./)
  }
})

test('only one file of the hub knows SQLite', () => {
  const sources = globSync('**/*.ts', { cwd: import.meta.dirname }).filter(
    path => !/test\.ts$|^testing|^store\/sqlite\.ts$/.test(path),
  )
  const foreign = sources.filter(path =>
    /better-sqlite3|pragma|vacuum(?! \(analyze\))|rowid|sqlite_|begin immediate|json_each|\bstrict`/i.test(
      readFileSync(join(import.meta.dirname, path), 'utf8'),
    ),
  )
  assert.deepEqual(foreign, [])
})
