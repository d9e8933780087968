/**
 * Many consoles at one hub, each as a real one behaves: a stream of notices, a pull when it rings
 * (bursts gathered), a pull each half minute; together they decide at a steady pace. Arguments: url,
 * seconds, decisions a second, consoles of each head; tokens
 * come as a line of JSON on standard input. Prints one line of times in ms.
 */
import { randomUUID } from 'node:crypto'
import { Agent, request } from 'node:http'
import { createInterface } from 'node:readline'
import { text } from 'node:stream/consumers'

const [url = '', seconds = '0', pace = '0', each = '1'] = process.argv.slice(2)
const consolesEach = Number(each)
const agent = new Agent({ keepAlive: true })
const pollMs = 30_000
const gatherMs = 100

const times = { pulls: [] as number[], decisions: [] as number[], first: [] as number[] }
let [errors, records] = [0, 0]
const over = { isSo: false }

function ask(token: string, path: string, body?: unknown) {
  return new Promise<Record<string, unknown>>((resolve, reject) => {
    const asked = request(
      `${url}${path}`,
      {
        agent,
        method: body === undefined ? 'GET' : 'POST',
        headers: {
          authorization: `Bearer ${token}`,
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        },
      },
      answer => {
        text(answer).then(
          said =>
            answer.statusCode === 200
              ? resolve(Object(JSON.parse(said)))
              : reject(new Error(`${answer.statusCode}`)),
          reject,
        )
      },
    )
    asked.once('error', reject)
    asked.end(body === undefined ? undefined : JSON.stringify(body))
  })
}

async function timed<T>(list: number[], act: () => Promise<T>): Promise<T | null> {
  const begun = performance.now()
  try {
    return await act()
  } catch {
    // Counted: what is measured is how many there are.
    if (!over.isSo) errors += 1
    return null
  } finally {
    if (!over.isSo) list.push(performance.now() - begun)
  }
}

class Console {
  readonly #token: string
  #cursor = ''
  #wake: (() => void) | null = null
  #isRung = false
  #me = ''
  readonly #place: number
  #seen = 0
  readonly free: string[] = []
  constructor(token: string, place: number) {
    this.#token = token
    this.#place = place
  }

  async load(): Promise<void> {
    const begun = performance.now()
    this.#me = String((await ask(this.#token, '/v1/me'))['employeeId'])
    while (await this.#page());
    times.first.push(performance.now() - begun)
  }

  /** Is there more to come? */
  async #page(): Promise<boolean> {
    const from = this.#cursor === '' ? '' : `cursor=${this.#cursor}&`
    const page = await ask(this.#token, `/v1/changes?${from}limit=1000`)
    this.#cursor = String(page['nextCursor'])
    for (const record of Array.isArray(page['records']) ? page['records'] : []) {
      records += 1
      if (record.entity === 'case' && record.status !== 'closed' && record.responsibleId === null)
        this.#keep(record.id)
    }
    return page['isUpToDate'] === false
  }

  /** Consoles of one head stand side by side and share its cases out between them. */
  #keep(caseId: string): void {
    if (this.#seen % consolesEach === this.#place % consolesEach) this.free.push(caseId)
    this.#seen += 1
  }

  listen(): void {
    const asked = request(`${url}/v1/events`, {
      headers: { authorization: `Bearer ${this.#token}` },
    })
    asked.on('response', answer => {
      answer.on('data', piece => String(piece).includes('changed') && this.#ring())
    })
    asked.on('error', () => (errors += over.isSo ? 0 : 1))
    asked.end()
  }

  #ring(): void {
    this.#isRung = true
    this.#wake?.()
  }

  /** Until the bell rings, at most so long. */
  #rung(milliseconds: number): Promise<void> {
    return new Promise(resolve => {
      const late = setTimeout(resolve, milliseconds)
      this.#wake = () => {
        clearTimeout(late)
        resolve()
      }
    })
  }

  async follow(): Promise<void> {
    // Consoles are opened one by one in life: their half minutes do not begin together.
    await this.#rung(Math.random() * pollMs)
    while (!over.isSo) {
      this.#isRung = false
      await timed(times.pulls, () => this.#page())
      await new Promise(resolve => setTimeout(resolve, gatherMs))
      if (!this.#isRung) await this.#rung(pollMs)
    }
  }

  async decide(): Promise<void> {
    const caseId = this.free.pop()
    if (caseId === undefined) return
    const decision = {
      v: 1,
      decisionId: randomUUID(),
      actId: randomUUID(),
      kind: 'set',
      verb: 'take',
      caseId,
      want: { responsible: this.#me },
      base: { responsible: null },
      issuedBy: { employeeId: this.#me },
      issuedAt: Date.now(),
      undoes: null,
      supersedes: null,
      isOverridden: false,
      reasons: [],
    }
    const answer = await timed(times.decisions, () =>
      ask(this.#token, '/v1/decisions', { decisions: [decision] }),
    )
    const [outcome] = Array.isArray(answer?.['outcomes']) ? answer['outcomes'] : []
    if (outcome?.outcome !== 'applied') errors += 1
  }
}

const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]()
const line = String((await lines.next()).value)
const tokens: unknown = JSON.parse(line)
const consoles = (Array.isArray(tokens) ? tokens : []).flatMap(token =>
  Array.from({ length: consolesEach }, (_, place) => new Console(String(token), place)),
)
for (const one of consoles) await one.load()
for (const one of consoles) one.listen()
const following = consoles.map(one => one.follow())
const until = Date.now() + Number(seconds) * 1000
for (let turn = 0; Date.now() < until; turn += 1) {
  void consoles[turn % consoles.length]?.decide()
  await new Promise(resolve => setTimeout(resolve, 1000 / Number(pace)))
}
over.isSo = true
const told = JSON.stringify({ ...times, errors, records, consoles: following.length })
// A long line is still on its way when the writing of it returns.
process.stdout.write(`${told}\n`, () => process.exit())
