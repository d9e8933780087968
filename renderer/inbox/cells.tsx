import {
  IconAlertCircle,
  IconAlertTriangle,
  IconChevronsUp,
  IconClock,
  IconClockHour4,
  IconCloudUp,
  IconDots,
  IconGitCompare,
  IconHome,
  IconMail,
  IconPhone,
  IconWorld,
} from '@tabler/icons-react'
import type { ICellRendererComp, ICellRendererParams } from 'ag-grid-community'
import type { Case } from '../../core/domain/case.ts'
import { sayAge, sayNumber, sayReason } from '../../core/words/say.ts'
import { bestHint } from '../state/select.ts'
import { drawn, element } from '../ui/drawn.ts'
import { dueInWords, highPriority } from '../ui/due.ts'
import { shortLength, shortName } from '../ui/format.ts'
import type { Drawing } from './drawing.ts'
import marks from '../ui/case-marks.module.css'
import styles from './cells.module.css'

/** Fills the element of a cell anew. */
type Draw = (theCase: Case, drawing: Drawing, cell: HTMLElement) => void

type Params = ICellRendererParams<Case, unknown, { readonly current: Drawing }>

/** A cell without a component: dozens come into sight in every frame while a head scrolls. */
const cellOf = (draw: Draw): new () => ICellRendererComp<Case> =>
  class Cell implements ICellRendererComp<Case> {
    #element = element(undefined)
    init({ data, context }: Params) {
      if (data) draw(data, context.current, this.#element)
    }
    refresh(params: Params) {
      const before = this.#element
      this.#element = element(undefined)
      this.init(params)
      before.replaceWith(this.#element)
      return true
    }
    getGui() {
      return this.#element
    }
  }

/** A sentence put together when the pointer comes: hardly one is ever read. */
const tellOnHover = (cell: HTMLElement, say: () => string): void => {
  cell.addEventListener('pointerenter', () => (cell.title = say()), { once: true })
}

const urgent = drawn(<IconChevronsUp size={15} className={marks.urgent} />)
const unsent = drawn(<IconCloudUp size={14} className={marks.pending} />)
const conflict = drawn(<IconGitCompare size={14} className={marks.conflict} />)

export const SubjectCell = cellOf((theCase, { t, pending }, cell) => {
  const { caseId, subject, priority } = theCase
  cell.className = styles.subject ?? ''
  cell.title = subject
  if (priority >= highPriority) cell.append(urgent(t(`case.priority.${priority}`)))
  cell.append(element(styles.text, subject))
  const state = pending[caseId]
  if (state === 'conflict') cell.append(conflict(t('desk.row.conflict')))
  else if (state) cell.append(unsent(t('desk.row.unsent')))
})

const sources = {
  mail: drawn(<IconMail size={15} stroke={1.6} />),
  phone: drawn(<IconPhone size={15} stroke={1.6} />),
  web: drawn(<IconWorld size={15} stroke={1.6} />),
  internal: drawn(<IconHome size={15} stroke={1.6} />),
  other: drawn(<IconDots size={15} stroke={1.6} />),
}

export const SourceCell = cellOf(({ source }, { t }, cell) => {
  const name = t(`case.source.${source}`)
  cell.className = styles.source ?? ''
  cell.title = name
  cell.append(sources[source](name))
})

export const AgeCell = cellOf(({ createdAt }, { t, place }, cell) => {
  const ageMs = Math.max(0, place.now - createdAt)
  cell.append(shortLength(t, ageMs, place.language))
  tellOnHover(cell, () => sayAge(t, ageMs, place.language))
})

const tones = {
  late: drawn(<IconAlertCircle size={14} stroke={1.8} aria-hidden />),
  soon: drawn(<IconClockHour4 size={14} stroke={1.8} aria-hidden />),
  far: drawn(<IconClock size={14} stroke={1.8} aria-hidden />),
}

export const DueCell = cellOf(({ dueAt }, { t, place }, cell) => {
  if (dueAt === null) return cell.append(element(marks.none, '—'))
  const { tone, left, full } = dueInWords(t, dueAt, place)
  cell.className = marks.due ?? ''
  cell.dataset['tone'] = tone
  tellOnHover(cell, full)
  return cell.append(tones[tone](), element(undefined, left))
})

const warning = drawn(<IconAlertTriangle size={13} stroke={2.2} className={styles.warning} />)

/** Who the first hint is, and the load after: «→ Анна П. 7/10». */
export const HintCell = cellOf((theCase, { t, place, world }, cell) => {
  if (!world) return undefined
  const hint = bestHint(world, theCase)
  const employee = hint && world.index.employeeById.get(hint.employeeId)
  if (!hint || !employee) return cell.append(element(styles.none, t('desk.row.nobody')))
  const { loadAfter, limit, reasons, verdict } = hint.judgement
  const number = (value: number) => sayNumber(Math.round(value * 10) / 10, place.language)
  cell.className = styles.hint ?? ''
  tellOnHover(
    cell,
    () => `${employee.name}: ${reasons.map(one => sayReason(t, one, place)).join(', ')}`,
  )
  if (verdict !== 'ok') cell.append(warning(t(`desk.verdict.${verdict}`)))
  return cell.append(
    element(styles.text, `→ ${shortName(employee.name)}`),
    element(styles.load, `${number(loadAfter)}/${number(limit)}`),
  )
})
