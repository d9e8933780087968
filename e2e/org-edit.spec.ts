import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { expect, test, type Worlds } from './nachalo.ts'
import { FirstRun } from './pages/first-run.ts'
import { OrgEditor } from './pages/org-editor.ts'
import type { Stage, StagedHub } from './stage.ts'

/** The demo's company in a hub, with tokens of these as `token create` gives them out. */
async function companyWith(
  worlds: Worlds,
  stageAt: (momentAt: number) => Stage,
  ...tokens: readonly (readonly string[])[]
): Promise<{ stage: Stage; hub: StagedHub; tokens: readonly string[] }> {
  const world = await worlds.demo()
  const stage = stageAt(world.momentAt)
  const hub = await stage.startHub(world)
  await hub.stop()
  const made: string[] = []
  for (const wanted of tokens) {
    const said = await hub.command('token', 'create', ...wanted)
    made.push(said.trim().split('\n').at(-1) ?? '')
  }
  await hub.start()
  return { stage, hub, tokens: made }
}

async function faultsIn(page: Page): Promise<readonly string[]> {
  const faults: string[] = []
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', colorScheme)
    await page.evaluate(() => Promise.allSettled(document.getAnimations().map(one => one.finished)))
    const { violations } = await new AxeBuilder({ page }).include('html').analyze()
    for (const { id, impact, nodes } of violations)
      if (impact === 'serious' || impact === 'critical')
        faults.push(...nodes.map(one => `${colorScheme}: ${id} ${one.target.join(' ')}`))
  }
  await page.emulateMedia({ colorScheme: 'light' })
  return faults
}

test('an admin edits online, offline and back, and settles what another admin did first', async ({
  page,
  worlds,
  stageAt,
  enter,
}) => {
  const { stage, hub, tokens } = await companyWith(
    worlds,
    stageAt,
    ['--admin', '--employee', 'gromov'],
    ['--admin'],
  )
  const [adminToken = '', otherToken = ''] = tokens
  const { desk } = await enter(stage)
  await new FirstRun(page).connect(hub.url(), adminToken)
  await expect(page.getByText('Администратор дел не раздаёт')).toBeVisible()
  await desk.show('Оргструктура')
  const { org } = desk

  await org.line('Бухгалтерия').click()
  const editor = new OrgEditor(page, 'Бухгалтерия')
  await editor.show('Правка')
  await editor.put('Лимит по умолчанию', '1001')
  await expect(editor.panel).toContainText(/Число от 0 до 1\s000 или пусто\./)
  await editor.put('Лимит по умолчанию', '12')
  await expect(editor.field('Лимит по умолчанию')).toBeFocused()
  await expect(editor.panel).not.toContainText('Число от 0')
  expect(await faultsIn(page)).toEqual([])
  await editor.show('История')
  await expect(editor.history.first()).toContainText('Лимит по умолчанию: пусто → 12')
  await expect(editor.history.first()).toContainText('Виктор Громов')
  await editor
    .button('Вернуть как было: Бухгалтерия (отделение): Лимит по умолчанию: пусто → 12')
    .click()
  await expect(editor.history.first()).toContainText('Лимит по умолчанию: 12 → пусто')

  await hub.stop()
  await editor.show('Правка')
  await editor.put('Название', 'Бухгалтерия и кадры')
  await expect(org.line('Бухгалтерия и кадры').getByRole('img', { name: /^правка/ })).toBeVisible()
  await expect(desk.badge).toContainText('1')
  await hub.meanwhile(async as => {
    const outcome = await as(otherToken).editOrg({
      entity: 'department',
      id: 'accounting',
      want: { name: 'Финансы' },
      base: { name: 'Бухгалтерия' },
    })
    expect(outcome).toBe('applied')
  })
  await hub.start()
  await desk.show('Синхронизация')
  await desk.sync.tryNow.click()
  const edits = page.getByRole('region', { name: '1 правка оргструктуры' })
  await expect(edits).toContainText('решено двумя людьми')
  await expect(edits).toContainText('Финансы')
  await edits.getByRole('button', { name: /^Всё равно моё/ }).click()
  await expect(edits).toBeHidden()
  await desk.show('Оргструктура')
  await expect(org.line('Бухгалтерия и кадры')).toBeVisible()
  await expect(org.tree.getByRole('img', { name: /^правка/ })).toHaveCount(0)
})

