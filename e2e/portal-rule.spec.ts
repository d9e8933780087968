import { AxeBuilder } from '@axe-core/playwright'
import { expect, test } from './nachalo.ts'
import { FirstRun } from './pages/first-run.ts'
import { Settings } from './pages/settings.ts'

const moment = Date.parse('2026-11-23T11:00:00+03:00')
const [head, deal, complaints] = [10, 2, 128]
const saved = 'Сохранено. Отделение читается заново'

test('the head chooses which kinds come from a portal, and at which stages', async ({
  page,
  stageAt,
  enter,
}) => {
  const stage = stageAt(moment)
  const portal = await stage.startPortal()
  const add = (entityTypeId: number, title: string, stageId: string, categoryId: number) =>
    portal.ask('crm.item.add', {
      entityTypeId,
      fields: { title, stageId, categoryId, assignedById: head },
    })
  await add(deal, 'Катер на согласовании', 'PREPARATION', 0)
  await add(complaints, 'Течёт понтон', 'DT128_7:NEW', 7)
  await portal.ask('tasks.task.add', {
    fields: { TITLE: 'Задача для отбора', RESPONSIBLE_ID: head, CREATED_BY: head },
  })
  const { desk } = await enter(stage)
  await new FirstRun(page).connectPortal(portal.webhook)
  await expect(desk.badge).toHaveText('Данные свежие')
  const { inbox } = desk
  const settings = new Settings(page)
  const finds = async (subject: string, count: number) => {
    await inbox.search.fill(subject)
    await expect(inbox.rows.filter({ hasText: subject })).toHaveCount(count)
    await inbox.search.fill('')
  }
  await finds('Задача для отбора', 1)
  await finds('Катер на согласовании', 0)
  await finds('Течёт понтон', 0)

  await desk.show('Настройки')
  await expect(settings.incoming).toContainText('портал показывает только администратору')
  await settings.kind('Задачи').uncheck()
  await settings.incomingField('Смарт-процессы по номерам').fill('128')
  await page.keyboard.press('Enter')
  await settings.stage('Сделки · Розница', 'Подготовка документов').check()
  await settings.saveIncoming()
  await expect(settings.incoming.getByText(saved)).toBeVisible()
  await expect(settings.stage('Смарт-процесс №128 · Общая', 'Получена')).toBeChecked()
  await desk.show('Начало')
  await finds('Катер на согласовании', 1)
  await finds('Течёт понтон', 1)
  await finds('Задача для отбора', 0)
})

test('a wish the portal cannot fulfil is refused with what to do, and nothing is saved', async ({
  page,
  stageAt,
  enter,
}) => {
  const stage = stageAt(moment)
  const portal = await stage.startPortal()
  const { desk } = await enter(stage)
  await new FirstRun(page).connectPortal(portal.directorWebhook)
  await expect(desk.badge).toHaveText('Данные свежие')
  const settings = new Settings(page)
  const refusal = settings.incoming.getByRole('alert')
  await desk.show('Настройки')
  await expect(settings.kind('Рекламации')).not.toBeChecked()
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', colorScheme)
    const part = 'section[aria-labelledby="settings-incoming"]'
    const looked = new AxeBuilder({ page }).include(part)
    await expect.poll(async () => (await looked.analyze()).violations).toEqual([])
  }
  await settings.kind('Выезды').check()
  await settings.incomingField('У кого лежат дела').click()
  await page.keyboard.press('Backspace')
  await page.keyboard.press('Escape')
  await settings.saveIncoming()
  await expect(refusal).toHaveText(/никто не выбран\. Выберите хотя бы одного человека/)
  await settings.incomingField('У кого лежат дела').fill('Причал')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect(refusal).toHaveCount(0)
  await expect(settings.incomingField('Возвращать кому')).toHaveValue('Дарья Причалова')
  for (const kind of ['Лиды', 'Сделки', 'Задачи', 'Выезды']) await settings.kind(kind).uncheck()
  await settings.saveIncoming()
  await expect(refusal).toHaveText(/«Виды дел»: не включён ни один/)
  await page.reload()
  await desk.show('Настройки')
  for (const kind of ['Лиды', 'Сделки', 'Задачи']) await expect(settings.kind(kind)).toBeChecked()
  await expect(settings.kind('Выезды')).not.toBeChecked()
  await expect(settings.incoming).toContainText('Степан Затонский (вы)')
  await portal.stop()
  await page.reload()
  await desk.show('Настройки')
  await expect(settings.incoming).toContainText('Сохранённые правила остаются в силе')
})
