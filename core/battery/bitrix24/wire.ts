/** The client of the product without HTTP: the same calls against the portal of the simulation. */
import type { BitrixClient, Command, CommandAnswer } from '../../backends/bitrix24/client.ts'
import { BackendError } from '../../backends/errors.ts'
import type { BackendErrorKind } from '../../backends/errors.ts'
import type { DecisionId } from '../../domain/id.ts'
import { carryOut } from './methods.ts'
import { head } from './office.ts'
import type { Portal } from './portal.ts'
import type { Virtual } from './virtual.ts'
import { drawTrouble, longestZombieMs, stillWeather } from './weather.ts'
import type { Trouble, Weather } from './weather.ts'

/** What a request needs of the process that sends it. */
export interface Sender {
  readonly isAlive: boolean
  /** A place where the process may die; true when it is dead. */
  point(): boolean
  /** Right before commands that write leave. */
  noteWrite(commands: readonly Command[]): void
  /** Of which decision about a case a request is that is sent now. */
  decisions(): (local: string) => DecisionId | null
  /** Of requests that may still be carried out. */
  readonly underWay: Set<UnderWay>
}

export interface UnderWay {
  readonly at: number
  readonly act: () => void
  cancel: () => void
}

/** A trouble of a write that was written by hand. */
export interface Planned {
  readonly trouble: Trouble | null
  /** When the client gives up, from sending. */
  readonly gaveUpMs: number
  /** When it is carried out, from giving up. */
  readonly executedMs: number
}

interface Options {
  readonly virtual: Virtual
  readonly portal: Portal
  readonly random: () => number
  readonly trace: (line: string) => void
}

type Answers = ReadonlyMap<string, CommandAnswer>

interface Request {
  readonly number: number
  readonly commands: readonly Command[]
  readonly isWrite: boolean
  readonly isHalting: boolean
  readonly lag: number
  readonly decisionFor: (local: string) => DecisionId | null
  readonly sender: Sender
  readonly resolve: (answers: Answers) => void
  readonly reject: (error: BackendError) => void
}

/** `count`: only the first; `spoil`: what fails, and whether it is carried out all the same. */
interface Answering {
  readonly count?: number | undefined
  readonly spoil?: Spoil
}

interface Spoil {
  readonly key: string
  readonly answer: CommandAnswer
  readonly isDone: boolean
}

export class Wire {
  weather: Weather = stillWeather
  /** Of the writes, in their order; they come before drawn troubles. */
  readonly planned: Planned[] = []
  /** By number of request: when its answer came to a living process. */
  readonly answeredAt = new Map<number, number>()
  readonly #options: Options
  #sent = 0

  constructor(options: Options) {
    this.#options = options
  }

  clientOf(sender: Sender): BitrixClient {
    return {
      call: () => Promise.reject(new Error('the carrier only sends batches')),
      batch: (commands, { isWrite = false, isHalting = false }) =>
        new Promise((resolve, reject) => {
          if (!sender.isAlive || sender.point()) return
          if (isWrite) sender.noteWrite(commands)
          const number = (this.#sent += 1)
          const lag = this.#lagOf(isWrite)
          const decisionFor = sender.decisions()
          const asked = { number, commands, isWrite, isHalting, lag }
          this.#send({ ...asked, decisionFor, sender, resolve, reject })
          sender.point()
        }),
      address: () => 'https://portal.invalid',
      close: () => {},
    }
  }

  #send(request: Request): void {
    const { virtual, random, trace } = this.#options
    const { number, isWrite, commands } = request
    const planned = isWrite ? this.planned.shift() : undefined
    const trouble = planned ? planned.trouble : drawTrouble(this.weather, random)
    trace(`${virtual.now()} ask ${number} ${isWrite} ${trouble} ${namesOf(commands)}`)
    this.#meet(request, trouble, planned)
  }

  #meet(request: Request, trouble: Trouble | null, planned: Planned | undefined): void {
    const gaveUp = planned?.gaveUpMs ?? this.#giveUpMs()
    const place = this.#within(1, request.commands.length)
    switch (trouble) {
      case null:
        return this.#answer(request)
      case 'partial':
        return this.#answer(request, { count: place })
      case 'busyCommand':
        return this.#answer(request, { spoil: this.#spoil(request, place, busyAnswer) })
      case 'brokenCommand':
        return this.#answer(request, { spoil: this.#spoil(request, place, null) })
      case 'offline':
        return this.#refuse(request, this.#within(5, 3_000), 'offline', 'unreachable')
      case 'busy':
        return this.#refuse(request, this.#within(20, 300), 'busy', 'rateLimited')
      case 'never':
        return this.#silence(request, gaveUp)
      case 'lost':
        this.#carryOutIn(request, this.#within(20, Math.min(gaveUp, 600)))
        return this.#silence(request, gaveUp)
      case 'zombie':
      case 'halfZombie': {
        const after = gaveUp + (planned?.executedMs ?? this.#zombieMs())
        this.#carryOutIn(request, after, trouble === 'zombie' ? {} : { count: place })
        return this.#silence(request, gaveUp)
      }
    }
  }

