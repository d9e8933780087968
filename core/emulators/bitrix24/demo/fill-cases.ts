import type { Chance } from '../chance.ts'
import { newItem } from '../changes.ts'
import { bindingOf } from '../render-item.ts'
import { company, contact, deal, lead } from '../rows.ts'
import type { Values } from '../values.ts'
import type { World } from '../world.ts'
import { demo, words } from './company.ts'

const dayMs = 86_400_000
const hourMs = 3_600_000

/** Who cases are given to; a few lie on the dismissed, and a few outside of the department. */
const owners = [11, 11, 12, 12, 13, 14, 15, 16, 18, 20, 21, 22, 23, 21, 12, 13] as const
const outsiders = [1, 30, 31, 33] as const
/** Of the open cases so many wait for an owner: their responsible is the head, their stage the first. */
const shareWithoutOwner = 0.25

interface Filling {
  readonly world: World
  readonly chance: Chance
  readonly now: number
}

/** Deals are `count`; leads a quarter of them, items of the processes a sixth, tasks a quarter. */
export function fillCases(world: World, chance: Chance, count: number): void {
  const filling = { world, chance, now: world.time.second() }
  fillCompanies(filling, Math.ceil(count / 8))
  fillContacts(filling, Math.ceil(count / 2))
  fillDeals(filling, count)
  fillLeads(filling, Math.ceil(count / 4))
  fillProcess(filling, demo.complaints, Math.ceil(count / 6))
  fillProcess(filling, demo.visits, Math.ceil(count / 20))
  fillTasks(filling, Math.ceil(count / 4))
  fillCalls(filling, Math.min(200, Math.ceil(count / 10)))
}

const idAt = (index: number): number => 101 + index * 2

function put(filling: Filling, entityTypeId: number, index: number, values: Values): void {
  const { world, chance, now } = filling
  const at = now - chance.between(1, 60 * 24) * hourMs - chance.between(0, 3599) * 1000
  const draft = { id: idAt(index), entityTypeId, values }
  world.items(entityTypeId)?.lay(newItem(world, draft, { at, userId: demo.director }))
}

function fillCompanies(filling: Filling, count: number): void {
  for (let index = 0; index < count; index += 1)
    put(filling, company, index, {
      title: `${filling.chance.oneOf(words.companies)} ${index + 1}`,
      assignedById: filling.chance.oneOf(owners),
    })
}

function fillContacts(filling: Filling, count: number): void {
  const { chance } = filling
  for (let index = 0; index < count; index += 1)
    put(filling, contact, index, {
      name: chance.oneOf(words.firstNames),
      lastName: chance.oneOf(words.lastNames),
      assignedById: chance.isLucky(0.1) ? chance.oneOf(outsiders) : chance.oneOf(owners),
      companyId: idAt(chance.between(0, Math.ceil(count / 4) - 1)),
      hasPhone: 'Y',
      fm: [
        {
          id: 5000 + index,
          typeId: 'PHONE',
          valueType: 'WORK',
          value: `+7900${String(1_000_000 + index)}`,
        },
      ],
    })
}

/** Who has it and how far it is: waiting for an owner, in work, done. */
function placed({ world, chance }: Filling, entityTypeId: number, categoryId: number): Values {
  const stages = world.stagesOf(entityTypeId, categoryId)
  const [first] = stages
  if (chance.isLucky(shareWithoutOwner))
    return { assignedById: demo.head, stageId: first?.statusId ?? '', categoryId }
  const isOutside = chance.isLucky(0.08)
  const isOrphan = chance.isLucky(0.03)
  const assignedById = isOutside
    ? chance.oneOf(outsiders)
    : isOrphan
      ? demo.dismissed
      : chance.oneOf(owners)
  return { assignedById, stageId: chance.oneOf(stages).statusId, categoryId }
}

function clients({ world, chance }: Filling): Values {
  const count = world.items(contact)?.size ?? 1
  const first = idAt(chance.between(0, count - 1))
  const second = idAt(chance.between(0, count - 1))
  const isTwo = chance.isLucky(0.4) && second !== first
  return { contactIds: isTwo ? [first, second] : [first] }
}

