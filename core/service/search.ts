import type { Arg, SearchAnswer } from '../contract.ts'
import { searchCases } from '../store/search.ts'
import type { Desk } from './desk.ts'

/** Finds cases by number, subject, client, phone, e-mail and text, closed ones too. */
export function search(desk: Desk, { text, limit }: Arg<'search'>): SearchAnswer {
  const found = searchCases(desk.store, text, limit + 1)
  return { cases: found.slice(0, limit), isMore: found.length > limit }
}
