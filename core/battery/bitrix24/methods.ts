/** Answers of the portal in the shapes of bitrix24.md 3.1 and 3.5. */
import type { Command, CommandAnswer } from '../../backends/bitrix24/client.ts'
import { BackendError } from '../../backends/errors.ts'
import type { DecisionId } from '../../domain/id.ts'
import { field } from './office.ts'
import type { Portal, PortalCase, Version } from './portal.ts'

/** Who asks, and how late reads are. */
export interface Asking {
  readonly by: number
  readonly request: number
  /** Ms. */
  readonly lag: number
  readonly time: number
  /** Of which decision a write to this case is. */
  readonly decisionFor: (local: string) => DecisionId | null
  /** What a read in the same request saw as responsible. */
  readonly glimpsed: Map<string, number>
}

const monday = Date.UTC(2026, 10, 23, 9)
const told = new Map<number, string>()

/** The portal's times go by the second. */
function isoOf(ms: number): string {
  const second = Math.floor(ms / 1_000)
  const known = told.get(second)
  if (known !== undefined) return known
  const text = `${new Date(monday + second * 1_000).toISOString().slice(0, 19)}+00:00`
  told.set(second, text)
  return text
}

const answered = (result: unknown): CommandAnswer => ({
  kind: 'answered',
  answer: { result, next: null, total: null, at: null },
})
const failed = (kind: 'refused' | 'forbidden', code: string): CommandAnswer => ({
  kind: 'failed',
  error: new BackendError(kind, 'the portal says no', { code }),
})

/** Carries out one command at this moment. */
export function carryOut(portal: Portal, command: Command, asking: Asking): CommandAnswer {
  const { method, params } = command
  if (isList(method)) return listOf(portal, command, asking)
  const theCase = caseOf(portal, method, params)
  if (!theCase) return failed('refused', 'notFound')
  switch (method) {
    case 'crm.item.get': {
      const glimpse = seen(portal, theCase, asking)
      asking.glimpsed.set(theCase.local, glimpse.raw)
      const [item] = shown(glimpse, one => itemOf(theCase, one))
      return item ? answered({ item }) : failed('refused', 'notFound')
    }
    case 'tasks.task.history.list':
      return answered({ list: linesOf(portal, theCase, asking) })
    case 'crm.item.update':
      return updateItem(portal, theCase, params.fields, asking)
    case 'tasks.task.update':
    case 'tasks.task.delegate':
      return updateTask(portal, theCase, command, asking)
    default:
      throw new Error(`the portal knows no ${method}`)
  }
}

const isList = (method: string): boolean =>
  method === 'crm.item.list' || method === 'tasks.task.list'

/** The cases of these ids that there are, as a read sees them. */
function listOf(portal: Portal, { method, params }: Command, asking: Asking): CommandAnswer {
  const isTasks = method === 'tasks.task.list'
  const filter = fieldsIn(params['filter'])
  const ids = [filter[isTasks ? 'ID' : '@id']].flat()
  const rows = ids.flatMap(id => {
    const theCase = portal.cases.get(`${isTasks ? 'TASK' : 'D'}_${String(id)}`)
    return theCase ? shown(seen(portal, theCase, asking), one => rowOf(theCase, one)) : []
  })
  return answered(isTasks ? { tasks: rows } : { items: rows })
}

const fieldsIn = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null ? { ...value } : {}

function caseOf(
  portal: Portal,
  method: string,
  params: Readonly<Record<string, unknown>>,
): PortalCase | undefined {
  return method.startsWith('crm.')
    ? portal.cases.get(`D_${String(params['id'])}`)
    : portal.cases.get(`TASK_${String(params['taskId'])}`)
}

const seen = (portal: Portal, theCase: PortalCase, { time, lag }: Asking): Version =>
  lag === 0 ? portal.now(theCase) : portal.asOf(theCase, time - lag)

const shown = <Row>(version: Version, row: (version: Version) => Row): Row[] =>
  version.isGone ? [] : [row(version)]

