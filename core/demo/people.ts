import type { AbsenceKind, Week } from '../domain/org.ts'

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

/** `load`: points to hold at the start; `away` in days from today, the end exclusive. */
export interface DemoPerson {
  readonly id: string
  readonly name: string
  readonly department: string
  readonly post: string
  readonly isHead?: boolean
  readonly isExternal?: boolean
  readonly isDismissed?: boolean
  readonly limit?: number
  readonly kindLimits?: Readonly<Record<string, number>>
  readonly skills?: readonly string[]
  readonly week?: Week
  readonly isDayOpen?: boolean
  readonly load: number
  readonly away?: { readonly kind: AbsenceKind; readonly from: number; readonly until: number }
}

const shift = (from: number, to: number) => [{ fromMinute: from * 60, toMinute: to * 60 }]
const evenings: Week = [shift(12, 21), shift(12, 21), shift(12, 21), shift(12, 21), shift(12, 21), [], []]
const mornings: Week = [shift(8, 14), shift(8, 14), shift(8, 14), shift(8, 14), shift(8, 14), [], []]

/** Whose desk the demo shows. */
export const demoOwner = 'vetrova'

export const people: readonly DemoPerson[] = [
  { id: 'gromov', name: 'Виктор Громов', department: 'house', post: 'Генеральный директор', isHead: true, load: 2 },
  { id: 'orlova', name: 'Наталья Орлова', department: 'house', post: 'Помощник директора', load: 2, away: { kind: 'trip', from: 0, until: 2 } },

  { id: 'vetrova', name: 'Ольга Ветрова', department: 'contact', post: 'Начальник контакт-центра', isHead: true, skills: ['претензии', 'документы', 'договоры'], load: 3 },
  { id: 'polyakova', name: 'Анна Полякова', department: 'contact', post: 'Ведущий специалист', skills: ['документы', 'претензии', 'английский язык'], isDayOpen: true, load: 6 },
  { id: 'savin', name: 'Олег Савин', department: 'contact', post: 'Специалист по закрытию', skills: ['документы', 'расчёты'], isDayOpen: true, load: 9 },
  { id: 'klimova', name: 'Ирина Климова', department: 'contact', post: 'Специалист по закрытию', skills: ['документы'], load: 2, away: { kind: 'vacation', from: -4, until: 5 } },
  { id: 'ershov', name: 'Павел Ершов', department: 'contact', post: 'Специалист', skills: ['расчёты'], isDayOpen: true, load: 3 },
  { id: 'lapshin', name: 'Дмитрий Лапшин', department: 'contact', post: 'Внештатный специалист', isExternal: true, limit: 5, load: 2 },

  { id: 'zotova', name: 'Марина Зотова', department: 'first-line', post: 'Начальник смены', isHead: true, isDayOpen: true, load: 4 },
  { id: 'akhmetov', name: 'Руслан Ахметов', department: 'first-line', post: 'Оператор', skills: ['ипотека'], isDayOpen: true, load: 4 },
  { id: 'belyaeva', name: 'Юлия Беляева', department: 'first-line', post: 'Оператор', skills: ['английский язык'], week: evenings, load: 7 },
  { id: 'nosov', name: 'Артём Носов', department: 'first-line', post: 'Оператор', isDayOpen: true, load: 0 },
  { id: 'drozdova', name: 'Светлана Дроздова', department: 'first-line', post: 'Оператор', load: 5, away: { kind: 'sick', from: -1, until: 3 } },
  { id: 'gusev', name: 'Никита Гусев', department: 'first-line', post: 'Старший оператор', skills: ['ипотека', 'претензии'], isDayOpen: true, load: 10 },
  { id: 'malysheva', name: 'Вера Малышева', department: 'first-line', post: 'Стажёр', limit: 3, kindLimits: { claim: 0, return: 0 }, isDayOpen: true, load: 1 },
  { id: 'osipov', name: 'Кирилл Осипов', department: 'first-line', post: 'Оператор', isDismissed: true, load: 2 },

  { id: 'vorontsova', name: 'Елена Воронцова', department: 'window', post: 'Начальник службы', isHead: true, load: 0, away: { kind: 'vacation', from: -2, until: 12 } },
  { id: 'panin', name: 'Григорий Панин', department: 'window', post: 'Заместитель начальника', skills: ['претензии', 'документы'], isDayOpen: true, load: 8 },
  { id: 'kotova', name: 'Лидия Котова', department: 'window', post: 'Специалист по возвратам', skills: ['возвраты', 'документы'], kindLimits: { return: 6 }, isDayOpen: true, load: 12 },
  { id: 'ryabov', name: 'Максим Рябов', department: 'window', post: 'Специалист по претензиям', skills: ['претензии'], isDayOpen: true, load: 5 },
  { id: 'ilyina', name: 'Софья Ильина', department: 'window', post: 'Специалист', skills: ['возвраты'], isDayOpen: false, load: 2 },

  { id: 'frolova', name: 'Зинаида Фролова', department: 'papers', post: 'Документовед', skills: ['документы', 'договоры'], isDayOpen: true, load: 6 },
  { id: 'mukhin', name: 'Константин Мухин', department: 'papers', post: 'Документовед', skills: ['документы'], isDayOpen: true, load: 1 },
  { id: 'tikhonova', name: 'Алла Тихонова', department: 'papers', post: 'Документовед на полставки', skills: ['документы'], week: mornings, limit: 4, load: 4 },

  { id: 'kravtsov', name: 'Сергей Кравцов', department: 'sales', post: 'Коммерческий директор', isHead: true, load: 3 },
  { id: 'zhukov', name: 'Игорь Жуков', department: 'sales', post: 'Менеджер', skills: ['ипотека'], load: 3 },
  { id: 'safina', name: 'Алина Сафина', department: 'sales', post: 'Менеджер', load: 5 },
  { id: 'titov', name: 'Роман Титов', department: 'sales', post: 'Менеджер', load: 9 },
  { id: 'shchukina', name: 'Евгения Щукина', department: 'sales', post: 'Менеджер', load: 2, away: { kind: 'vacation', from: 3, until: 17 } },
  { id: 'belova', name: 'Татьяна Белова', department: 'key-clients', post: 'Начальник группы', isHead: true, load: 3 },
  { id: 'lobanov', name: 'Денис Лобанов', department: 'key-clients', post: 'Менеджер', skills: ['английский язык'], load: 6 },

  { id: 'nechaeva', name: 'Галина Нечаева', department: 'accounting', post: 'Главный бухгалтер', isHead: true, load: 3 },
  { id: 'rogova', name: 'Людмила Рогова', department: 'accounting', post: 'Бухгалтер', skills: ['расчёты'], load: 3 },
  { id: 'demchenko', name: 'Оксана Демченко', department: 'accounting', post: 'Бухгалтер', skills: ['расчёты'], load: 2 },

  { id: 'bykov', name: 'Андрей Быков', department: 'delivery', post: 'Начальник доставки', isHead: true, load: 2 },
  { id: 'ershova', name: 'Валентина Ершова', department: 'delivery', post: 'Диспетчер', load: 3 },
  { id: 'karimov', name: 'Фарид Каримов', department: 'delivery', post: 'Бригадир монтажа', isExternal: true, limit: 6, load: 6 },
  { id: 'chernov', name: 'Степан Чернов', department: 'delivery', post: 'Водитель-экспедитор', isExternal: true, limit: 4, load: 2 },

  { id: 'stern', name: 'Аркадий Штерн', department: 'legal', post: 'Начальник юридического отдела', isHead: true, skills: ['договоры', 'претензии'], load: 3 },
  { id: 'volskaya', name: 'Полина Вольская', department: 'legal', post: 'Юрист', skills: ['договоры'], load: 5 },
]

/** While Воронцова is away, Панин answers for the single window. */
export const substitution = { employee: 'vorontsova', substitute: 'panin' }
/** Gives out the cases of the delivery without being its head. */
export const dispatcher = { employee: 'ershova', department: 'delivery' }
