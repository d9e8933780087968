import { equal } from 'node:assert/strict'
import { test } from 'node:test'
import { fieldOf, mondayMorning, tomorrowMorning } from './defer-times.ts'

const at = (text: string) => new Date(text).getTime()

test('tomorrow morning is nine of the next day, also over the end of a month', () => {
  equal(fieldOf(tomorrowMorning(at('2026-11-30T18:40:00'))), '2026-12-01T09:00')
})

test('Monday morning is that of the next Monday, and on a Monday a week later', () => {
  equal(fieldOf(mondayMorning(at('2026-11-20T12:00:00'))), '2026-11-23T09:00')
  equal(fieldOf(mondayMorning(at('2026-11-22T23:59:00'))), '2026-11-23T09:00')
  equal(fieldOf(mondayMorning(at('2026-11-23T08:00:00'))), '2026-11-30T09:00')
})
