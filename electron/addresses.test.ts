/** Addresses by the hundred: those people have thought of, and those a generator makes of their pieces. */
import assert from 'node:assert/strict'
import { EventEmitter } from 'node:events'
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import type { WebContents } from 'electron'
import fc from 'fast-check'
import { pageUrl } from './decisions.ts'
import { guardContents } from './guard.ts'
import { counted } from './testing/counted.ts'
import { answers, forget, installFakeElectron, lastSaid, said } from './testing/fake-electron.ts'
import { hostileAddresses } from './testing/hostile-addresses.ts'

installFakeElectron()
const { openExternal } = await import('./open-external.ts')
const { servePage } = await import('./page-protocol.ts')

const seed = Number(process.env['NACHALO_SEED'] ?? 20_261_122)

const schemes = [
  'https:',
  'http:',
  'file:',
  'app:',
  'javascript:',
  'data:',
  'mailto:',
  'tel:',
  'smb:',
  '',
]
const pieces = [
  '//',
  '/',
  '\\',
  '@',
  ':',
  '#',
  '?',
  '%00',
  '\0',
  '\n',
  '\u202E',
  '..',
  'nachalo',
  'index.html',
]
const words = [
  'example.com',
  'evil.example',
  '127.0.0.1',
  'a.exe',
  'пример.рф',
  'xn--e1afmkfd',
  ' ',
  'A',
]
const made = fc
  .tuple(
    fc.constantFrom(...schemes),
    fc.array(
      fc.oneof(fc.constantFrom(...pieces, ...words), fc.string({ unit: 'binary', maxLength: 4 })),
      {
        maxLength: 7,
      },
    ),
  )
  .map(([scheme, rest]) => scheme + rest.join(''))
const addresses = [
  ...hostileAddresses,
  'javascript:alert(1)',
  'JaVaScRiPt:alert(1)',
  pageUrl,
  `${pageUrl}#case/5306`,
  'https://example.com/a',
  ...fc.sample(made, { numRuns: 420, seed }),
]

const isOurPage = (url: string) => url === pageUrl || url.startsWith(`${pageUrl}#`)

test('of 500 addresses a window goes only to its own page, and no second window opens', () => {
  let open: (details: { url: string }) => unknown = () => null
  const offered: string[] = []
  const contents = Object.assign(new EventEmitter(), {
    setWindowOpenHandler: (handler: typeof open) => void (open = handler),
  })
  guardContents(contents as unknown as WebContents, url => offered.push(url))
  let asked = 0
  for (const url of addresses) {
    for (const name of ['will-navigate', 'will-frame-navigate', 'will-redirect']) {
      let isStopped = false
      contents.emit(name, { url, preventDefault: () => (isStopped = true) })
      assert.equal(isStopped, !isOurPage(url), `${name} ${JSON.stringify(url)}`)
      asked += 1
    }
    assert.deepEqual(open({ url }), { action: 'deny' })
  }
  assert.deepEqual(offered, addresses)
  counted(
    `addresses: seed ${seed}, ${addresses.length} addresses, ${asked} navigations, ${offered.length} windows, 0 escaped`,
  )
  assert.ok(addresses.length >= 500)
})

test('of 500 addresses only web, mail and telephone are asked about and opened, none as a path', async () => {
  answers.response = 1
  let opened = 0
  for (const url of addresses) {
    forget()
    await openExternal(url)
    if (said.length === 0) continue
    opened += 1
    const [address] = lastSaid('openExternal') as [string]
    assert.deepEqual(
      said.map(({ name }) => name),
      ['ask', 'openExternal'],
    )
    assert.match(address, /^(https:\/\/[^/@\\\s]+(\/|\?|#|$)|mailto:|tel:)/, url)
    assert.doesNotMatch(address, /[\p{Cc}\p{Cf}]/u)
    assert.deepEqual([URL.parse(url)?.username, URL.parse(url)?.password], ['', ''])
    assert.equal(Reflect.get(lastSaid('ask')[0] ?? {}, 'message'), address)
  }
  counted(
    `opening outside: ${addresses.length} addresses, ${opened} offered to the system, 0 paths`,
  )
  assert.ok(opened > 3 && opened < addresses.length / 2)
})

const below = [
  '..',
  '.',
  '%2e%2e',
  '%2E.',
  '.%2e',
  '%5c',
  '\\',
  '%2f',
  '%00',
  '\0',
  'C:',
  'c|',
  'assets',
]
const more = [
  '/',
  '//',
  'index.html',
  'a.js',
  'secret.html',
  'secret.json',
  ':',
  '~',
  '::$DATA',
  'CON',
  'é',
]
const path = fc
  .array(
    fc.oneof(fc.constantFrom(...below, ...more), fc.string({ unit: 'binary', maxLength: 6 })),
    { maxLength: 8 },
  )
  .chain(parts => fc.constantFrom('/', '\\', '').map(between => parts.join(between)))
const long = fc
  .constantFrom(300, 5_000, 100_000)
  .chain(length =>
    fc.constantFrom('a', '../', '%2e%2e/', 'assets/').map(piece => piece.repeat(length)),
  )

test('of 1,000 addresses of files none leads out of the page’s folder', async () => {
  const home = mkdtempSync(join(tmpdir(), 'nachalo-app-'))
  const page = join(home, 'page')
  mkdirSync(join(page, 'assets'), { recursive: true })
  for (const name of ['secret.html', 'secret.json', 'a.js'])
    writeFileSync(join(home, name), 'SECRET')
  const ours = { 'index.html': 'INDEX', 'assets/a.js': 'SCRIPT' }
  for (const [name, text] of Object.entries(ours)) writeFileSync(join(page, name), text)
  writeFileSync(join(page, '.secret.json'), 'SECRET')
  servePage(page)
  const [, serve] = lastSaid('handle') as [string, (request: object) => Promise<Response>]
  const made1000 = fc.sample(
    fc.oneof({ arbitrary: path, weight: 30 }, { arbitrary: long, weight: 1 }),
    {
      numRuns: 1000,
      seed,
    },
  )
  const told = { found: 0, refused: 0 }
  for (const each of [...Object.keys(ours), ...made1000]) {
    const url = `app://nachalo/${each}`
    const answer = await serve({ method: 'GET', url })
    const body = await answer.text()
    told[answer.status === 200 ? 'found' : 'refused'] += 1
    if (answer.status !== 200) assert.deepEqual([answer.status, body], [404, ''])
    else
      assert.ok(Object.values(ours).includes(body), `${JSON.stringify(url.slice(0, 200))}: ${body}`)
  }
  counted(
    `app://: seed ${seed}, ${made1000.length} addresses, ${told.found} found, ${told.refused} refused, 0 outside`,
  )
  assert.ok(told.found >= 2 && told.refused > 900)
})
