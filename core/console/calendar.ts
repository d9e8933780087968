import calendar from '../../resources/calendars/ru.json' with { type: 'json' }
import type { ProductionCalendar } from '../domain/calendar.ts'

/** Official days off, moved days and short days of Russia (`resources/calendars`). */
export const russianCalendar: ProductionCalendar = calendar
