/** `npm start` from outside: its line, its options, its window and its end. */
import { spawn, type ChildProcess } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'

const root = join(import.meta.dirname, '..')
const nobody = 65_534
const isRoot = process.getuid?.() === 0

interface Started {
  readonly child: ChildProcess
  /** Settles when the ready line is there; its address. */
  ready(): Promise<string>
  /** The exit code once it ended. */
  readonly end: Promise<number | null>
  text(): string
}

const started: Started[] = []

function start(
  args: readonly string[],
  environment: NodeJS.ProcessEnv = {},
  uid?: number,
): Started {
  const child = spawn('npm', ['start', '--silent', '--', ...args], {
    cwd: root,
    env: { ...process.env, DISPLAY: '', WAYLAND_DISPLAY: '', LANG: 'ru_RU.UTF-8', ...environment },
    detached: true,
    ...(uid === undefined ? {} : { uid, gid: uid }),
  })
  let text = ''
  child.stdout.on('data', piece => (text += String(piece)))
  child.stderr.on('data', piece => (text += String(piece)))
  const end = new Promise<number | null>(resolve => child.once('close', resolve))
  const ready = async () => {
    await expect.poll(() => text, { timeout: 60_000 }).toMatch(/^Nachalo is ready at \S+$/m)
    return /ready at (\S+)/.exec(text)?.[1] ?? ''
  }
  const one = { child, ready, end, text: () => text }
  started.push(one)
  return one
}

const dataFolder = () => {
  const folder = mkdtempSync(join(tmpdir(), 'nachalo-start-'))
  chmodSync(folder, 0o777)
  return folder
}
const isAnswering = (url: string) =>
  fetch(url).then(
    () => true,
    () => false,
  )

test.afterEach(async () => {
  for (const { child, end } of started.splice(0)) {
    const hasEnded = child.exitCode !== null || child.signalCode !== null
    if (child.pid !== undefined && !hasEnded) process.kill(-child.pid, 'SIGTERM')
    await end
  }
})

test('one line says where it is, and the token in it opens one window', async () => {
  const url = await start(['--no-open', '--data-dir', dataFolder()]).ready()
  expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/\?token=[\w-]{20,}$/)
  const first = await fetch(url, { redirect: 'manual' })
  expect([first.status, first.headers.get('location')]).toEqual([303, '/'])
  expect(first.headers.get('set-cookie')).toMatch(/HttpOnly; SameSite=Strict/)
  expect((await fetch(url, { redirect: 'manual' })).status).toBe(403)
})

test('a second start on the same folder asks the running one and ends', async () => {
  const folder = dataFolder()
  const first = new URL(await start(['--no-open', '--data-dir', folder]).ready())
  const second = start(['--no-open', '--data-dir', folder])
  const again = new URL(await second.ready())
  expect(await second.end).toBe(0)
  expect(again.origin).toBe(first.origin)
  expect((await fetch(again, { redirect: 'manual' })).status).toBe(303)
})

for (const signal of ['SIGINT', 'SIGTERM'] as const)
  test(`${signal} to the terminal's group ends everything it started`, async () => {
    const { child, ready, end } = start(['--no-open', '--data-dir', dataFolder()])
    const url = await ready()
    if (child.pid !== undefined) process.kill(-child.pid, signal)
    await end
    await expect.poll(() => isAnswering(url)).toBe(false)
  })

test('when npm itself is killed, nothing goes on', async () => {
  const { child, ready } = start(['--no-open', '--data-dir', dataFolder()])
  const url = await ready()
  child.kill('SIGKILL')
  await expect.poll(() => isAnswering(url)).toBe(false)
})

test('an option that is none is named, in the language of the system, with the list', async () => {
  const russian = start(['--prot', '5'])
  expect(await russian.end).toBe(2)
  expect(russian.text()).toContain('«--prot»')
  expect(russian.text()).toContain('--data-dir')
  const english = start(['--port', 'x'], { LANG: 'en_GB.UTF-8' })
  expect(await english.end).toBe(2)
  expect(english.text()).toContain('--port does not go with «x»')
})

test('--port is where it is, and a taken one is said', async () => {
  const taken = new URL(await start(['--no-open', '--data-dir', dataFolder()]).ready()).port
  const second = start(['--no-open', '--data-dir', dataFolder(), '--port', taken])
  expect(await second.end).toBe(1)
  expect(second.text()).toContain(taken)
  expect(second.text()).not.toMatch(/\n\s+at /)
})

test('a file that cannot be imported ends the start with line, field, value and remedy', async () => {
  const folder = dataFolder()
  const file = join(folder, 'cases.csv')
  writeFileSync(file, 'number,subject\n1,x\n')
  const { end, text } = start([
    '--no-open',
    '--data-dir',
    folder,
    '--import',
    file,
    '--mapping',
    'servicenow',
  ])
  expect(await end).toBe(1)
  expect(text()).toContain('cases.csv')
  expect(text()).not.toMatch(/undefined|\{\{|\n\s+at /)
})

test('with a display and a browser the window opens in a profile of its own and ends with the rest', async () => {
  const folder = dataFolder()
  const bin = join(folder, 'bin')
  mkdirSync(bin)
  const seen = join(folder, 'seen')
  writeFileSync(seen, '')
  chmodSync(seen, 0o666)
  writeFileSync(join(bin, 'chromium'), `#!/bin/sh\necho "$$ $@" > ${seen}\nexec sleep 600\n`, {
    mode: 0o755,
  })
  const environment = {
    DISPLAY: ':7',
    PATH: `${bin}:${process.env['PATH']}`,
    HOME: folder,
    npm_config_cache: join(folder, 'npm'),
  }
  const { child, ready, end } = start(
    ['--data-dir', folder],
    environment,
    isRoot ? nobody : undefined,
  )
  await ready()
  await expect.poll(() => readFileSync(seen, 'utf8')).toContain('--app=http://127.0.0.1:')
  const [pid = '', ...args] = readFileSync(seen, 'utf8').trim().split(' ')
  expect(args).toContain(`--user-data-dir=${join(folder, 'browser')}`)
  expect(args.join(' ')).not.toMatch(/sandbox/)
  if (child.pid !== undefined) process.kill(-child.pid, 'SIGINT')
  await end
  await expect.poll(() => isAlive(Number(pid))).toBe(false)
})

test('without a display only the address is printed, and why', async () => {
  const { ready, text } = start(['--data-dir', dataFolder()])
  await ready()
  await expect.poll(text).toContain('нет дисплея')
})

const isAlive = (pid: number) => {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}