function fillDeals(filling: Filling, count: number): void {
  const { world, chance, now } = filling
  const companies = world.items(company)?.size ?? 1
  for (let index = 0; index < count; index += 1) {
    const categoryId = chance.isLucky(0.4) ? 9 : 0
    const place = placed(filling, deal, categoryId)
    put(filling, deal, index, {
      title: `${chance.oneOf(words.deal)} ${chance.oneOf(words.dealFor)} № ${idAt(index)}`,
      ...place,
      ...clients(filling),
      companyId: chance.isLucky(0.3) ? idAt(chance.between(0, companies - 1)) : 0,
      opportunity: chance.between(1, 900) * 1000,
      sourceId: chance.oneOf(['CALL', 'EMAIL', 'WEB']),
    })
    if (index % 5 === 0) fillTodo(filling, idAt(index), Number(place['assignedById']), now)
  }
}

function fillTodo({ world, chance }: Filling, ownerId: number, userId: number, now: number): void {
  world.activities.lay({
    id: world.activities.nextId(),
    ownerTypeId: deal,
    ownerId,
    typeId: 6,
    providerId: 'CRM_TODO',
    providerTypeId: 'TODO',
    subject: words.call,
    description: '',
    responsibleId: userId,
    authorId: userId,
    isCompleted: false,
    direction: 0,
    createdAt: now - dayMs,
    updatedAt: now - dayMs,
    deadline: now + chance.between(-48, 96) * hourMs,
  })
}

function fillLeads(filling: Filling, count: number): void {
  const { chance } = filling
  for (let index = 0; index < count; index += 1) {
    const { categoryId: _, ...place } = placed(filling, lead, 0)
    put(filling, lead, index, {
      title: `${words.lead} № ${idAt(index)}`,
      name: chance.oneOf(words.firstNames),
      lastName: chance.oneOf(words.lastNames),
      ...place,
      opportunity: chance.between(0, 90) * 1000,
      sourceId: 'WEB',
    })
  }
}

function fillProcess(filling: Filling, entityTypeId: number, count: number): void {
  const category = filling.world.categories.find(each => each.entityTypeId === entityTypeId)
  const word = entityTypeId === demo.complaints ? words.complaint : words.visit
  for (let index = 0; index < count; index += 1)
    put(filling, entityTypeId, index, {
      title: `${word} № ${idAt(index)}`,
      ...placed(filling, entityTypeId, category?.id ?? 0),
      ...clients(filling),
    })
}

function fillTasks({ world, chance, now }: Filling, count: number): void {
  const deals = world.items(deal)?.size ?? 1
  for (let index = 0; index < count; index += 1) {
    const isWaiting = chance.isLucky(shareWithoutOwner)
    const isOfGroup = chance.isLucky(0.3)
    const createdDate = now - chance.between(1, 30 * 24) * hourMs
    const status = isWaiting ? 2 : chance.oneOf([2, 3, 3, 4, 5, 6])
    world.tasks.lay({
      id: 1001 + index * 3,
      title: `${chance.oneOf(words.task)} № ${index + 1}`,
      description: '',
      status,
      responsibleId: isWaiting ? demo.head : chance.oneOf(owners),
      createdBy: chance.oneOf([demo.director, demo.head, 11, 12]),
      changedBy: demo.director,
      accomplices: [],
      auditors: [],
      groupId: isOfGroup ? demo.group : 0,
      flowId: null,
      stageId: 0,
      deadline: chance.isLucky(0.7) ? now + chance.between(-72, 240) * hourMs : null,
      createdDate,
      changedDate: createdDate,
      activityDate: createdDate,
      closedDate: status === 5 ? now - hourMs : null,
      bindings: chance.isLucky(0.5) ? [bindingOf(deal, idAt(chance.between(0, deals - 1)))] : [],
    })
  }
}

function fillCalls({ world, chance, now }: Filling, count: number): void {
  const contacts = world.items(contact)?.size ?? 1
  for (let index = 0; index < count; index += 1) {
    const place = chance.between(0, contacts - 1)
    const isMissed = chance.isLucky(0.3)
    world.calls.lay({
      id: 700 + index,
      userId: isMissed ? demo.head : chance.oneOf(owners),
      phone: `+7900${String(1_000_000 + place)}`,
      type: 2,
      seconds: isMissed ? 0 : chance.between(10, 600),
      at: now - (count - index) * hourMs,
      code: isMissed ? '304' : '200',
      entityType: 'CONTACT',
      entityId: idAt(place),
    })
  }
}
