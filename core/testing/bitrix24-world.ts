import type { Sending } from '../backends/backend.ts'
import { itemHere, taskHere } from '../backends/bitrix24/look.ts'
import type { Look, Turn } from '../backends/bitrix24/look.ts'
import { nothingKnown } from '../backends/bitrix24/presence.ts'
import { rosterOf } from '../backends/bitrix24/roster.ts'
import { usualRule } from '../backends/bitrix24/rule.ts'
import { worldOf } from '../backends/bitrix24/world.ts'
import type { World } from '../backends/bitrix24/world.ts'
/** An invented portal for tests: a head, two people and a funnel. */
import type { Decision, Fields } from '../domain/decision.ts'
import { idOf } from '../domain/id.ts'
import type { ActId, CaseId, DecisionId, WorkspaceId } from '../domain/id.ts'

const space = 'bitrix24-00000000' as WorkspaceId
export const head = 1
export const anna = 7
export const oleg = 8
export const gone = 9
export const person = (id: number) => idOf(space, 'employee', String(id))
export const room = (id: number) => idOf(space, 'department', String(id))
const caseId = (local: string): CaseId => idOf(space, 'case', local)

const one = (id: number, name: string, departmentIds: readonly number[], isActive = true) => ({
  id,
  name,
  departmentIds,
  isActive,
  post: '',
  isExtranet: false,
})

export const aWorld = (rule: Partial<World['rule']> = {}): World =>
  worldOf({
    workspaceId: space,
    me: head,
    rule: { ...usualRule(head), marker: 'UF_CRM_NACHALO', ...rule },
    roster: rosterOf(
      [
        one(head, 'Начальник', [5]),
        one(anna, 'Анна', [5]),
        one(oleg, 'Олег', [6]),
        one(gone, 'Бывший', [5], false),
        one(20, 'Сосед', [4]),
      ],
      [
        { id: 3, parentId: null, name: 'Компания', headId: 30, sort: 1 },
        { id: 4, parentId: 3, name: 'Соседи', headId: 20, sort: 1 },
        { id: 5, parentId: 3, name: 'Продажи', headId: head, sort: 1 },
        { id: 6, parentId: 5, name: 'Опт', headId: oleg, sort: 1 },
      ],
    ),
    funnels: [
      {
        typeId: 2,
        categoryId: 0,
        name: 'Общая',
        stages: [
          { stageId: 'NEW', name: 'Новая', status: 'open' },
          { stageId: 'WORK', name: 'В работе', status: 'open' },
          { stageId: 'WON', name: 'Успех', status: 'closed' },
        ],
      },
    ],
    presence: nothingKnown,
    taken: new Map(),
    names: { leads: 'Лиды', deals: 'Сделки', tasks: 'Задачи' },
  })

const at = '2026-11-20T12:00:00+03:00'

export const aDeal = (world: World, over: Readonly<Record<string, unknown>> = {}): Look =>
  itemHere(world, 2, {
    id: 351,
    title: 'Поставка',
    assignedById: head,
    categoryId: 0,
    stageId: 'NEW',
    createdTime: at,
    updatedTime: at,
    updatedBy: head,
    UF_CRM_NACHALO: null,
    ...over,
  })

export const aTask = (
  world: World,
  turns: readonly Turn[],
  over: Readonly<Record<string, unknown>> = {},
): Look =>
  taskHere(
    world,
    {
      id: '8017',
      title: 'Позвонить',
      responsibleId: String(head),
      createdBy: String(head),
      status: '2',
      changedDate: at,
      createdDate: at,
      ...over,
    },
    turns,
  )

export const decisionId = '01900000-0000-7000-8000-000000000001' as DecisionId

export const aSending = (
  local: string,
  want: Fields,
  base: Fields,
  over: Partial<Sending> = {},
): Sending => ({
  decision: aDecision(local, want, base),
  isDoubtful: false,
  witness: null,
  ...over,
})

const aDecision = (local: string, want: Fields, base: Fields): Decision => ({
  v: 1,
  decisionId,
  actId: '01900000-0000-7000-8000-000000000002' as ActId,
  kind: 'set',
  verb: 'assign',
  caseId: caseId(local),
  want,
  base,
  issuedBy: { employeeId: person(head) },
  issuedAt: 0,
  undoes: null,
  supersedes: null,
  isOverridden: false,
  reasons: [],
})