  #answer(request: Request, how: Answering = {}): void {
    const after = this.#within(20, this.weather.isSlow ? 15_000 : 600)
    this.#carryOutIn(request, after, how, answers =>
      this.#deliver(request, this.#within(10, 300), () => {
        this.answeredAt.set(request.number, this.#options.virtual.now())
        request.resolve(answers)
      }),
    )
  }

  /** Of a read that was lost nothing is in doubt. */
  #silence(request: Request, after: number): void {
    this.#refuse(request, after, request.isWrite ? 'ambiguous' : 'offline', 'timeout')
  }

  #refuse(request: Request, after: number, kind: BackendErrorKind, code: string): void {
    const pause = kind === 'busy' ? { retryAfterMs: 1_000 } : {}
    this.#deliver(request, after, () =>
      request.reject(new BackendError(kind, 'no answer', { code, ...pause })),
    )
  }

  /** If there is still somebody to hear it. */
  #deliver({ sender, number }: Request, after: number, say: () => void): void {
    const { virtual, trace } = this.#options
    virtual.at(virtual.now() + after, () => {
      if (!sender.isAlive || sender.point()) return
      trace(`${virtual.now()} heard ${number}`)
      say()
    })
  }

  #carryOutIn(
    request: Request,
    after: number,
    how: Answering = {},
    andThen: (answers: Answers) => void = () => {},
  ): void {
    const { virtual } = this.#options
    const { underWay } = request.sender
    const at = virtual.now() + after
    const act = () => {
      underWay.delete(one)
      andThen(this.#carryOut(request, how))
    }
    const planned = virtual.at(at, act)
    const cancel = () => {
      planned.act = null
    }
    const one: UnderWay = { at, act, cancel }
    if (request.isWrite) underWay.add(one)
  }

  #carryOut(request: Request, { count, spoil }: Answering): Answers {
    const { virtual, portal, trace } = this.#options
    const { decisionFor, number, lag, commands, isHalting } = request
    const asking = {
      by: head,
      request: number,
      lag,
      time: virtual.now(),
      decisionFor,
      glimpsed: new Map<string, number>(),
    }
    trace(`${virtual.now()} done ${number} ${count} ${spoil?.key}`)
    const answers = new Map<string, CommandAnswer>()
    for (const one of commands.slice(0, count)) {
      const spoilt = one.key === spoil?.key ? spoil : null
      const said = spoilt && !spoilt.isDone ? spoilt.answer : carryOut(portal, one, asking)
      const answer = spoilt?.answer ?? said
      answers.set(one.key, answer)
      if (isHalting && answer.kind === 'failed') break
    }
    return answers
  }

  /** `answer` null: failed inside the portal, carried out or not. */
  #spoil({ commands }: Request, place: number, answer: CommandAnswer | null): Spoil {
    const key = commands[place - 1]?.key ?? ''
    if (answer) return { key, answer, isDone: false }
    const kind = key.startsWith('write') ? 'ambiguous' : 'offline'
    const error = new BackendError(kind, 'inside', { code: 'internal' })
    return { key, answer: { kind: 'failed', error }, isDone: this.#options.random() < 0.5 }
  }

  #within(least: number, most: number): number {
    return Math.round(least + this.#options.random() * (most - least))
  }

  #giveUpMs(): number {
    return this.#options.random() < 0.6 ? this.#within(100, 3_000) : this.#within(3_000, 70_000)
  }

  #zombieMs(): number {
    const isLate = this.#options.random() < 0.2
    return this.#within(isLate ? longestZombieMs - 6_000 : 0, longestZombieMs)
  }

  #lagOf(isWrite: boolean): number {
    const { lagChance, writeLagChance, shortestLag, longestLag } = this.weather
    const chance = isWrite ? writeLagChance : lagChance
    return this.#options.random() < chance ? this.#within(shortestLag, longestLag) : 0
  }
}

const busyAnswer: CommandAnswer = {
  kind: 'failed',
  error: new BackendError('busy', 'not now', { code: 'methodBlocked', retryAfterMs: 10_000 }),
}

const namesOf = (commands: readonly Command[]): string =>
  commands.map(({ key, method }) => `${key}:${method}`).join(',')
