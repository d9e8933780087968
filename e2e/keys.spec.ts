import type { Page } from '@playwright/test'
import { expect, test } from './nachalo.ts'
import type { Desk } from './pages/desk.ts'
import { type Keys, keysOf, type Layout } from './pages/keys.ts'

for (const layout of ['latin', 'russian'] as const satisfies readonly Layout[])
  test(`every key works where it lies, whatever the layout prints: ${layout}`, async ({
    page,
    play,
    worlds,
  }) => {
    const { desk } = await play(await worlds.demo())
    const keys = await keysOf(page, layout)
    await desk.inbox.expectCount(40)
    await keys.press('Slash')
    await expect(desk.inbox.search).toBeFocused()
    await keys.press('Enter')
    await test.step('moves', () => moves(desk, keys))
    await test.step('selects', () => selects(desk, keys))
    await test.step('opens dialogs', () => opensDialogs(desk, keys))
    await test.step('gives and takes back', () => gives(desk, keys))
  })

async function moves({ inbox, case: drawer }: Desk, keys: Keys): Promise<void> {
  const [first = '', second = '', third = ''] = await inbox.numbers()
  await inFocus(inbox, first)
  await keys.press('KeyJ')
  await inFocus(inbox, second)
  await keys.press('ArrowDown')
  await inFocus(inbox, third)
  await keys.press('KeyK')
  await inFocus(inbox, second)
  await keys.press('ArrowUp')
  await inFocus(inbox, first)
  await keys.press('End')
  await expect(inbox.inFocus()).toHaveAttribute('row-index', '39')
  await keys.press('Home')
  await inFocus(inbox, first)
  await keys.press('Enter')
  await expect(drawer.region).toHaveAccessibleName(`Дело №${first}`)
  await keys.press('Escape')
  await expect(drawer.region).toHaveCount(0)
  await inFocus(inbox, first)
}

const inFocus = (inbox: Desk['inbox'], number: string) =>
  expect(inbox.inFocus().locator('[col-id="number"]')).toHaveText(number)

async function selects({ inbox }: Desk, keys: Keys): Promise<void> {
  await keys.press('Space')
  await expect(inbox.picked).toHaveText('Отобрано 1 из 40')
  await keys.press('KeyJ', { shift: true })
  await keys.press('ArrowDown', { shift: true })
  await expect(inbox.picked).toHaveText('Отобрано 3 из 40')
  await keys.press('KeyK', { shift: true })
  await keys.press('Escape')
  await expect(inbox.picked).toHaveCount(0)
  await keys.press('KeyA', { ctrl: true })
  await expect(inbox.picked).toHaveText('Отобрано 40 из 40')
  await keys.press('KeyA', { ctrl: true })
  await expect(inbox.picked).toHaveCount(0)
}

async function opensDialogs(desk: Desk, keys: Keys): Promise<void> {
  const dialogs = [
    ['KeyA', /^Кому №/],
    ['KeyD', /^В какое отделение №/],
    ['KeyH', 'Отложить'],
  ] as const
  for (const [code, name] of dialogs) {
    await keys.press(code)
    await expect(desk.dialog(name)).toBeVisible()
    await keys.press('Escape')
    await expect(desk.dialog(name)).toBeHidden()
  }
  await keys.press('Slash', { shift: true })
  await expect(desk.dialog('Клавиши')).toBeVisible()
  await keys.press('Escape')
  await expect(desk.dialog('Клавиши')).toBeHidden()
  await keys.press('KeyK', { ctrl: true })
  const palette = desk.page.getByPlaceholder('Дело, сотрудник, отделение или действие')
  await expect(palette).toBeFocused()
  await keys.press('Escape')
  await expect(palette).toBeHidden()
  await expect(desk.inbox.inFocus()).toHaveCount(1)
}

/** A number, a number over a warning, T, R, H and back by Ctrl+Z. */
async function gives(desk: Desk, keys: Keys): Promise<void> {
  const { inbox, team, toast } = desk
  const [easy = ''] = await inbox.easyNumbers()
  await inbox.click(easy)
  await expect(team.title).toHaveText(`Кому №${easy}?`)
  const digit =
    1 +
    (await team.hints.evaluateAll(rows =>
      rows.findIndex(row => row.getAttribute('data-verdict') === 'warn'),
    ))
  expect(digit, 'somebody among the first nine can only be given to with Shift').toBeLessThan(10)
  await keys.press(`Digit${digit}`)
  await expect(toast).toContainText(`Shift + ${digit} — отдать всё равно`)
  await keys.press(`Digit${digit}`, { shift: true })
  await inbox.expectCount(39)
  await keys.press('KeyZ', { ctrl: true })
  await inbox.expectCount(40)
  await keys.press('KeyZ', { ctrl: true, shift: true })
  await inbox.expectCount(39)
  await keys.press('KeyT')
  await inbox.expectCount(38)
  await expect(toast).toContainText('Взято себе')
  await keys.press('KeyR')
  await expect(toast).toContainText('Ничего не изменилось')
  await inbox.expectCount(38)
  await test.step('taken back before the core has answered', async () => {
    await Promise.all([keys.press('KeyT'), keys.press('KeyZ', { ctrl: true })])
    await expect(toast).toContainText('Отменено: №')
    await inbox.expectCount(38)
  })
}

const russianKeys = {
  KeyA: 'ф',
  KeyJ: 'о',
  KeyK: 'л',
  KeyT: 'е',
  KeyD: 'в',
  KeyH: 'р',
  KeyP: 'з',
  KeyR: 'к',
  KeyZ: 'я',
  Slash: '.',
}

/** The browser of a tester has no Russian keyboard to ask. */
const pretendRussian = (page: Page) =>
  page.addInitScript(map => {
    const keyboard = { getLayoutMap: () => Promise.resolve(new Map(Object.entries(map))) }
    Object.defineProperty(navigator, 'keyboard', { value: keyboard })
  }, russianKeys)

test('the list of keys shows what the keyboard prints', async ({ page, play, worlds }) => {
  await pretendRussian(page)
  const { desk } = await play(await worlds.demo())
  await page.keyboard.press('Shift+Slash')
  const dialog = desk.dialog('Клавиши')
  await expect(dialog.getByText('Ф', { exact: true }).first()).toBeVisible()
  await expect(dialog.locator('dt', { hasText: 'Е' })).toHaveCount(1)
  await expect(dialog.locator('dt', { hasText: 'J' })).toHaveCount(0)
})
