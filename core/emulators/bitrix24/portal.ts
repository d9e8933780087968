import { createHash } from 'node:crypto'
import { Access } from './access.ts'
import { chanceOf } from './chance.ts'
import { fillCases } from './demo/fill-cases.ts'
import { fillCompany } from './demo/fill-company.ts'
import { EventQueue } from './event-queue.ts'
import type { Machine } from './execute.ts'
import { errorOfFault } from './fault-errors.ts'
import { Gate } from './gate.ts'
import { createHands, type Hands } from './hands.ts'
import { LeakyBucket, OperatingTime, usualLimits } from './limits.ts'
import { type App, OAuth } from './oauth.ts'
import type { PortalOptions } from './options.ts'
import { usualQuirks } from './quirks.ts'
import { incomingOf, type Reply } from './reply.ts'
import type { Incoming } from './request.ts'
import { startRobot } from './robot.ts'
import { PortalTime, realClock } from './time.ts'
import { World } from './world.ts'

/** What may be switched while a portal lives. */
export type Switches = Pick<PortalOptions, 'quirks' | 'limits' | 'faults' | 'staleMs' | 'skewMs'>

/** A portal of Bitrix24, as far as bitrix24.md knows it. */
export interface Portal {
  /** Stands in for the global `fetch`, in the same process and in the portal's own time. */
  readonly fetch: typeof fetch
  /** What other people do, and what has been written. */
  readonly world: Hands
  /** Where it is at home now. */
  address(): string
  /** A new webhook of a user: the address methods are appended to. No scopes: all of them. */
  webhook(userId: number, scopes?: readonly string[]): string
  /** Registers an application: its keys and where the browser is sent back to (bitrix24.md 1.2). */
  addApp(app: Omit<App, 'clientId' | 'secret'>): App
  uninstall(clientId: string): void
  /** Where tokens are given out. */
  oauthAddress(): string
  /** The webhook with this address is no more. */
  revoke(webhook: string): void
  /** The portal is found under another address; the old one sends there (bitrix24.md 7). */
  rename(address: string): void
  /** The portal is found here from now on, and nobody knows of an earlier address. */
  settle(address: string): void
  change(switches: Switches): void
  /** For a server: carries a request out and says what goes back. */
  answer(incoming: Incoming): Promise<Reply>
  /** How many requests came, whatever became of them. */
  requests(): number
}

const usualAddress = 'https://verf.bitrix24.example'
const usualOAuthAddress = 'https://oauth.bitrix24.example'

