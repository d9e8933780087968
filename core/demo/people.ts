import { backPeople } from './people-back.ts'
import { frontPeople } from './people-front.ts'
import type { DemoPerson } from './person.ts'

/** A department of the invented company; `parent` is an id of this list. */
export interface DemoDepartment {
  readonly id: string
  readonly parent: string | null
  readonly name: string
  readonly limit?: number
}

/** The head of «Оформление документов» has left and nobody has come yet: its cases go up. */
export const departments: readonly DemoDepartment[] = [
  { id: 'house', parent: null, name: 'Загородный дом', limit: 10 },
  { id: 'contact', parent: 'house', name: 'Контакт-центр' },
  { id: 'first-line', parent: 'contact', name: 'Первая линия' },
  { id: 'window', parent: 'contact', name: 'Служба единого окна' },
  { id: 'papers', parent: 'contact', name: 'Оформление документов', limit: 8 },
  { id: 'sales', parent: 'house', name: 'Продажи', limit: 12 },
  { id: 'key-clients', parent: 'sales', name: 'Ключевые клиенты' },
  { id: 'accounting', parent: 'house', name: 'Бухгалтерия' },
  { id: 'delivery', parent: 'house', name: 'Доставка и монтаж' },
  { id: 'legal', parent: 'house', name: 'Юридический отдел', limit: 8 },
]

/** Whose desk the demo shows. */
export const demoOwner = 'vetrova'

export const people: readonly DemoPerson[] = [...frontPeople, ...backPeople]

/** While Воронцова is away, Панин answers for the single window. */
export const substitution = { employee: 'vorontsova', substitute: 'panin' }
/** Gives out the cases of the delivery without being its head. */
export const dispatcher = { employee: 'ershova', department: 'delivery' }
