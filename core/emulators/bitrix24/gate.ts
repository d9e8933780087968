import type { Access } from './access.ts'
import type { Machine } from './execute.ts'
import { errorOfFault } from './fault-errors.ts'
import type { Fault, FaultPlan } from './faults.ts'
import type { OAuth } from './oauth.ts'
import { broken, captivePage, gatewayPage, json, redirect, refusal, type Reply } from './reply.ts'
import { type Incoming, paramsOf, type Route, routeOf } from './request.ts'
import { isWriting, serveRest } from './serve.ts'

const never = new AbortController().signal

interface Doors {
  readonly access: Access
  readonly oauth: OAuth
  readonly address: string
  readonly oauthAddress: string
}

/** What stands between the wire and the portal: addresses, latency, everything that goes wrong. */
export class Gate {
  faults: FaultPlan = () => null
  staleMs = 0
  requests = 0
  address: string
  readonly #former: string[] = []
  oauthAddress: string
  readonly #machine: Machine
  readonly #doors: Doors

  constructor(machine: Machine, doors: Doors) {
    this.#machine = machine
    this.#doors = doors
    this.address = doors.address
    this.oauthAddress = doors.oauthAddress
  }

  rename(address: string): void {
    this.#former.push(this.address)
    this.address = address
  }

  settle(address: string): void {
    this.#former.length = 0
    this.address = address
    this.oauthAddress = address
  }

  async answer(incoming: Incoming): Promise<Reply> {
    const index = this.requests
    this.requests += 1
    const { latencyMs } = this.#machine.limits
    await this.#pause(latencyMs / 2)
    const reply = await this.#judged(incoming, index)
    await this.#pause(latencyMs / 2)
    if (reply.kind === 'broken') return reply
    const date = new Date(this.#machine.world.time.now()).toUTCString()
    return { ...reply, headers: { ...reply.headers, date } }
  }

  async #judged(incoming: Incoming, index: number): Promise<Reply> {
    const href = incoming.url.href
    const route = this.#routeTo(href)
    const method = route && 'method' in route ? route.method : ''
    const isWrite = method !== '' && isWriting(method, paramsOf(incoming))
    const fault = this.faults({ method, isWrite, index, isCommand: false })
    const before = fault ? await this.#before(fault, route, incoming) : null
    if (before) return before
    if (route === null) return this.#elsewhere(href)
    const reply = await this.#served(route, incoming)
    return fault ? this.#after(fault, reply) : reply
  }

  /** Tokens are given out at an address of their own, all else is at the portal's. */
  #routeTo(href: string): Route | null {
    const path = below(href, this.address)
    if (path !== null) return routeOf(path.split(/[?#]/)[0] ?? '')
    const tokenPath = below(href, this.oauthAddress)?.split(/[?#]/)[0]
    const route = tokenPath === undefined ? null : routeOf(tokenPath)
    return route?.kind === 'token' ? route : null
  }

  /** The portal lived at this address once, or there is nobody. */
  #elsewhere(href: string): Reply {
    const former = this.#former.find(each => below(href, each) !== null)
    return former === undefined
      ? broken('ENOTFOUND')
      : redirect(`${this.address}${below(href, former)}`)
  }

  async #served(route: Route, incoming: Incoming): Promise<Reply> {
    if (route.kind === 'webhook' || route.kind === 'app')
      return serveRest(this.#machine, this.#doors.access, route, incoming)
    if (route.kind === 'third') return notOfThird
    const places = { portal: this.address, oauth: this.oauthAddress }
    if (route.kind === 'token') return this.#doors.oauth.token(paramsOf(incoming), places)
    if (route.kind === 'authorize') return this.#doors.oauth.authorize(incoming.url, places)
    return gatewayPage(404)
  }

  /** What goes wrong on the way to the portal; null: it gets there. */
  async #before(fault: Fault, route: Route | null, incoming: Incoming): Promise<Reply | null> {
    switch (fault.kind) {
      case 'refused':
        return broken('ECONNREFUSED')
      case 'resetBefore':
        return broken('ECONNRESET')
      case 'zombie':
        if (route) void this.#later(fault.afterMs, route, incoming)
        return broken('ECONNRESET')
      case 'badGateway':
        return fault.isDone === true ? null : gatewayPage(fault.status ?? 502)
      case 'captive':
        return captivePage
      default:
        return said(fault)
    }
  }

  async #after(fault: Fault, reply: Reply): Promise<Reply> {
    if (fault.kind === 'resetAfter') return broken('ECONNRESET')
    if (fault.kind === 'badGateway') return gatewayPage(fault.status ?? 502)
    if (fault.kind === 'slow') await this.#pause(fault.ms)
    if (fault.kind !== 'truncated' || reply.kind === 'broken') return reply
    return { ...reply, body: reply.body.slice(0, Math.floor(reply.body.length / 2)) }
  }

  async #later(afterMs: number, route: Route, incoming: Incoming): Promise<void> {
    await this.#pause(afterMs)
    await this.#served(route, incoming)
  }

  async #pause(ms: number): Promise<void> {
    if (ms > 0) await this.#machine.world.time.clock.sleep(ms, never)
  }
}

/** The path below an address, with its query; null: it is not below. */
function below(href: string, address: string): string | null {
  if (!href.startsWith(address)) return null
  const rest = href.slice(address.length)
  return rest === '' || rest.startsWith('/') || rest.startsWith('?') ? rest : null
}

function said(fault: Fault): Reply | null {
  const error = errorOfFault(fault)
  return error ? refusal(error.status, error.code, error.message) : null
}

/** The third protocol knows nothing of CRM; here it knows nothing at all (bitrix24.md 5). */
const notOfThird = json(404, {
  error: { code: 'ERROR_METHOD_NOT_FOUND', message: 'Method not found!' },
})
