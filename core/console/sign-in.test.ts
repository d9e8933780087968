import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import type { Calls, Events, Probe } from '../contract.ts'
import { bareId } from '../hub/bare-id.ts'
import { setIdentity } from '../hub/store/identities.ts'
import { type HubWorld, hubWorld } from '../hub/testing/hub-world.ts'
import { CallError, connect } from '../rpc.ts'
import { memoryWire } from '../testing/memory-wire.ts'
import { Browser, clientId, clientSecret, startProvider } from '../testing/sign-in-provider.ts'
import { createConsole } from './console.ts'
import { createSignIns, type SignIns } from './sign-in.ts'

let world: HubWorld
let provider: Awaited<ReturnType<typeof startProvider>>
const begun: SignIns[] = []
before(async () => {
  provider = await startProvider({
    anna: { email: 'anna@example.com', isVerified: true },
    boris: { email: 'boris@example.com', isVerified: true },
    stranger: { email: 'stranger@example.com', isVerified: true },
  })
  const { issuer } = provider
  world = await hubWorld(undefined, {
    signIn: { issuer, clientId, clientSecret, claim: 'email' },
  })
  provider.serve(world.hub.url)
  for (const name of ['anna', 'boris'])
    await setIdentity(world.hub.store, `${name}@example.com`, bareId('employee', name))
})
after(async () => {
  for (const each of begun) each.stop()
  provider.close()
  await world.close()
})

function signIns(patienceMs?: number): SignIns {
  const made = createSignIns(patienceMs)
  begun.push(made)
  return made
}

/** The address of the console that waits, as the hub sends the browser there. */
async function sentBack(browser: Browser, address: string, account: string): Promise<URL> {
  const { sentTo } = await browser.go(await browser.comeBackAs(account, address))
  assert.ok(sentTo)
  return new URL(sentTo)
}
const codesOf = ({ findings }: Probe) => findings.map(({ code }) => code)
const knock = async (address: URL | string) => {
  const { status, text } = await new Browser().go(String(address))
  return { status, text }
}
const isPending = async (promise: Promise<unknown>) =>
  (await Promise.race([promise, new Promise(resolve => setTimeout(resolve, 50, 'pending'))])) ===
  'pending'
const isOver = (error: unknown) => error instanceof CallError && error.code === 'unknownSignIn'

test('whoever signs in with a browser is asked for no token and may connect', async () => {
  const waiting = signIns()
  const { signInId, address } = await waiting.begin(world.hub.url, 'en')
  assert.equal(new URL(address).origin, world.hub.url)
  assert.throws(() => waiting.accessOf(signInId), isOver, 'nobody has signed in yet')
  const outcome = waiting.outcome(signInId)
  const browser = new Browser()
  const back = await sentBack(browser, address, 'anna')
  assert.ok(await isPending(outcome))
  const page = await browser.go(back.href)
  assert.equal(page.status, 200)
  assert.match(page.text, /You are signed in/)
  assert.match(page.headers.get('content-security-policy') ?? '', /^default-src 'none'/)
  assert.equal(page.headers.get('referrer-policy'), 'no-referrer')
  const probe = await outcome
  assert.deepEqual([probe.isAllowed, probe.me?.name], [true, 'Имя anna'])
  const { address: hub, token } = waiting.accessOf(signInId)
  assert.equal(hub, world.hub.url)
  for (const seen of [page.text, back.href, address, JSON.stringify(probe)])
    assert.ok(!seen.includes('nch_') && !seen.includes(token))
})

test('a code that comes again finds nobody', async () => {
  const waiting = signIns()
  const { signInId, address } = await waiting.begin(world.hub.url, 'en')
  const back = await sentBack(new Browser(), address, 'anna')
  const both = await Promise.allSettled([knock(back), knock(back)])
  const pages = both.flatMap(one => (one.status === 'fulfilled' ? [one.value.status] : []))
  assert.equal(pages.filter(status => status === 200).length, 1, 'one of two at once')
  assert.equal((await waiting.outcome(signInId)).isAllowed, true)
  await assert.rejects(knock(back), 'nobody listens any more')
})

