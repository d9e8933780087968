import type { Item } from './rows.ts'
import type { Value } from './values.ts'

export const numberIn = (value: Value | undefined): number =>
  typeof value === 'number' ? value : 0
export const textIn = (value: Value | undefined): string => (typeof value === 'string' ? value : '')
export const idsIn = (value: Value | undefined): readonly number[] =>
  Array.isArray(value) ? value.filter((each): each is number => typeof each === 'number') : []

export const titleOf = (item: Item): string => textIn(item.values['title'])
