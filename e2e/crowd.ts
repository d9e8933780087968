import { type Dump, type Row, rowsOf, type StoryWorld, variantOf, type World } from './worlds.ts'

const hourMs = 3_600_000

/** A row like this one, new to the hub. */
const like = (row: Row | undefined, change: Row): Row => ({ ...row, ...change, version: null })

/** So many people more in the first line, «Сотрудник 1» and on. */
export function addPeople(dump: Dump, count: number): void {
  const employee = rowsOf(dump, 'employees').find(row => row['employeeId'] === 'nosov')
  const post = rowsOf(dump, 'posts').find(row => row['employeeId'] === 'nosov')
  for (let n = 1; n <= count; n += 1) {
    const employeeId = `extra-${n}`
    rowsOf(dump, 'employees').push(like(employee, { employeeId, name: `Сотрудник ${n}` }))
    rowsOf(dump, 'posts').push(like(post, { postId: `post-${employeeId}`, employeeId }))
  }
}

/** So many unassigned cases more, due one hour after another. */
export function addCases(dump: Dump, count: number, momentAt: number): void {
  const first = rowsOf(dump, 'cases').find(
    row => row['responsibleId'] === null && row['departmentId'] === 'contact',
  )
  for (let n = 1; n <= count; n += 1) {
    const number = `9${String(n).padStart(6, '0')}`
    const change = {
      caseId: number,
      number,
      subject: `Дело из большой очереди ${n}`,
      dueAt: momentAt + n * hourMs,
    }
    rowsOf(dump, 'cases').push(like(first, change))
  }
}

/** The invented company grown to two hundred people and ten thousand unassigned cases. */
export const crowdWorld = (workshop: string, demo: StoryWorld): Promise<World> =>
  variantOf(workshop, demo, dump => {
    addPeople(dump, 180)
    addCases(dump, 9_960, demo.momentAt)
  })

/** Changes the rows of a table for which `which` holds. */
export function alter(dump: Dump, table: string, which: Row, change: Row): void {
  for (const row of rowsOf(dump, table))
    if (Object.entries(which).every(([name, value]) => row[name] === value))
      Object.assign(row, change)
}
