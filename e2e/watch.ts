import type { Page } from '@playwright/test'

/** Everything a page must never do: fail, break its own policy, speak to anybody but its core. */
export interface Problems {
  all(): Promise<readonly string[]> | readonly string[]
  /** A complaint with this in it is what the test is about. */
  expect(text: string): void
}

const isOurs = (url: string) =>
  /^(?:http|ws):\/\/127\.0\.0\.1:\d+\/|^(?:data|blob):|^about:blank/.test(url)

export async function watch(page: Page): Promise<Problems> {
  const problems: string[] = []
  const expected: string[] = []
  page.on('pageerror', error => problems.push(`error: ${error.message}`))
  page.on('console', message => {
    if (message.type() === 'error' || message.type() === 'warning')
      problems.push(`console: ${message.text()}`)
  })
  page.on('request', request => {
    if (!isOurs(request.url())) problems.push(`request: ${request.url()}`)
  })
  page.on('websocket', socket => {
    if (!isOurs(socket.url())) problems.push(`socket: ${socket.url()}`)
  })
  await page.exposeFunction('reportViolation', (what: string) => problems.push(`policy: ${what}`))
  await page.addInitScript(() => {
    document.addEventListener(
      'securitypolicyviolation',
      ({ violatedDirective, blockedURI, sourceFile }) => {
        void Reflect.apply(Reflect.get(globalThis, 'reportViolation'), null, [
          `${violatedDirective} ${blockedURI} ${sourceFile}`,
        ])
      },
    )
  })
  return {
    all: () => problems.filter(problem => !expected.some(text => problem.includes(text))),
    expect: text => expected.push(text),
  }
}
