import { createClient } from './client.ts'
import type { Access, BitrixClient, CommandAnswer } from './client.ts'
import { resultOf } from './look.ts'
import { markerMissing, markerQuestions } from './marker-field.ts'
import { bagOf, idIn, listOf, textIn } from './record.ts'

/** What a webhook may do on its portal. */
export interface Found {
  readonly access: Access
  /** The user it speaks for. */
  readonly me: number
  readonly name: string
  /** Departments this user is head of. */
  readonly departments: number
  /** Rights without which nothing works, and those without which something is missing. */
  readonly missing: readonly string[]
  readonly lacking: readonly string[]
  /** The field in which a decision leaves its mark: is there, may be made, or neither. */
  readonly marker: 'there' | 'possible' | 'impossible'
  readonly epoch: string
  /** IANA; by the portal's offset when it names none. */
  readonly zone: string
}

/** Whoever only asks who is there stores nothing. */
export const openPortal = (access: Access): BitrixClient =>
  createClient({ access, onAccess: () => undefined })

const needed = ['crm', 'user', 'department']
const useful = ['task', 'timeman', 'calendar']
/** Each contains what is needed of `user` (bitrix24.md 1.3). */
const userScopes = new Set(['user', 'user_basic', 'user_brief'])

/** One batch of the capability probe (bitrix24.md 1.3), then the departments. Throws BackendError. */
export async function probeOf(access: Access, signal: AbortSignal): Promise<Found> {
  const client = openPortal(access)
  try {
    const answers = await client.batch(
      [
        { key: 'me', method: 'profile', params: {} },
        { key: 'scope', method: 'scope', params: {} },
        { key: 'admin', method: 'user.admin', params: {} },
        { key: 'time', method: 'server.time', params: {} },
        { key: 'user', method: 'user.current', params: {} },
        ...markerQuestions,
      ],
      { signal },
    )
    const profile = bagOf(resultOf(answers.get('me')))
    const me = idIn(profile, 'ID') ?? 0
    const scopes = scopesIn(answers.get('scope'))
    const has = (name: string) =>
      scopes.has(name) || (name === 'user' && [...userScopes].some(one => scopes.has(one)))
    const departments = has('department') ? await headedBy(client, me, signal) : 0
    const host = new URL(access.address).host.toLowerCase()
    return {
      access,
      me,
      name: `${textIn(profile, 'NAME')} ${textIn(profile, 'LAST_NAME')}`.trim(),
      departments,
      missing: needed.filter(name => !has(name)),
      lacking: useful.filter(name => !has(name)),
      marker: markerIn(answers),
      epoch: `${host}#${me}`,
      zone: zoneIn(answers),
    }
  } finally {
    client.close()
  }
}

function markerIn(answers: ReadonlyMap<string, CommandAnswer>): Found['marker'] {
  if (markerMissing(answers).length === 0) return 'there'
  return valueOf(answers.get('admin')) === true ? 'possible' : 'impossible'
}

const valueOf = (answer: CommandAnswer | undefined): unknown =>
  answer?.kind === 'answered' ? answer.answer.result : undefined

function scopesIn(answer: CommandAnswer | undefined): ReadonlySet<string> {
  const value = valueOf(answer)
  return new Set(Array.isArray(value) ? value.filter(one => typeof one === 'string') : [])
}

async function headedBy(client: BitrixClient, me: number, signal: AbortSignal): Promise<number> {
  const { result } = await client.call('department.get', { UF_HEAD: me }, { signal })
  return listOf(result).filter(row => idIn(row, 'UF_HEAD') === me).length
}

/** By minutes east of Greenwich: a portal tells its offset, not the name of its zone. */
const zones: ReadonlyMap<number, string> = new Map([
  [120, 'Europe/Kaliningrad'],
  [180, 'Europe/Moscow'],
  [240, 'Europe/Samara'],
  [300, 'Asia/Yekaterinburg'],
  [360, 'Asia/Omsk'],
  [420, 'Asia/Krasnoyarsk'],
  [480, 'Asia/Irkutsk'],
  [540, 'Asia/Yakutsk'],
  [600, 'Asia/Vladivostok'],
  [660, 'Asia/Magadan'],
  [720, 'Asia/Kamchatka'],
])

function zoneIn(answers: ReadonlyMap<string, CommandAnswer>): string {
  const named = textIn(bagOf(valueOf(answers.get('user'))), 'TIME_ZONE')
  if (named !== '' && isZone(named)) return named
  const [, sign, hours, minutes] =
    /([+-])(\d\d):(\d\d)$/.exec(textIn({ time: valueOf(answers.get('time')) }, 'time')) ?? []
  const offset = (Number(hours ?? 0) * 60 + Number(minutes ?? 0)) * (sign === '-' ? -1 : 1)
  return zones.get(offset) ?? Intl.DateTimeFormat().resolvedOptions().timeZone
}

function isZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}
