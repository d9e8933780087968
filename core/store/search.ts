import { sql } from 'kysely'
import type { Case } from '../domain/case.ts'
import type { CaseId } from '../domain/id.ts'
import { readCases } from './cases.ts'
import { jsonList, statement, tables } from './db.ts'
import { matchOf, wordsOf } from './search-words.ts'
import type { Store } from './store.ts'

/** Of words that are in very many cases only the newest this many are looked at. */
const mostLookedAt = 2_000

const found = statement<{ match: string; most: number }>()(value =>
  tables
    .selectFrom('caseSearch')
    .select('rowid')
    .where('caseSearch', 'match', value('match'))
    .orderBy('rowid', 'desc')
    .limit(value('most')),
)
const named = statement<{ ids: string }>()(value =>
  tables
    .selectFrom('cases')
    .select(['id', 'caseId', 'number'])
    .where('id', 'in', sql<number>`(select value from json_each(${value('ids')}))`),
)
const openIds = statement()(() =>
  tables.selectFrom('cases').select('id').where('status', '<>', sql.lit('closed')),
)

/**
 * Finds by number, subject, client, phone, e-mail and text; any input is safe. The number itself
 * first, then open cases, then closed ones, the newest of each first.
 */
export function searchCases(store: Store, text: string, limit: number): Case[] {
  const match = matchOf(text)
  if (match === null || limit < 1) return []
  const ids = store.all(found({ match, most: mostLookedAt })).map(({ rowid }) => rowid)
  const open = new Set(store.all(openIds({})).map(({ id }) => id))
  const ranked = [...ids.filter(id => open.has(id)), ...ids.filter(id => !open.has(id))]
  const first = idsByNumber(store, text)
  return casesIn(store, [...new Set([...first, ...ranked.slice(0, limit)])].slice(0, limit))
}

/** Cases whose number is exactly what was typed, however it is punctuated. */
function idsByNumber(store: Store, text: string): number[] {
  const words = wordsOf(text)
  if (!/\d/.test(text) || words.length > 6) return []
  const [first, ...others] = words
  // The number is what the words of a case begin with; its digits alone stand after it.
  const match = others.length > 0 ? `^"${words.join(' ')}"` : `"${first}"`
  const rows = rowsOf(
    store,
    store.all(found({ match, most: mostLookedAt })).map(({ rowid }) => rowid),
  )
  return rows.filter(({ number }) => isNumber(number, words)).map(({ id }) => id)
}

const isNumber = (number: string, words: readonly string[]): boolean => {
  const own = wordsOf(number)
  return (
    own.join(' ') === words.join(' ') ||
    (words.length === 1 && own.at(-1)?.replace(/^0+/, '') === words[0])
  )
}

const rowsOf = (store: Store, ids: readonly number[]) => store.all(named({ ids: jsonList(ids) }))

/** The cases as the head sees them, in the order of the row ids. */
function casesIn(store: Store, ids: readonly number[]): Case[] {
  const caseIds = new Map<number, CaseId>(rowsOf(store, ids).map(({ id, caseId }) => [id, caseId]))
  const cases = new Map(
    readCases(store, caseIds.values()).map(theCase => [theCase.caseId, theCase]),
  )
  return ids.flatMap(id => {
    const caseId = caseIds.get(id)
    const theCase = caseId && cases.get(caseId)
    return theCase ? [theCase] : []
  })
}
