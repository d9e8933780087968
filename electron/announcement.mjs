import { wordsIn } from './words.mjs'

/**
 * What the core says in one line of JSON when it is ready, finds another at work, or cannot start.
 * @typedef {{ line: number, field: string, value: string, reason: { code: string, [detail: string]: string | number } }} Problem
 * @typedef {{ kind: 'ready', url: string, windowUrl: string, dataFolder: string }
 *   | { kind: 'already', url: string }
 *   | { kind: 'failed', code: string, path?: string, problem?: Problem }} Announcement
 */

/**
 * The first announcement of a core; every other line it prints is passed on.
 * @param {import('node:child_process').ChildProcess} core
 * @returns {Promise<Announcement>}
 */
export const announcementOf = core =>
  new Promise(resolve => {
    let rest = ''
    core.stdout?.setEncoding('utf8').on('data', piece => {
      const lines = `${rest}${piece}`.split('\n')
      rest = lines.pop() ?? ''
      for (const line of lines) {
        if (/^\{"kind":"(ready|already|failed)"/.test(line)) resolve(JSON.parse(line))
        else process.stdout.write(`${line}\n`)
      }
    })
  })

/**
 * Why the core could not start, as a sentence.
 * @param {Extract<Announcement, { kind: 'failed' }>} failed
 * @param {'ru' | 'en'} language
 * @param {string} file what was to be imported
 */
export function failureSentence({ code, path, problem }, language, file) {
  const say = wordsIn(language)
  if (!problem) return say(`failed.${code}`, { path })
  const words = wordsIn(language, 'import')
  const { line, field, value, reason } = problem
  const values = { line, field, value, ...reason }
  return say('failed.import', {
    file,
    place: line > 0 ? say('failed.place', values) : '',
    problem: words(`problem.${reason.code}`, values),
    remedy: words(`remedy.${reason.code}`, values),
  })
}
