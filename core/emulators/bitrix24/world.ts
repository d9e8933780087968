import type { EventQueue } from './event-queue.ts'
import { customSpec, type FieldSpec, specsOf } from './fields.ts'
import { numberIn } from './item-values.ts'
import {
  type Absence,
  type Activity,
  type Author,
  type Category,
  type Comment,
  company,
  contact,
  type CustomField,
  deal,
  type Department,
  type DynamicType,
  type Group,
  type Item,
  lead,
  type Notice,
  type Person,
  type PhoneCall,
  type StageMove,
  type Status,
  type Task,
  type TaskChange,
  type Write,
} from './rows.ts'
import { Table } from './table.ts'
import type { PortalTime } from './time.ts'

/** Such as a mandatory field of the stage, or a lack of rights to it (bitrix24.md 3.1). */
export interface ItemRefusal {
  readonly status: number
  readonly code: string
  readonly description: string
}

/** Everything a portal keeps. Methods read it, `changes.ts` changes it. */
export class World {
  readonly time: PortalTime
  readonly events: EventQueue
  readonly people = new Table<Person>()
  readonly departments = new Table<Department>()
  readonly tasks = new Table<Task>()
  readonly taskChanges = new Table<TaskChange>()
  readonly groups = new Table<Group>()
  readonly absences = new Table<Absence>()
  readonly types = new Table<DynamicType>()
  readonly statuses = new Table<Status>()
  readonly stageMoves = new Table<StageMove>()
  readonly customFields = new Table<CustomField>()
  readonly activities = new Table<Activity>()
  readonly comments = new Table<Comment>()
  readonly notices = new Table<Notice>()
  readonly calls = new Table<PhoneCall>()
  readonly categories: Category[] = []
  readonly writes: Write[] = []
  /** By `entityTypeId:id`. */
  readonly refusals = new Map<string, ItemRefusal>()
  /** Told of every item changed, so that robots may answer. */
  readonly watchers: ((item: Item, author: Author) => void)[] = []
  /** Switches of two quirks: idle updates are not saved, fresh items are updated a second later. */
  skipsIdleSaves = true
  hasLateUpdatedTime = false
  /** A new unguessable word, of 32 characters. */
  newSecret = (): string => ''
  /** The auth_connector of the call that is being carried out. */
  connector = ''
  readonly #items = new Map<number, Table<Item>>(
    [lead, deal, contact, company].map(id => [id, new Table<Item>()]),
  )
  readonly #specs = new Map<number, readonly FieldSpec[]>()
  #under: { readonly version: unknown; readonly of: Map<number, ReadonlySet<number>> } | null = null

  constructor(time: PortalTime, events: EventQueue) {
    this.time = time
    this.events = events
  }

  /** Rows of an entity; undefined: there is no such type. */
  items(entityTypeId: number): Table<Item> | undefined {
    return this.#items.get(entityTypeId)
  }

  addType(type: DynamicType): void {
    this.types.lay(type)
    this.#items.set(type.entityTypeId, new Table<Item>())
  }

  addCustomField(field: CustomField): void {
    this.customFields.put(field, this.time.now())
    this.#specs.clear()
  }

  /** Built-in and custom fields of an entity. */
  specs(entityTypeId: number): readonly FieldSpec[] {
    const found = this.#specs.get(entityTypeId)
    if (found) return found
    const entityId = this.customEntity(entityTypeId)
    const custom = this.customFields.all().filter(field => field.entityId === entityId)
    const specs = [...specsOf(entityTypeId), ...custom.map(customSpec)]
    this.#specs.set(entityTypeId, specs)
    return specs
  }

  /** How custom fields name the entity: `CRM_DEAL`, `CRM_<id of the type>`. */
  customEntity(entityTypeId: number): string {
    const names = new Map([
      [lead, 'CRM_LEAD'],
      [deal, 'CRM_DEAL'],
      [contact, 'CRM_CONTACT'],
      [company, 'CRM_COMPANY'],
    ])
    const type = this.types.all().find(each => each.entityTypeId === entityTypeId)
    return names.get(entityTypeId) ?? `CRM_${type?.id ?? 0}`
  }

  stage(entityTypeId: number, stageId: string): Status | undefined {
    return this.#stages(entityTypeId).find(status => status.statusId === stageId)
  }

  stagesOf(entityTypeId: number, categoryId: number): readonly Status[] {
    return this.#stages(entityTypeId).filter(each => (each.categoryId ?? 0) === categoryId)
  }

  readonly #stageRows = new Map<number, readonly Status[]>()
  #stages(entityTypeId: number): readonly Status[] {
    const found = this.#stageRows.get(entityTypeId)
    if (found) return found
    const entity = stageEntity(entityTypeId)
    const rows = this.statuses
      .all()
      .filter(each => entity.test(each.entityId))
      .toSorted((one, two) => one.sort - two.sort)
    this.#stageRows.set(entityTypeId, rows)
    return rows
  }

  /** Whom a head stands above: own and descendant departments (bitrix24.md 3.3), himself too. */
  under(userId: number): ReadonlySet<number> {
    const version = this.#orgVersion()
    if (this.#under?.version !== version) this.#under = { version, of: new Map() }
    const found = this.#under.of.get(userId)
    if (found) return found
    const departments = this.#below(userId)
    const people = this.people
      .all()
      .filter(person => person.departments.some(id => departments.has(id)))
    const ids = new Set([userId, ...people.map(person => person.id)])
    this.#under.of.set(userId, ids)
    return ids
  }

  #below(userId: number): ReadonlySet<number> {
    const all = this.departments.all()
    const found = new Set(all.filter(each => each.headId === userId).map(each => each.id))
    for (let before = -1; before !== found.size;) {
      before = found.size
      for (const each of all) if (each.parent !== null && found.has(each.parent)) found.add(each.id)
    }
    return found
  }

  #org = 0
  /** People or departments are not as they were. */
  orgChanged(): void {
    this.#org += 1
  }

  #orgVersion(): string {
    return `${this.#org} ${this.people.size} ${this.departments.size}`
  }

  ownerOf(item: Item): number {
    return numberIn(item.values['assignedById'])
  }
}

function stageEntity(entityTypeId: number): RegExp {
  if (entityTypeId === lead) return /^STATUS$/
  return entityTypeId === deal ? /^DEAL_STAGE/ : new RegExp(`^DYNAMIC_${entityTypeId}_STAGE_`)
}