test('whoever else calls is turned away, and the wait goes on', async () => {
  const waiting = signIns()
  const { signInId, address } = await waiting.begin(world.hub.url, 'en')
  const outcome = waiting.outcome(signInId)
  const back = await sentBack(new Browser(), address, 'anna')
  const other = (change: (address: URL) => void) => {
    const changed = new URL(back)
    change(changed)
    return changed
  }
  const strangers = [
    other(one => one.searchParams.set('state', 'guessed')),
    other(one => one.searchParams.delete('state')),
    other(one => one.searchParams.delete('code')),
    other(one => one.searchParams.set('code', 'x'.repeat(2001))),
    other(one => (one.pathname = '/')),
    other(one => (one.pathname = '/signed-in/more')),
    other(one => (one.search = '')),
  ]
  for (const stranger of strangers) {
    const { status, text } = await knock(stranger)
    assert.equal(status, 403, stranger.href)
    assert.ok(!text.includes(new URL(address).searchParams.get('state') ?? ''))
  }
  const asked = (headers: Record<string, string>, method = 'GET') =>
    new Promise<number | undefined>((resolve, reject) => {
      const sent = request(back, { method, headers, agent: false }, response => {
        response.resume()
        resolve(response.statusCode)
      })
      sent.on('error', reject)
      sent.end()
    })
  assert.equal(await asked({ host: `evil.example:${back.port}` }), 403)
  assert.equal(await asked({ host: `localhost:${back.port}` }), 403)
  assert.equal(await asked({}, 'POST'), 403)
  assert.ok(await isPending(outcome))
  assert.equal((await knock(back)).status, 200)
  assert.equal((await outcome).isAllowed, true)
})

test('a code of another sign-in lets nobody in, though it came by the right way', async () => {
  const [mine, theirs] = [signIns(), signIns()]
  const first = await mine.begin(world.hub.url, 'ru')
  const second = await theirs.begin(world.hub.url, 'en')
  const [own, foreign] = [
    await sentBack(new Browser(), first.address, 'anna'),
    await sentBack(new Browser(), second.address, 'boris'),
  ]
  own.searchParams.set('code', foreign.searchParams.get('code') ?? '')
  const page = await knock(own)
  assert.match(page.text, /Войти не удалось/)
  const probe = await mine.outcome(first.signInId)
  assert.deepEqual(codesOf(probe), ['signInLost'])
  assert.deepEqual([probe.isAllowed, probe.canSignIn], [false, true])
  assert.throws(() => mine.accessOf(first.signInId), isOver)
})

test('nobody the hub knows, and a provider that refuses, are told so', async () => {
  const waiting = signIns()
  const unknown = await waiting.begin(world.hub.url, 'en')
  const page = await knock(await sentBack(new Browser(), unknown.address, 'stranger'))
  assert.match(page.text, /You are not signed in/)
  assert.deepEqual(codesOf(await waiting.outcome(unknown.signInId)), ['signInRefused'])
  const refused = await waiting.begin(world.hub.url, 'en')
  const browser = new Browser()
  const cameTo = new URL(await browser.comeBackAs('anna', refused.address))
  cameTo.searchParams.delete('code')
  cameTo.searchParams.set('error', 'access_denied')
  const { sentTo } = await browser.go(cameTo.href)
  assert.equal((await knock(sentTo ?? '')).status, 200)
  assert.deepEqual(codesOf(await waiting.outcome(refused.signInId)), ['signInFailed'])
})

