import { incidentLog } from './incident-log.ts'
import { expect, test } from './nachalo.ts'
import { FirstRun } from './pages/first-run.ts'

const momentAt = Date.parse('2026-11-18T08:03:00Z')

test('the first door opens an invented company that lives here', async ({
  page,
  stageAt,
  enter,
}) => {
  const { desk } = await enter(stageAt(momentAt))
  const doors = new FirstRun(page)
  await expect(doors.heading).toBeVisible()
  await doors.demo.click()
  await expect(desk.inbox.rows.first()).toBeVisible()
  await expect(desk.badge).toHaveText('Данные свежие')
  await desk.show('Настройки')
  await expect(page.getByRole('region', { name: 'Данные' })).toContainText('не зашифрованы')
})

test('language and colours change at once, before there is anything to set', async ({
  page,
  stageAt,
  enter,
}) => {
  await enter(stageAt(momentAt))
  await page.getByText('English', { exact: true }).click()
  await expect(page.getByRole('heading', { name: 'Where shall we begin?' })).toBeVisible()
  await expect(page.locator('html')).toHaveAttribute('lang', 'en')
  await page.getByText('Русский', { exact: true }).click()
  await expect(new FirstRun(page).heading).toBeVisible()
  await page.getByRole('img', { name: 'Тёмное' }).click()
  await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', 'dark')
})

test('the second door shows what it understood of a log and makes a space of it', async ({
  page,
  stageAt,
  enter,
}) => {
  const { desk } = await enter(stageAt(Date.parse('2016-03-01T10:01:00Z')))
  const doors = new FirstRun(page)
  await doors.import.click()
  await doors.file.setInputFiles({
    name: 'incidents.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from(incidentLog()),
  })
  await page.getByRole('radio', { name: 'Журнал обращений ServiceNow' }).check()
  await doors.asOf.fill('2016-03-01 10:00')
  await doors.look.click()
  await expect(doors.understood).toContainText('90 дел')
  await expect(doors.understood).toContainText(/без ответственного 45/)
  await expect(doors.understood).toContainText(/6 отделений/)
  await expect(
    doors.understood.getByRole('columnheader', { name: 'assignment_group' }),
  ).toBeVisible()
  await page.getByRole('button', { name: 'Импортировать 90 дел' }).click()
  await desk.inbox.expectCount(45)
  await expect(desk.team.title).toHaveText('Команда · Импорт')
  await expect(desk.team.panel).toContainText('Group 0')
})

test('a file with a fault changes nothing and says where it is and what to do', async ({
  page,
  stageAt,
  enter,
}) => {
  await enter(stageAt(momentAt))
  const doors = new FirstRun(page)
  await doors.import.click()
  const choose = (text: string) =>
    doors.file.setInputFiles({ name: 'дела.csv', mimeType: 'text/csv', buffer: Buffer.from(text) })
  await choose('номер;тема;срок\n1;Первое;19.11.2026\n2;"Второе;20.11.2026\n')
  await doors.look.click()
  const refusal = doors.understood.getByRole('alert')
  await expect(refusal).toContainText('Кавычка открыта и не закрыта до конца файла.')
  await expect(refusal).toContainText('строка 3')
  await expect(refusal).toContainText('Закройте кавычку в этой строке или удалите её.')
  await expect(refusal).toContainText('Ничего не изменено')
  await choose('номер;тема;срок\n1;Первое;19.11.2026\n2;Второе;послезавтра\n3;Третье;\n')
  await doors.look.click()
  await expect(doors.understood).toContainText('2 дела')
  const skipped = doors.understood.getByRole('region', { name: 'Пропущена 1 строка' })
  await expect(skipped).toContainText(
    /строка 3\s*срок\s*послезавтра\s*Дата не читается\. Ожидается/,
  )
  await doors.asOf.fill('вчера')
  await expect(page.getByText('напишите дату и время, например 2016-03-01 10:00')).toBeVisible()
  await expect(doors.look).toBeDisabled()
})

test('the third door says exactly what the hub allows', async ({
  page,
  stageAt,
  enter,
  worlds,
}) => {
  const world = await worlds.demo()
  const stage = stageAt(world.momentAt)
  const hub = await stage.startHub(world)
  const { desk } = await enter(stage)
  const doors = new FirstRun(page)
  await doors.connectDoor.click()
  const check = async (address: string, token: string) => {
    await doors.address.fill(address)
    await doors.token.fill(token)
    await doors.check.click()
  }
  await check('хаб', 'a')
  await expect(page.getByText('«Адрес хаба»: нужен полный адрес')).toBeVisible()
  await check('http://127.0.0.1:9', world.headToken)
  await expect(doors.answer).toContainText('127.0.0.1:9 не отвечает')
  await check(hub.url(), 'nh_not_a_token')
  await expect(doors.answer).toContainText('Токен не подходит')
  await expect(doors.enter).toBeDisabled()
  await check(hub.url(), world.headToken)
  await expect(doors.answer).toContainText('Загородный дом')
  await expect(doors.answer).toContainText('вы — Ольга Ветрова')
  await expect(doors.answer).toContainText('Можно раздавать дела')
  await doors.enter.click()
  await desk.inbox.expectCount(40)
  await desk.show('Настройки')
  await expect(page.getByText(world.headToken)).toHaveCount(0)
})

test('a token that may only look is told so and let in to look', async ({
  page,
  stageAt,
  enter,
  worlds,
}) => {
  const world = await worlds.demo()
  const stage = stageAt(world.momentAt)
  const hub = await stage.startHub(world)
  await hub.stop()
  const said = await hub.command('token', 'create', '--employee', 'polyakova')
  await hub.start()
  await enter(stage)
  const doors = new FirstRun(page)
  await doors.connectDoor.click()
  await doors.address.fill(hub.url())
  await doors.token.fill(said.trim().split('\n').at(-1) ?? '')
  await doors.check.click()
  await expect(doors.answer).toContainText('Роль: сотрудник')
  await expect(doors.answer).toContainText('Раздавать дела нельзя, только смотреть')
  await doors.enter.click()
  const free = page.getByRole('region', { name: 'Кто свободен', exact: true })
  await expect(free.getByRole('table')).toHaveAccessibleName(/^Контакт-центр/)
  await expect(page.getByRole('button', { name: 'Начало' })).toHaveCount(0)
})