test('an admin makes a head, and «Начало» of the department comes to their console', async ({
  page,
  worlds,
  stageAt,
  enter,
}) => {
  const { stage, hub, tokens } = await companyWith(
    worlds,
    stageAt,
    ['--admin', '--employee', 'gromov'],
    ['--employee', 'mukhin'],
  )
  const [adminToken = '', headToken = ''] = tokens
  const { dump } = await worlds.demo()
  const name = String(
    dump.tables['employees']?.find(row => row['employeeId'] === 'mukhin')?.['name'],
  )
  const { desk } = await enter(stage)
  await new FirstRun(page).connect(hub.url(), adminToken)
  await desk.show('Оргструктура')
  await desk.org.line('Оформление документов').click()
  const editor = new OrgEditor(page, 'Оформление документов')
  await editor.show('Правка')
  await page.getByRole('group', { name: 'Добавить сюда' }).getByRole('textbox').fill('Начальник')
  await editor.button('Пост').click()
  const post = editor.panel.getByRole('group', { name: 'Начальник', exact: true })
  const mark = post.getByRole('checkbox', { name: 'Начальник отделения' })
  await mark.click()
  await expect(mark).toBeChecked()
  const holder = post.getByRole('combobox', { name: 'Кто занимает' })
  await holder.fill(name.slice(0, 8))
  await expect(page.getByRole('option')).toHaveText([name])
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect(holder).toHaveValue(name)
  await expect(desk.org.line('Оформление документов')).toContainText(/начальник .*М/)
  await expect(desk.org.tree.getByRole('img', { name: /^правка/ })).toHaveCount(0)

  await desk.org.line('Галина Нечаева').first().click()
  const person = new OrgEditor(page, 'Галина Нечаева')
  await person.show('Правка')
  await person.button('Добавить').click()
  await expect(person.panel.getByRole('listitem')).toContainText('отпуск 18.11 – 18.11')
  await expect(desk.org.line('Галина Нечаева')).toContainText('в отпуске до 19.11')
  await person.panel.getByRole('button', { name: /^Убрать: отпуск/ }).click()
  await expect(person.panel.getByRole('listitem')).toHaveCount(0)
  await expect(desk.org.tree.getByRole('img', { name: /^правка/ })).toHaveCount(0)
  await person.panel.getByRole('combobox', { name: 'Добавить вид' }).click()
  await page.getByRole('option', { name: 'Возврат', exact: true }).click()
  await person.put('Возврат', '1001')
  await expect(person.panel).toContainText(/Число от 0 до 1\s000 или пусто\./)
  await person.put('Возврат', '2,5')
  await expect(person.field('Возврат')).toHaveValue('2.5')
  await expect(person.field('Возврат')).toBeFocused()
  await expect(desk.org.tree.getByRole('img', { name: /^правка/ })).toHaveCount(0)
  await person.show('История')
  await expect(person.history.first()).toContainText('Лимиты по видам: пусто → Возврат 2.5')
  await person.show('Правка')
  await person.put('Возврат', '')
  await expect(person.field('Возврат')).toHaveCount(0)
  await person.button('Уволить…').click()
  const asked = page.getByRole('dialog', { name: /Уволить/ })
  await expect(asked).toContainText('1 дело: оно останется за ним, пока его не раздадут')
  await asked.getByRole('button', { name: 'Оставить' }).click()
  await expect(asked).toBeHidden()

  const second = stageAt((await worlds.demo()).momentAt)
  const head = await enter(second)
  await new FirstRun(page).connect(hub.url(), headToken)
  await expect(head.desk.badge).toHaveText('Данные свежие')
  await expect(page.getByRole('heading', { name: 'Начало' })).toBeVisible()
  await expect(head.desk.inbox.region.locator('.ag-row').first()).toBeVisible()
})