test('it is waited for so long and no longer', async () => {
  const waiting = signIns(100)
  const { signInId, address } = await waiting.begin(world.hub.url, 'en')
  const back = new URL(address).searchParams.get('redirect') ?? ''
  assert.deepEqual(codesOf(await waiting.outcome(signInId)), ['signInLate'])
  await assert.rejects(knock(back))
  assert.throws(() => waiting.accessOf(signInId), isOver)
})

test('a cancelled sign-in and one that another took the place of are over', async () => {
  const waiting = signIns()
  const first = await waiting.begin(world.hub.url, 'en')
  const outcome = waiting.outcome(first.signInId)
  const back = await sentBack(new Browser(), first.address, 'anna')
  const second = await waiting.begin(world.hub.url, 'en')
  assert.deepEqual(codesOf(await outcome), ['signInStopped'])
  await assert.rejects(knock(back))
  const last = waiting.outcome(second.signInId)
  waiting.cancel(first.signInId)
  assert.ok(await isPending(last), 'another was cancelled')
  waiting.cancel(second.signInId)
  assert.deepEqual(codesOf(await last), ['signInStopped'])
  await assert.rejects(waiting.outcome(second.signInId), isOver)
})

test('where nobody is signed in with a browser the console says so', async () => {
  const plain = await hubWorld()
  const wanted = { code: 'noSignIn' }
  await assert.rejects(signIns().begin(plain.hub.url, 'en'), wanted)
  await plain.close()
  await assert.rejects(signIns().begin(plain.hub.url, 'en'), wanted)
  await assert.rejects(signIns().begin('javascript:alert(1)', 'en'), wanted)
})

async function openConsole() {
  const folder = mkdtempSync(join(tmpdir(), 'nachalo-sign-in-'))
  const keyFile = join(folder, 'key')
  writeFileSync(keyFile, randomBytes(32).toString('hex'), { mode: 0o600 })
  const logged: string[] = []
  const core = createConsole({
    dataFolder: join(folder, 'data'),
    version: 'test',
    language: 'en',
    keyFile,
    embeddedHub: new URL('../hub/embedded.ts', import.meta.url),
    log: (where, error) => logged.push(`${where}: ${String(error)}`),
  })
  const { near, far } = memoryWire()
  const heard: unknown[] = []
  near.receive(message => heard.push(message))
  core.attach(far)
  const { calls } = connect<Calls, Events>(near)
  return { folder, core, calls, logged, heard: () => JSON.stringify(heard) }
}

/** Every byte the console keeps. */
const keptIn = (folder: string) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => readFileSync(join(entry.parentPath, entry.name), 'latin1'))
    .join('')

test('a window gets from the address to the cases without seeing a token', async () => {
  const { folder, core, calls, logged, heard } = await openConsole()
  const url = world.hub.url
  const first = await calls.probeHub({ url, token: '' })
  assert.deepEqual(codesOf(first), ['reached', 'canSignIn'])
  assert.deepEqual([first.isAllowed, first.canSignIn], [false, true])
  const mistyped = await calls.probeHub({ url, token: 'nch_mistyped' })
  assert.deepEqual([codesOf(mistyped), mistyped.canSignIn], [['wrongToken'], true])
  const { signInId, address } = await calls.beginSignIn({ url, language: 'en' })
  const outcome = calls.awaitSignIn({ signInId })
  const browser = new Browser()
  await browser.go((await sentBack(browser, address, 'anna')).href)
  assert.equal((await outcome).isAllowed, true)
  const stage = await calls.connectSignedIn({ signInId })
  assert.equal(stage.kind, 'ready')
  while ((await calls.open({})).cases.length === 0) await new Promise(next => setTimeout(next, 20))
  await assert.rejects(calls.connectSignedIn({ signInId }), { code: 'unknownSignIn' })
  const settings = JSON.stringify(await calls.settings({}))
  await core.close()
  for (const said of [heard(), logged.join('\n'), settings, keptIn(folder)])
    assert.ok(!/nch_[0-9a-f]{12}_/.test(said))
  rmSync(folder, { recursive: true, force: true })
})
