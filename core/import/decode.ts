import { isUtf8 } from 'node:buffer'
import { TextDecoder } from 'node:util'
import { ImportError, problemOf } from './problem.ts'

/**
 * Text of a byte stream with every line end as `\n`. The encoding is told by its mark (UTF-8,
 * UTF-16), else by the first bytes above 127: valid UTF-8 or else Windows-1251. Throws an
 * `ImportError`: `excel`, `encoding`.
 */
export async function* decode(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  let decoder: TextDecoder | null = null
  let held: Buffer = Buffer.alloc(0)
  let isFirst = true
  const lines = lineEnds()
  for await (const chunk of bytes) {
    const piece: Buffer = joined(held, chunk)
    held = Buffer.alloc(0)
    if (isFirst && piece.length < longestMark) {
      held = piece
      continue
    }
    decoder ??= (isFirst ? decoderByMark(piece) : null) ?? decoderByContent(piece)
    isFirst = false
    if (decoder === null) {
      const whole = piece.length - incompleteTail(piece)
      held = piece.subarray(whole)
      yield lines.next(piece.subarray(0, whole).toString('latin1'))
    } else yield lines.next(decoded(decoder, piece, lines.count()))
  }
  decoder ??= decoderByMark(held) ?? decoderByContent(held) ?? windows1251()
  yield lines.next(decoded(decoder, held, lines.count(), true)) + lines.end()
}

function joined(held: Buffer, chunk: Uint8Array): Buffer {
  const fresh = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength)
  return held.length === 0 ? fresh : Buffer.concat([held, fresh])
}

const longestMark = 8
const windows1251 = () => new TextDecoder('windows-1251')

function decoderByMark(piece: Buffer): TextDecoder | null {
  const startsWith = (...mark: number[]) => mark.every((byte, index) => piece[index] === byte)
  if (startsWith(0x50, 0x4b, 0x03, 0x04) || startsWith(0xd0, 0xcf, 0x11, 0xe0))
    throw new ImportError(problemOf('excel'))
  if (startsWith(0xef, 0xbb, 0xbf)) return new TextDecoder('utf-8', { fatal: true })
  if (startsWith(0xff, 0xfe)) return new TextDecoder('utf-16le', { fatal: true })
  if (startsWith(0xfe, 0xff)) return new TextDecoder('utf-16be', { fatal: true })
  return null
}

/** Null while everything seen is ASCII (or the start of one character at the very end). */
function decoderByContent(piece: Buffer): TextDecoder | null {
  const first = piece.findIndex(byte => byte > 127)
  if (first < 0 || piece.length - first <= incompleteTail(piece)) return null
  const whole = piece.subarray(0, piece.length - incompleteTail(piece))
  return isMostlyUtf8(whole) ? new TextDecoder('utf-8', { fatal: true }) : windows1251()
}

/** Windows-1251 is hardly ever valid UTF-8 by chance; one spoilt byte does not make UTF-8 of it. */
function isMostlyUtf8(piece: Buffer): boolean {
  if (isUtf8(piece)) return true
  const letters = new TextDecoder('utf-8').decode(piece).match(/[^\0-\x7f]/gu) ?? []
  const spoilt = letters.filter(letter => letter === '\ufffd').length
  return spoilt * 2 < letters.length
}

/** How many bytes at the end may be the start of an unfinished UTF-8 character. */
function incompleteTail(piece: Buffer): number {
  for (let back = 1; back <= Math.min(3, piece.length); back += 1) {
    const byte = piece[piece.length - back] ?? 0
    if (byte >= 0xc0) return back < lengthOf(byte) ? back : 0
    if (byte < 0x80) return 0
  }
  return 0
}

function lengthOf(lead: number): number {
  if (lead >= 0xf0) return 4
  return lead >= 0xe0 ? 3 : 2
}

function decoded(decoder: TextDecoder, piece: Buffer, line: number, isLast = false): string {
  try {
    return decoder.decode(piece, { stream: !isLast })
  } catch {
    const text = new TextDecoder('latin1').decode(piece)
    const place = firstBadByte(decoder.encoding, piece)
    const before = text.slice(0, place)
    const value = text.slice(place, place + 20)
    throw new ImportError(
      problemOf(
        'encoding',
        { line: line + (before.match(/\n/g)?.length ?? 0), value },
        { encoding: decoder.encoding },
      ),
    )
  }
}

/** Halving finds the longest valid beginning; the decoder may hold bytes of the piece before. */
function firstBadByte(encoding: string, piece: Buffer): number {
  let good = 0
  let bad = piece.length
  while (bad - good > 1) {
    const middle = (good + bad) >> 1
    const decoder = new TextDecoder(encoding, { fatal: true })
    try {
      decoder.decode(piece.subarray(0, middle), { stream: true })
      good = middle
    } catch {
      bad = middle
    }
  }
  return good
}

/** `\r\n` and `\r` become `\n`, also when the two meet over the edge of pieces; counts lines. */
function lineEnds() {
  let count = 1
  let isPending = false
  return {
    next(text: string): string {
      const pieces = isPending ? `\r${text}` : text
      isPending = pieces.endsWith('\r')
      const whole = (isPending ? pieces.slice(0, -1) : pieces).replace(/\r\n?/g, '\n')
      for (let at = whole.indexOf('\n'); at >= 0; at = whole.indexOf('\n', at + 1)) count += 1
      return whole
    },
    end: (): string => (isPending ? '\n' : ''),
    count: (): number => count,
  }
}
