import { existsSync } from 'node:fs'
import { expect, test } from './nachalo.ts'
import { FirstRun } from './pages/first-run.ts'
import { Settings } from './pages/settings.ts'

test('language and colours change at once and are kept', async ({ page, play, worlds }) => {
  const { desk } = await play(await worlds.demo())
  const settings = new Settings(page)
  await desk.show('Настройки')
  await settings.look.getByText('English', { exact: true }).click()
  await expect(page.getByRole('heading', { name: 'Settings', level: 1 })).toBeVisible()
  await settings.look.getByText('Dark', { exact: true }).click()
  await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', 'dark')
  await page.reload()
  await expect(page.getByRole('heading', { name: /^Nachalo/, level: 1 })).toBeVisible()
  await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', 'dark')
  await expect(page.locator('html')).toHaveAttribute('lang', 'en')
})

test('limits and weights change the load and the hints at once', async ({ page, play, worlds }) => {
  const { desk } = await play(await worlds.demo())
  const settings = new Settings(page)
  await desk.inbox.search.fill('Полякова')
  await desk.inbox.search.fill('')
  await expect(desk.team.person('Анна Полякова')).toContainText('6/10')
  await desk.show('Настройки')
  await settings.points('Лимит: Анна Полякова').fill('7')
  await page.keyboard.press('Enter')
  await expect(settings.load.getByLabel('Сохранено')).toBeVisible()
  await desk.show('Начало')
  await expect(desk.team.person('Анна Полякова')).toContainText('6/7')
  await desk.show('Настройки')
  await settings.points('Лимит: Анна Полякова').fill('много')
  await page.keyboard.press('Tab')
  await expect(settings.load.getByText('«Лимит: Анна Полякова»: число от 0 до 1000')).toBeVisible()
  await settings.points('Лимит: Анна Полякова').fill('')
  await page.keyboard.press('Tab')
  await settings.points('Вес: Документы').fill('4')
  await page.keyboard.press('Tab')
  await desk.show('Начало')
  const papers = desk.inbox.rows.filter({
    has: page.getByRole('gridcell', { name: 'Документы', exact: true }),
  })
  await expect(papers.first().locator('[col-id="weight"]')).toHaveText('4')
})

test('the settings say where the data lies, under which key, and make a copy', async ({
  page,
  play,
  worlds,
}) => {
  const { desk, stage } = await play(await worlds.demo())
  const settings = new Settings(page)
  await desk.show('Настройки')
  await expect(settings.connection).toContainText('Загородный дом')
  await expect(settings.connection).toContainText('Ольга Ветрова')
  await expect(settings.connection).toContainText('Повтор решения не удваивает')
  await expect(settings.keeping).toContainText(stage.data)
  await expect(settings.keeping).toContainText('зашифрованы')
  await expect(settings.keeping).toContainText('в файле ключа')
  await settings.keeping.getByRole('button', { name: 'Сделать копию' }).click()
  const said = settings.keeping.getByText(/^Копия сделана: /)
  await expect(said).toBeVisible()
  const path = (await said.innerText()).replace('Копия сделана: ', '')
  expect(existsSync(path)).toBe(true)
  await settings.connection.getByRole('button', { name: 'Другое пространство…' }).click()
  await expect(new FirstRun(page).heading).toBeVisible()
  await page.getByRole('button', { name: 'Загородный дом' }).click()
  await desk.show('Начало')
  await desk.inbox.expectCount(40)
})

test('another space has settings of its own', async ({ page, play, worlds }) => {
  const { desk } = await play(await worlds.demo())
  const settings = new Settings(page)
  await desk.show('Настройки')
  await expect(settings.connection).toContainText('http://127.0.0.1')
  await settings.points('Лимит по умолчанию').fill('33')
  await page.keyboard.press('Enter')
  await expect(settings.load.getByLabel('Сохранено')).toBeVisible()
  await settings.connection.getByRole('button', { name: 'Другое пространство…' }).click()
  await new FirstRun(page).demo.click()
  await expect(desk.badge).toHaveText('Данные свежие')
  await desk.show('Настройки')
  await expect(settings.connection).toContainText('Пример')
  await expect(settings.connection).not.toContainText('http://127.0.0.1')
  await expect(settings.points('Лимит по умолчанию')).toHaveValue('10')
})
