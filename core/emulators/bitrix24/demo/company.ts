import type { Category, Department, DynamicType, Group } from '../rows.ts'

/** An invented company; `isAway` marks the one on leave. */
export interface DemoPerson {
  readonly id: number
  readonly name: string
  readonly lastName: string
  readonly post: string
  readonly department: number | null
  readonly day?: 'OPENED' | 'CLOSED' | 'PAUSED' | 'EXPIRED' | 'untracked'
  readonly is?: 'admin' | 'dismissed' | 'away' | 'extranet'
}

/** Who is who in the demo, for tests and for the command line. */
export const demo = {
  director: 1,
  /** Head of sales with eight people and a department below: whose desk the demo shows. */
  head: 10,
  onLeave: 16,
  dismissed: 17,
  /** Head of the department below the sales. */
  lowerHead: 20,
  /** Heads another department. */
  stranger: 30,
  extranet: 40,
  /** Departments. */
  sales: 5,
  regulars: 7,
  /** Smart processes. */
  complaints: 128,
  visits: 177,
  group: 3,
} as const

export const departments: readonly Department[] = [
  { id: 1, name: 'Речная верфь', parent: null, headId: 1 },
  { id: 5, name: 'Отдел продаж', parent: 1, headId: 10 },
  { id: 7, name: 'Постоянные клиенты', parent: 5, headId: 20 },
  { id: 9, name: 'Бухгалтерия', parent: 1, headId: 30 },
  { id: 11, name: 'Склад', parent: 1, headId: null },
]

export const people: readonly DemoPerson[] = [
  { id: 1, name: 'Степан', lastName: 'Затонский', post: 'Директор', department: 1, is: 'admin' },
  { id: 10, name: 'Вера', lastName: 'Плёсова', post: 'Руководитель отдела продаж', department: 5 },
  { id: 11, name: 'Артём', lastName: 'Бакенов', post: 'Менеджер', department: 5 },
  { id: 12, name: 'Дарья', lastName: 'Причалова', post: 'Менеджер', department: 5 },
  {
    id: 13,
    name: 'Игнат',
    lastName: 'Шлюзов',
    post: 'Старший менеджер',
    department: 5,
    day: 'PAUSED',
  },
  { id: 14, name: 'Лидия', lastName: 'Волнова', post: 'Менеджер', department: 5, day: 'CLOSED' },
  {
    id: 15,
    name: 'Марат',
    lastName: 'Якорев',
    post: 'Менеджер',
    department: 5,
    day: 'untracked',
  },
  {
    id: 16,
    name: 'Нина',
    lastName: 'Кормилова',
    post: 'Менеджер',
    department: 5,
    day: 'CLOSED',
    is: 'away',
  },
  {
    id: 17,
    name: 'Олег',
    lastName: 'Фарватеров',
    post: 'Менеджер',
    department: 5,
    day: 'CLOSED',
    is: 'dismissed',
  },
  { id: 18, name: 'Полина', lastName: 'Баркасова', post: 'Стажёр', department: 5, day: 'EXPIRED' },
  {
    id: 20,
    name: 'Роман',
    lastName: 'Лоцманов',
    post: 'Руководитель группы',
    department: 7,
  },
  { id: 21, name: 'Софья', lastName: 'Парусова', post: 'Менеджер', department: 7 },
  { id: 22, name: 'Тимур', lastName: 'Килев', post: 'Менеджер', department: 7 },
  { id: 23, name: 'Ульяна', lastName: 'Мачтова', post: 'Менеджер', department: 7 },
  { id: 30, name: 'Фёдор', lastName: 'Счётов', post: 'Главный бухгалтер', department: 9 },
  { id: 31, name: 'Юлия', lastName: 'Балансова', post: 'Бухгалтер', department: 9 },
  { id: 33, name: 'Яков', lastName: 'Стеллажов', post: 'Кладовщик', department: 11 },
  {
    id: 40,
    name: 'Эльвира',
    lastName: 'Гостева',
    post: 'Подрядчик',
    department: null,
    is: 'extranet',
  },
]

/** Of those whom only the number of people asks for. */
export const moreNames = {
  first: ['Анна', 'Борис', 'Глеб', 'Елена', 'Захар', 'Инна', 'Кирилл', 'Майя', 'Павел', 'Рита'],
  last: ['Ивняк', 'Камыш', 'Омут', 'Перекат', 'Ракита', 'Ручей', 'Стрелка', 'Туман', 'Яр', 'Лоза'],
  post: 'Специалист',
  department: 'Участок',
}

export const types: readonly DynamicType[] = [
  { id: 3, entityTypeId: demo.complaints, title: 'Рекламации' },
  { id: 9, entityTypeId: demo.visits, title: 'Выезды' },
]

