const control = 'Ctrl'
const shift = 'Shift'

/** Groups of `[sentence, keys…]`; a key is a code of the keyboard or what is written on it. */
export const groups = {
  move: [
    ['move', 'KeyJ', 'KeyK', '↓', '↑'],
    ['pick', 'Space'],
    ['extend', shift, '↓'],
    ['all', control, 'KeyA'],
    ['open', 'Enter'],
    ['clear', 'Escape'],
  ],
  give: [
    ['hint', '1…9'],
    ['force', shift, '1…9'],
    ['whom', 'KeyA'],
    ['take', 'KeyT'],
    ['plan', 'KeyP'],
    ['department', 'KeyD'],
    ['defer', 'KeyH'],
    ['return', 'KeyR'],
    ['giveHere', 'KeyG'],
    ['stage', 'BracketLeft', 'BracketRight'],
  ],
  rest: [
    ['undo', control, 'KeyZ'],
    ['redo', control, shift, 'KeyZ'],
    ['search', 'Slash'],
    ['palette', control, 'KeyK'],
    ['keys', shift, 'Slash'],
  ],
} as const

/** What is pressed for each, by the name of its sentence. */
export const keysOf: ReadonlyMap<string, readonly string[]> = new Map(
  Object.values(groups).flatMap(rows => rows.map(([name, ...keys]) => [name, keys] as const)),
)
