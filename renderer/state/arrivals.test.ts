import { deepEqual, equal } from 'node:assert/strict'
import { test } from 'node:test'
import type { CaseId } from '../../core/domain/id.ts'
import { createArrivals } from './arrivals.ts'

const ids = (text: string) => text.split('') as CaseId[]

test('what is there when the space opens has not arrived', () => {
  const { note } = createArrivals()
  equal(note('demo', ids('abc'), false), 0)
  equal(note('other', ids('xyz'), false), 0)
})

test('what comes while nobody looks is counted until somebody does', () => {
  const { note } = createArrivals()
  const counts = [
    note('demo', ids('ab'), true),
    note('demo', ids('abc'), false),
    note('demo', ids('abcd'), false),
    note('demo', ids('abcd'), true),
    note('demo', ids('abcd'), false),
    note('demo', ids('abcde'), true),
  ]
  deepEqual(counts, [0, 1, 2, 0, 0, 0])
})

test('what somebody else gave out meanwhile is no longer counted, what came back is', () => {
  const { note } = createArrivals()
  const counts = [
    note('demo', ids('ab'), true),
    note('demo', ids('abcd'), false),
    note('demo', ids('bd'), false),
    note('demo', ids('abd'), false),
  ]
  deepEqual(counts, [0, 2, 1, 2])
})
