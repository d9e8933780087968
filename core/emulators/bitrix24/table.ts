export interface Row {
  readonly id: number
}

/** What a reader sees of a table: now, or as it was some seconds ago. */
export interface View<Kind extends Row> {
  one(id: number): Kind | undefined
  /** Rows with from ≤ id ≤ to, by id; descending from the end. */
  between(from: number, to: number, isDescending?: boolean): Iterable<Kind>
}

interface Change<Kind extends Row> {
  readonly at: number
  readonly id: number
  readonly before: Kind | undefined
}

const keptMs = 60_000

/** Rows that are never edited, only replaced, in the order of their ids. */
export class Table<Kind extends Row> implements View<Kind> {
  #rows: Kind[] = []
  readonly #byId = new Map<number, Kind>()
  #past: Change<Kind>[] = []
  #nextId = 1

  get size(): number {
    return this.#rows.length
  }

  all(): readonly Kind[] {
    return this.#rows
  }

  /** The id the next row gets; ids are never given twice. */
  nextId(): number {
    return this.#nextId
  }

  /** Leaves ids out, as deleted rows do. */
  skipTo(id: number): void {
    this.#nextId = Math.max(this.#nextId, id)
  }

  one(id: number): Kind | undefined {
    return this.#byId.get(id)
  }

  /** Puts a row in or in place of the one with its id. */
  put(row: Kind, at: number): void {
    this.#remember(row.id, at)
    const index = this.#indexFrom(row.id)
    if (this.#byId.has(row.id)) this.#rows[index] = row
    else this.#rows.splice(index, 0, row)
    this.#byId.set(row.id, row)
    this.#nextId = Math.max(this.#nextId, row.id + 1)
  }

  /** Puts the first rows in, ids rising: nobody could have read the table before. */
  lay(row: Kind): void {
    this.#rows.push(row)
    this.#byId.set(row.id, row)
    this.#nextId = row.id + 1
  }

  remove(id: number, at: number): boolean {
    if (!this.#byId.has(id)) return false
    this.#remember(id, at)
    this.#rows.splice(this.#indexFrom(id), 1)
    this.#byId.delete(id)
    return true
  }

  *between(from: number, to: number, isDescending = false): Iterable<Kind> {
    const first = this.#indexFrom(from)
    const end = this.#indexFrom(to + 1)
    for (let step = 0; step < end - first; step += 1) {
      const row = this.#rows[isDescending ? end - 1 - step : first + step]
      if (row) yield row
    }
  }

  /** The table as it was at that moment, no more than a minute ago. */
  asOf(at: number): View<Kind> {
    const before = new Map<number, Kind | undefined>()
    for (const change of this.#past)
      if (change.at > at && !before.has(change.id)) before.set(change.id, change.before)
    if (before.size === 0) return this
    const one = (id: number) => (before.has(id) ? before.get(id) : this.#byId.get(id))
    const ids = () =>
      [...new Set([...this.#byId.keys(), ...before.keys()])].sort((left, right) => left - right)
    return {
      one,
      *between(from, to, isDescending = false) {
        const all = ids().filter(id => id >= from && id <= to)
        for (const id of isDescending ? all.reverse() : all) {
          const row = one(id)
          if (row) yield row
        }
      },
    }
  }

  #remember(id: number, at: number): void {
    const [oldest] = this.#past
    if (oldest && oldest.at < at - keptMs)
      this.#past = this.#past.filter(change => change.at >= at - keptMs)
    this.#past.push({ at, id, before: this.#byId.get(id) })
  }

  /** Where the first row with this id or a later one lies. */
  #indexFrom(id: number): number {
    let low = 0
    let high = this.#rows.length
    const last = this.#rows[high - 1]
    if (!last || last.id < id) return high
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((this.#rows[middle]?.id ?? Infinity) < id) low = middle + 1
      else high = middle
    }
    return low
  }
}
