/** The bytes in pieces of a size, as a file gives them. */
export async function* bytesIn(bytes: Uint8Array, piece = 65_536): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += piece) yield bytes.subarray(at, at + piece)
}

/** Node decodes Windows-1251 and does not encode it. */
export function windows1251(text: string): Uint8Array {
  const decoder = new TextDecoder('windows-1251')
  const byteOf = new Map(
    Array.from({ length: 256 }, (_, byte) => [decoder.decode(Uint8Array.of(byte)), byte]),
  )
  return Uint8Array.from(text, character => {
    const byte = byteOf.get(character)
    if (byte === undefined) throw new RangeError(`not in Windows-1251: ${character}`)
    return byte
  })
}
