export interface DemoClient {
  readonly id: string
  readonly name: string
  readonly phone: string
  readonly email: string
}

const companies = [
  'ООО «Ромашка»',
  'ИП Ким',
  'ООО «Сосны»',
  'АО «Лесной квартал»',
  'ИП Гордеева',
  'ООО «Тёплый дом»',
  'Кооператив «Заречье»',
  'ООО «Гостевые дома»',
  'ИП Абрамян',
  'ООО «Северный ветер»',
  'ООО «Причал»',
  'ИП Лукина',
  'База отдыха «Озёрная»',
  'ООО «Пчёлка»',
  'ИП Хасанов',
] as const
const families = [
  'Алексеевы',
  'Богдановы',
  'Васнецовы',
  'Герасимовы',
  'Дорофеевы',
  'Ефремовы',
  'Журавлёвы',
  'Завьяловы',
  'Измайловы',
  'Калинины',
  'Ларионовы',
  'Мещеряковы',
  'Никоновы',
  'Островские',
  'Пахомовы',
  'Родионовы',
  'Самойловы',
  'Тарасовы',
  'Устиновы',
  'Филатовы',
  'Харитоновы',
  'Цветковы',
  'Черкасовы',
  'Шубины',
  'Щегловы',
  'Юдины',
  'Яшины',
  'Белозёровы',
  'Горчаковы',
  'Длинноруковы-Подгорные',
  'Климентьевы',
  'Муратовы',
] as const
const persons = [
  'Анатолий Веденеев',
  'Bob O’Connor',
  'Гульнара Исмаилова',
  'Жанна Крылова',
  'Эдуард Мельник',
  'Ия Нестеренко',
  'Тимофей Седов',
  'Раиса Урусова',
  'Фёдор Чалый',
  'Яна Эйхман',
  'Мирон Лось',
  'Клавдия Пух',
  'Johanna Lindqvist',
  'Савелий Рощин',
  'Ульяна Ким',
] as const

/** The clients of the invented company; telephones and addresses are of the ranges nobody has. */
export const clients: readonly DemoClient[] = [
  ...companies,
  ...families.map(name => `Семья ${name}`),
  ...persons,
].map((name, index) => ({
  id: `client-${index + 1}`,
  name,
  phone: `+7 (900) 000-${10 + Math.floor(index / 10)}-${String(index % 10).padStart(2, '0')}`,
  email: `client${index + 1}@example.ru`,
}))