const itemOf = (theCase: PortalCase, version: Version) => ({
  id: theCase.id,
  title: 'Поставка',
  assignedById: version.raw,
  categoryId: 0,
  stageId: version.isClosed ? 'WON' : 'NEW',
  contactId: 0,
  companyId: null,
  createdTime: isoOf(-3_600_000),
  createdBy: theCase.createdBy,
  updatedTime: isoOf(version.updatedAt),
  updatedBy: version.updatedBy,
  movedTime: isoOf(-3_600_000),
  ...(theCase.hasField ? { [field]: version.marker === '' ? null : version.marker } : {}),
})

const taskOf = (theCase: PortalCase, version: Version) => ({
  id: String(theCase.id),
  title: 'Позвонить',
  status: version.isClosed ? '5' : '2',
  responsibleId: String(version.raw),
  createdBy: String(theCase.createdBy),
  changedBy: String(version.updatedBy),
  createdDate: isoOf(-3_600_000),
  changedDate: isoOf(version.updatedAt),
  group: [],
})

function linesOf(portal: Portal, theCase: PortalCase, asking: Asking) {
  const version = seen(portal, theCase, asking)
  if (version.isGone) return []
  return theCase.lines.slice(0, version.turns).map(({ id, at, by, from, to }) => ({
    id,
    createdDate: isoOf(at),
    field: 'RESPONSIBLE_ID',
    value: { from: String(from), to: String(to) },
    user: { id: by, name: '', lastName: '', login: '' },
  }))
}

function updateItem(
  portal: Portal,
  theCase: PortalCase,
  given: unknown,
  asking: Asking,
): CommandAnswer {
  const before = portal.now(theCase)
  if (before.isGone) return failed('refused', 'notFound')
  const fields = fieldsIn(given)
  const raw = Number(fields['assignedById'] ?? before.raw)
  const isMarked = theCase.hasField && fields[field] !== undefined
  const marker = isMarked ? String(fields[field]) : before.marker
  portal.save(theCase, asking.by, { raw, marker })
  note(portal, theCase, { asking, before, to: raw, marker })
  return answered({ item: itemOf(theCase, portal.now(theCase)) })
}

function updateTask(
  portal: Portal,
  theCase: PortalCase,
  { method, params }: Command,
  asking: Asking,
): CommandAnswer {
  const before = portal.now(theCase)
  if (before.isGone) return failed('refused', 'notFound')
  const isHandedOn = method === 'tasks.task.delegate'
  if (isHandedOn && before.raw !== asking.by) return failed('forbidden', 'accessDenied')
  const to = Number(isHandedOn ? params['userId'] : fieldsIn(params['fields'])['RESPONSIBLE_ID'])
  portal.save(theCase, asking.by, { raw: to })
  note(portal, theCase, { asking, before, to, marker: '' })
  return answered({ task: taskOf(theCase, portal.now(theCase)) })
}

const takerIn = (marker: string): string => /(?:taken|free):\d+/.exec(marker)?.[0] ?? ''

/** An id that stood there newest is there no more: whoever doubts it will not find it. */
const isErasing = (before: string, after: string): boolean => {
  const newest = before.split(' ').find(word => !word.includes(':'))
  return newest !== undefined && newest !== '' && !after.includes(newest)
}

function note(
  portal: Portal,
  { local }: PortalCase,
  made: { asking: Asking; before: Version; to: number; marker: string },
): void {
  const { asking, before, to, marker } = made
  portal.effects.push({
    at: asking.time,
    local,
    by: asking.by,
    from: before.raw,
    to,
    decisionId: asking.decisionFor(local),
    isChange: before.raw !== to || takerIn(before.marker) !== takerIn(marker),
    request: asking.request,
    before: asking.glimpsed.get(local) ?? null,
    isErasing: isErasing(before.marker, marker),
  })
}

/** A case as a list shows it. */
export const rowOf = (theCase: PortalCase, version: Version) =>
  theCase.kind === 'task' ? taskOf(theCase, version) : itemOf(theCase, version)
