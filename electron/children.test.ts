import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'

const module = (name: string) => JSON.stringify(new URL(name, import.meta.url).href)

/** A program that starts a shell that starts a sleeper, and prints the sleeper's pid. */
const program = `
  import { endOf, startChild } from ${module('children.mjs')}
  import { runProgram } from ${module('program.mjs')}
  await runProgram(() => endOf(startChild('sh', ['-c', 'sleep 60 & echo $!; wait'], { stdio: 'inherit' })))
`
const isAlive = (pid: number) => {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}
const isGone = async (pid: number) => {
  for (let waited = 0; waited < 5000 && isAlive(pid); waited += 50) await pause(50)
  return !isAlive(pid)
}
const sleeperOf = async (output: NodeJS.ReadableStream) => {
  const [line] = await once(output, 'data')
  return Number(String(line))
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  test(`${signal} ends the program and all that its children started`, async () => {
    const running = spawn(process.execPath, ['--input-type=module', '-e', program])
    const sleeper = await sleeperOf(running.stdout)
    assert.ok(isAlive(sleeper))
    running.kill(signal)
    const [code] = await once(running, 'exit')
    assert.notEqual(code, 0)
    assert.equal(await isGone(sleeper), true)
  })

test('when the one who started it is killed, the program ends all the same', async () => {
  const parent = spawn('sh', [
    '-c',
    '"$0" --input-type=module -e "$1"; true',
    process.execPath,
    program,
  ])
  const sleeper = await sleeperOf(parent.stdout)
  parent.kill('SIGKILL')
  assert.equal(await isGone(sleeper), true)
})

test('a program on the leash ends when the one who holds it is killed', async () => {
  const leash = new URL('leash.mjs', import.meta.url).href
  const held = `
    import { spawn } from 'node:child_process'
    const child = spawn(process.execPath, ['--import', ${JSON.stringify(leash)}, '-e', 'setInterval(() => {}, 1000); console.log(process.pid)'], { stdio: ['pipe', 'inherit', 'inherit'] })
  `
  const holder = spawn(process.execPath, ['--input-type=module', '-e', held])
  const pid = await sleeperOf(holder.stdout)
  holder.kill('SIGKILL')
  assert.equal(await isGone(pid), true)
})

test('a failure of the user’s is one sentence, one of ours has a stack, and both are exit code 1', async () => {
  const failing = (error: string) => `
    import { Failure } from ${module('failure.mjs')}
    import { runProgram } from ${module('program.mjs')}
    await runProgram(() => { throw ${error} })
  `
  const outcome = async (error: string) => {
    const running = spawn(process.execPath, ['--input-type=module', '-e', failing(error)])
    let told = ''
    running.stderr.on('data', piece => (told += String(piece)))
    const [code] = await once(running, 'close')
    return { code, told }
  }
  assert.deepEqual(await outcome("new Failure('no network')"), { code: 1, told: 'no network\n' })
  const ours = await outcome("new Error('ours')")
  assert.equal(ours.code, 1)
  assert.match(ours.told, /Error: ours\n\s+at /)
})