export const categories: readonly Category[] = [
  { id: 9, entityTypeId: 2, name: 'Опт', sort: 200, isDefault: false },
  { id: 0, entityTypeId: 2, name: 'Розница', sort: 300, isDefault: true },
  { id: 7, entityTypeId: demo.complaints, name: 'Общая', sort: 500, isDefault: true },
  { id: 12, entityTypeId: demo.visits, name: 'Общая', sort: 500, isDefault: true },
]

type Stage = readonly [id: string, name: string, color: string, semantics?: 'S' | 'F']

/** Stages by the directory they lie in, in order. */
export const stages: readonly {
  readonly entityId: string
  readonly categoryId: number | null
  readonly prefix: string
  readonly rows: readonly Stage[]
}[] = [
  {
    entityId: 'STATUS',
    categoryId: null,
    prefix: '',
    rows: [
      ['NEW', 'Не обработан', '#39A8EF'],
      ['IN_PROCESS', 'В работе', '#2FC6F6'],
      ['PROCESSED', 'Обработан', '#55D0E0'],
      ['CONVERTED', 'Качественный лид', '#7BD500', 'S'],
      ['JUNK', 'Некачественный лид', '#FF5752', 'F'],
    ],
  },
  {
    entityId: 'DEAL_STAGE',
    categoryId: 0,
    prefix: '',
    rows: [
      ['NEW', 'Новая', '#39A8EF'],
      ['PREPARATION', 'Подготовка документов', '#2FC6F6'],
      ['EXECUTING', 'В работе', '#FFA900'],
      ['WON', 'Успешна', '#7BD500', 'S'],
      ['LOSE', 'Провалена', '#FF5752', 'F'],
    ],
  },
  {
    entityId: 'DEAL_STAGE_9',
    categoryId: 9,
    prefix: 'C9:',
    rows: [
      ['NEW', 'Заявка', '#39A8EF'],
      ['PREPAYMENT_INVOICE', 'Счёт на предоплату', '#55D0E0'],
      ['UC_NYL06U', 'Отгрузка', '#FFA900'],
      ['WON', 'Отгружено', '#7BD500', 'S'],
      ['LOSE', 'Отказ', '#FF5752', 'F'],
      ['APOLOGY', 'Разбор отказа', '#FF5752', 'F'],
    ],
  },
  {
    entityId: 'DYNAMIC_128_STAGE_7',
    categoryId: 7,
    prefix: 'DT128_7:',
    rows: [
      ['NEW', 'Получена', '#22B9FF'],
      ['PREPARATION', 'Разбирается', '#88B9FF'],
      ['CLIENT', 'Ответ клиенту', '#10E5FC'],
      ['SUCCESS', 'Улажена', '#00FF00', 'S'],
      ['FAIL', 'Отклонена', '#FF0000', 'F'],
    ],
  },
  {
    entityId: 'DYNAMIC_177_STAGE_12',
    categoryId: 12,
    prefix: 'DT177_12:',
    rows: [
      ['NEW', 'Заявлен', '#22B9FF'],
      ['CLIENT', 'В пути', '#10E5FC'],
      ['SUCCESS', 'Выполнен', '#00FF00', 'S'],
      ['FAIL', 'Отменён', '#FF0000', 'F'],
    ],
  },
]

export const sources: readonly (readonly [id: string, name: string])[] = [
  ['CALL', 'Звонок'],
  ['EMAIL', 'Электронная почта'],
  ['WEB', 'Сайт'],
  ['RECOMMENDATION', 'По рекомендации'],
]

export const groups: readonly Group[] = [
  { id: demo.group, name: 'Весенний спуск', ownerId: 10, members: [10, 11, 12, 20, 21, 30] },
]

/** What cases, clients and calls are called. */
export const words = {
  leave: 'Отпуск',
  meeting: 'Планёрка',
  call: 'Перезвонить клиенту',
  deal: ['Лодка', 'Катер', 'Причал', 'Понтон', 'Баржа', 'Плот', 'Каяк', 'Буксир'],
  dealFor: ['для базы отдыха', 'под заказ', 'на весну', 'с доставкой', 'в рассрочку'],
  lead: 'Заявка с сайта',
  complaint: 'Рекламация',
  visit: 'Выезд на осмотр',
  task: ['Подготовить договор', 'Выслать прайс', 'Проверить оплату', 'Согласовать чертёж'],
  firstNames: ['Алла', 'Вадим', 'Галина', 'Денис', 'Жанна', 'Лев', 'Оксана', 'Юрий'],
  lastNames: ['Берёзкин', 'Вербицкий', 'Дубравин', 'Калинов', 'Липатов', 'Ольхов', 'Рябин'],
  companies: ['ООО «Затон»', 'ИП Осокин', 'ООО «Пристань»', 'АО «Тихая гавань»', 'ООО «Плёс»'],
} as const
