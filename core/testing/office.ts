/** Consoles with real stores against a real hub over HTTP, with a wire between that can be cut. */
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import type { AddressInfo, Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openHub } from '../backends/hub/backend.ts'
import { noCalendar } from '../domain/calendar.ts'
import { idOf } from '../domain/id.ts'
import type { EmployeeId, WorkspaceId } from '../domain/id.ts'
import { writeCompany } from '../hub/seed.ts'
import { startHub } from '../hub/server.ts'
import type { Hub } from '../hub/server.ts'
import { createToken, usualScopes } from '../hub/store/tokens.ts'
import { assign } from '../service/assign.ts'
import { createDesk } from '../service/desk.ts'
import { openCases, readCase } from '../store/cases.ts'
import { openStore } from '../store/open-store.ts'
import { outboxCounts } from '../store/outbox.ts'
import { createSync } from '../sync/loop.ts'
import { newActId, newDecisionId } from './desk-world.ts'
import { aCase, aDepartment, anEmployee, aPost, departmentId } from './invented.ts'

const space = 'hub-33333333' as WorkspaceId
export const person = (name: string) => idOf(space, 'employee', name)
export const theCaseId = (name: string) => idOf(space, 'case', name)
const count = 60

/** A wire to the hub whose answers can be lost or which can be cut altogether. */
export async function createWire(to: () => number) {
  const state = { isCut: false, answersToLose: 0 }
  const sockets = new Set<Socket>()
  const server = createServer(near => {
    if (state.isCut) return near.destroy()
    const far = connect(to(), '127.0.0.1')
    sockets.add(near).add(far)
    let asksToDecide = false
    near.on('data', piece => {
      asksToDecide ||= piece.includes('POST /v1/decisions')
      far.write(piece)
    })
    far.on('data', piece => {
      if (asksToDecide && state.answersToLose > 0) {
        state.answersToLose -= 1
        near.destroy()
        return
      }
      asksToDecide = false
      near.write(piece)
    })
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      one.on('error', () => other.destroy())
      one.on('close', () => other.destroy())
    }
  })
  await new Promise<void>(resolve => {
    server.listen(0, '127.0.0.1', resolve)
  })
  return {
    state,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    cut() {
      state.isCut = true
      for (const socket of sockets) socket.destroy()
    },
    end() {
      server.close()
      for (const socket of sockets) socket.destroy()
    },
  }
}

/** A company of two departments and their cases, at a place where there is no hub. */
export const createCompany = (place: string) =>
  writeCompany(place, {
    company: 'Компания',
    zone: 'Europe/Moscow',
    ownerId: null,
    departments: [aDepartment('office'), aDepartment('sales', 'office')],
    posts: [
      aPost('office', 'boss', true),
      aPost('sales', 'head', true),
      aPost('sales', 'anna'),
      aPost('sales', 'oleg'),
    ],
    employees: ['boss', 'head', 'anna', 'oleg'].map(name =>
      anEmployee(name, { name, limit: 1000 }),
    ),
    absences: [],
    substitutions: [],
    kinds: [],
    clients: [],
    history: [],
    cases: Array.from({ length: count }, (_, n) => {
      const { isMasked: _masked, version: _version, ...rest } = aCase(String(n + 1))
      return { ...rest, departmentId: departmentId('sales'), text: '', phones: [], emails: [] }
    }),
  })

export const tokenFor = async (hub: Pick<Hub, 'store'>, name: string) =>
  (
    await createToken(hub.store, {
      employeeId: name as EmployeeId,
      role: 'person',
      scopes: usualScopes.person,
      label: name,
      expiresAt: null,
    })
  ).token

export function createConsole(options: { folder: string; url: string; token: string }) {
  const { folder, url, token } = options
  const store = openStore({ folder, workspaceId: space, key: Buffer.alloc(32, 7), now: Date.now })
  const backend = openHub({ url, token, workspaceId: space })
  const faults: unknown[] = []
  const sync = createSync({
    store,
    backend,
    random: () => Math.random() / 5,
    report: error => faults.push(error),
  })
  const desk = createDesk({
    store,
    space: { workspaceId: space, kind: 'hub', title: 'Компания' },
    calendar: noCalendar,
    now: Date.now,
    syncStatus: sync.status,
  })
  sync.start()
  let isClosed = false
  return {
    store,
    desk,
    sync,
    give: (to: string, ...names: string[]) =>
      assign(desk, {
        actId: newActId(),
        orders: names.map(name => ({ decisionId: newDecisionId(), caseId: theCaseId(name) })),
        employeeId: person(to),
      }),
    responsible: (name: string) => readCase(store, theCaseId(name))?.responsibleId ?? null,
    async close() {
      if (isClosed) return
      isClosed = true
      await sync.stop()
      backend.close()
      store.close()
      assert.deepEqual(faults, [])
    },
  }
}
export type Console = ReturnType<typeof createConsole>

export async function until(
  isSo: () => boolean,
  what: string,
  patienceMs = 10_000,
): Promise<number> {
  const startedAt = performance.now()
  while (!isSo()) {
    if (performance.now() - startedAt > patienceMs) assert.fail(`in vain waited for: ${what}`)
    await new Promise(resolve => {
      setTimeout(resolve, 5)
    })
  }
  return performance.now() - startedAt
}

export const isLoaded = ({ store, sync }: Console) =>
  openCases(store).length === count && sync.status().link.kind === 'idle'
export const isDrained = ({ store }: Console) => outboxCounts(store).waiting === 0

export async function inOffice(
  work: (office: {
    readonly hub: () => Hub
    readonly wire: Awaited<ReturnType<typeof createWire>>
    open(name: string, folder?: string): Promise<Console>
    stopHub(): Promise<void>
    startHub(): Promise<void>
  }) => Promise<void>,
) {
  const folder = mkdtempSync(join(tmpdir(), 'nachalo-heads-'))
  const databasePath = join(folder, 'hub.db')
  await createCompany(databasePath)
  let hub = await startHub({ databasePath, host: '127.0.0.1', port: 0 })
  const { port } = hub
  const wire = await createWire(() => port)
  const tokens = new Map<string, string>()
  const open: Console[] = []
  try {
    await work({
      hub: () => hub,
      wire,
      async open(name) {
        const token = tokens.get(name) ?? (await tokenFor(hub, name))
        tokens.set(name, token)
        const opened = createConsole({ folder: join(folder, name), url: wire.url, token })
        open.push(opened)
        await until(() => isLoaded(opened), 'the first load')
        return opened
      },
      stopHub: () => hub.close(),
      async startHub() {
        hub = await startHub({ databasePath, host: '127.0.0.1', port })
      },
    })
  } finally {
    for (const one of open) await one.close()
    wire.end()
    await hub.close()
    rmSync(folder, { recursive: true, force: true })
  }
}
