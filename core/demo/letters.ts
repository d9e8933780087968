import type { DemoKind, DemoLetter } from './kind.ts'
import type { Chance } from './random.ts'

const houses = [
  'Сосновый бор',
  'Скандинавия',
  'Амбар',
  'Терем',
  'Озёрный',
  'Лесник',
  'Каменка',
  'Север',
  'Веранда',
] as const
const villages = [
  'Берёзовая роща',
  'Тихие Ключи',
  'Заречный',
  'Медвежий угол',
  'Новые Пруды',
  'Ясная Горка',
] as const

/** Takes the letters of a kind in turn, so that neighbours differ. */
export function letterPicker(chance: Chance): (kind: DemoKind) => DemoLetter {
  const turns = new Map<string, number>()
  return kind => {
    const turn = turns.get(kind.id) ?? chance.between(0, kind.letters.length - 1)
    turns.set(kind.id, turn + 1)
    return kind.letters[turn % kind.letters.length] ?? chance.oneOf(kind.letters)
  }
}

/** A letter with its blanks filled; `at` in UTC ms is when it came. */
export function filled(
  letter: DemoLetter,
  chance: Chance,
  at: number,
): { subject: string; text: string } {
  const earlier = new Date(at - chance.between(2, 25) * 86_400_000).toISOString()
  const blanks: Readonly<Record<string, string>> = {
    house: chance.oneOf(houses),
    village: chance.oneOf(villages),
    plot: String(chance.between(3, 96)),
    order: `${chance.between(24, 26)}-${chance.between(100, 999)}`,
    sum: `${chance.between(12, 480)} 000 ₽`,
    date: `${earlier.slice(8, 10)}.${earlier.slice(5, 7)}`,
  }
  const fill = (text: string) =>
    text.replace(/\{(\w+)\}/g, (whole, name: string) => blanks[name] ?? whole)
  return { subject: fill(letter.subject), text: fill(letter.text) }
}
