import { auditFaults } from '../store/audit.ts'
import { type CaseCounts, caseCounts, caseFaults } from '../store/faults.ts'
import type { HubStore } from '../store/hub-store.ts'
import { type Desk, Stopped, withStore } from './desk.ts'

/** `fault`: something is broken; `remark`: worth knowing. `code` names the sentence in words. */
export interface Finding {
  readonly level: 'fault' | 'remark'
  readonly code:
    | 'file'
    | 'audit'
    | 'conservation'
    | 'orphans'
    | 'headless'
    | 'noHeadAtAll'
    | 'dismissed'
  readonly detail: string
}

/** `doctor [--json]`: changes nothing; stops with 1 when something is broken. */
export async function doctorCommand(desk: Desk): Promise<void> {
  const { line, t, say } = desk
  const { findings, counts } = await withStore(desk, examine)
  const faults = findings.filter(one => one.level === 'fault')
  if (line.isJson) say(JSON.stringify({ isSound: faults.length === 0, counts, findings }))
  else for (const { code, detail } of findings) say(t(`hub.cli.doctor.${code}`, { detail }))
  if (faults.length > 0) throw new Stopped('')
  if (!line.isJson) say(t('hub.cli.doctor.sound', { ...counts }))
}

/** Everything the hub stands on: the file, the audit chain, conservation, heads, people who left. */
export async function examine(
  store: HubStore,
): Promise<{ findings: readonly Finding[]; counts: CaseCounts }> {
  const { db, database } = store
  const findings: Finding[] = []
  for (const detail of await database.faults())
    findings.push({ level: 'fault', code: 'file', detail })
  for (const detail of await auditFaults(db))
    findings.push({ level: 'fault', code: 'audit', detail })
  for (const fault of await caseFaults(db)) findings.push({ level: 'fault', ...fault })
  findings.push(...(await remarks(store)))
  return { findings, counts: await caseCounts(db) }
}

async function remarks({ db, world }: HubStore): Promise<readonly Finding[]> {
  const { index } = await world()
  const remark = (code: Finding['code'], detail: string): Finding => ({
    level: 'remark',
    code,
    detail,
  })
  const headless = [...index.departmentById.values()].filter(
    one => !index.headOf.has(one.departmentId),
  )
  const found: Finding[] = []
  if (index.headOf.size === 0) found.push(remark('noHeadAtAll', ''))
  else if (headless.length > 0)
    found.push(
      remark(
        'headless',
        headless
          .map(one => one.name)
          .sort()
          .join(', '),
      ),
    )
  const holding = await db
    .selectFrom('cases')
    .innerJoin('employees', 'employees.employeeId', 'cases.responsibleId')
    .select(['employees.name', eb => eb.fn.countAll<number | string>().as('count')])
    .where('employees.isDismissed', '=', 1)
    .where('cases.status', '<>', 'closed')
    .groupBy(['employees.employeeId', 'employees.name'])
    .execute()
  if (holding.length > 0)
    found.push(remark('dismissed', holding.map(one => `${one.name} (${one.count})`).join(', ')))
  return found
}
