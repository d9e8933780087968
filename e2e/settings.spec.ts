import { expect, test } from './nachalo.ts'
import { Settings } from './pages/settings.ts'

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