export function createPortal(options: PortalOptions = {}): Portal {
  const chance = chanceOf(options.seed ?? 1)
  const clock = options.clock ?? realClock
  const time = new PortalTime(clock, options.offsetMinutes ?? 180, options.skewMs ?? 0)
  const world = new World(time, new EventQueue())
  world.newSecret = () => chance.secret(32)
  fillCompany(world, chance, options.people ?? 0)
  fillCases(world, chance, options.cases ?? 60)
  const machine = machineOf(world, options)
  const access = new Access(world, chance, () => machine.quirks)
  const oauth = new OAuth(world, chance, machine.memberId)
  access.actorOfToken = token => oauth.actorOf(token)
  const home = (options.address ?? usualAddress).replace(/\/+$/, '')
  const gate = new Gate(machine, { access, oauth, address: home, oauthAddress: usualOAuthAddress })
  const change = (switches: Switches) => {
    if (switches.quirks) machine.quirks = { ...machine.quirks, ...switches.quirks }
    if (switches.limits) machine.limits = { ...machine.limits, ...switches.limits }
    if (switches.faults) gate.faults = switches.faults
    if (switches.staleMs !== undefined) gate.staleMs = switches.staleMs
    if (switches.skewMs !== undefined) time.skewMs = switches.skewMs
    world.skipsIdleSaves = machine.quirks.skipsIdleSaves
    world.hasLateUpdatedTime = machine.quirks.hasLateUpdatedTime
  }
  machine.staleMs = () => (gate.staleMs > 0 ? chance.next() * gate.staleMs : 0)
  machine.faultOf = (method, isWrite) =>
    errorOfFault(gate.faults({ method, isWrite, index: gate.requests - 1, isCommand: true }))
  change({ ...(options.faults ? { faults: options.faults } : {}), staleMs: options.staleMs ?? 0 })
  if (options.robot) startRobot(world, options.robot)
  return {
    fetch: (input, init) => fetched(gate, input, init),
    world: createHands(world),
    address: () => gate.address,
    webhook(userId, scopes) {
      const { secret } = access.addWebhook(userId, scopes ?? null)
      return `${gate.address}/rest/${userId}/${secret}/`
    },
    addApp: app => oauth.addApp(app),
    uninstall: clientId => oauth.removeApp(clientId),
    oauthAddress: () => gate.oauthAddress,
    revoke: webhook => access.removeWebhook(/(\w+)\/*$/.exec(webhook)?.[1] ?? ''),
    rename: address => gate.rename(address),
    settle: address => gate.settle(address),
    change,
    answer: incoming => gate.answer(incoming),
    requests: () => gate.requests,
  }
}

type Mutable<Kind> = { -readonly [Name in keyof Kind]: Kind[Name] }

function machineOf(world: World, options: PortalOptions): Mutable<Machine> {
  return {
    world,
    quirks: { ...usualQuirks, ...options.quirks },
    limits: { ...usualLimits, ...options.limits },
    memberId: createHash('md5')
      .update(`portal ${options.seed ?? 1}`)
      .digest('hex'),
    bucket: new LeakyBucket(),
    operating: new OperatingTime(),
    staleMs: () => 0,
    faultOf: () => null,
  }
}

/** Follows redirects as `fetch` does: after 301 and 302 a POST becomes a GET without a body. */
async function fetched(
  gate: Gate,
  input: string | URL | Request,
  init?: RequestInit,
): Promise<Response> {
  const request = new Request(input, init)
  // The signal of a new request forgets the one it follows as soon as the request is collected.
  const signal = init?.signal ?? (input instanceof Request ? input.signal : request.signal)
  const { redirect } = request
  signal.throwIfAborted()
  let incoming = await incomingOf(request)
  for (let hops = 0; hops < 20; hops += 1) {
    const reply = await unlessAborted(gate.answer(incoming), signal)
    if (reply.kind === 'broken') throw brokenError(reply.code)
    const location = reply.headers['location']
    if (location === undefined || redirect === 'manual')
      return responseOf(reply, incoming.url, hops)
    if (redirect === 'error') throw new TypeError('fetch failed', { cause: new Error('redirect') })
    const keepsMethod = reply.status === 307 || reply.status === 308
    const url = new URL(location, incoming.url)
    incoming = keepsMethod
      ? { ...incoming, url }
      : { url, httpMethod: 'GET', contentType: '', body: '' }
  }
  throw new TypeError('fetch failed', { cause: new Error('redirect count exceeded') })
}

/** Whoever waits may give up; the portal goes on with what it was asked for. */
function unlessAborted<Kind>(work: Promise<Kind>, signal: AbortSignal): Promise<Kind> {
  return new Promise((resolve, reject) => {
    const giveUp = () => reject(signal.reason)
    signal.addEventListener('abort', giveUp, { once: true })
    work
      .then(resolve, reject)
      .finally(() => signal.removeEventListener('abort', giveUp))
      .catch(reject)
  })
}

function brokenError(code: string): TypeError {
  const cause = Object.assign(new Error(code), { code })
  return new TypeError('fetch failed', { cause })
}

function responseOf(
  { status, headers, body }: Extract<Reply, { kind: 'answered' }>,
  url: URL,
  hops: number,
): Response {
  return Object.defineProperties(new Response(body, { status, headers }), {
    url: { value: url.href },
    redirected: { value: hops > 0 },
  })
}
