import {
  closeSync,
  existsSync,
  fsyncSync,
  openSync,
  readFileSync,
  renameSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'

const base64 = z.string().max(1000)
const wrapped = { nonce: base64, data: base64, tag: base64 }
const stretch = z.strictObject({
  salt: base64,
  memoryKb: z.int().min(8192).max(1_048_576),
  passes: z.int().min(1).max(20),
})

const schema = z.strictObject({
  v: z.literal(1),
  keyId: z.uuid(),
  check: base64,
  wraps: z.array(
    z.discriminatedUnion('holder', [
      z.strictObject({ holder: z.literal('keychain'), ...wrapped }),
      z.strictObject({ holder: z.literal('file'), ...wrapped }),
      z.strictObject({ holder: z.literal('passphrase'), ...wrapped, stretch }),
      z.strictObject({ holder: z.literal('recovery'), ...wrapped, stretch }),
    ]),
  ),
})
/** The data key of this data folder, closed under each way to open it. Holds no secret by itself. */
export type Keys = z.infer<typeof schema>

const pathOf = (folder: string) => join(folder, 'keys.json')

const parse = (path: string): Keys | null => {
  try {
    return schema.parse(JSON.parse(readFileSync(path, 'utf8')))
  } catch {
    return null
  }
}

/** Whether a key was ever made here. */
export const hasKeys = (folder: string): boolean =>
  existsSync(pathOf(folder)) || existsSync(`${pathOf(folder)}.1`)

/** null: there never was a key here. Throws `KeysBroken` when neither generation can be read. */
export function readKeys(folder: string): Keys | null {
  const path = pathOf(folder)
  const older = `${path}.1`
  if (!hasKeys(folder)) return null
  const keys = parse(path) ?? parse(older)
  if (!keys) throw new KeysBroken(path)
  return keys
}

export class KeysBroken extends Error {
  constructor(path: string) {
    super(`${path} cannot be read and its older copy neither`)
    this.name = 'KeysBroken'
  }
}

/** Written beside, synced, renamed over; the one before stays as `keys.json.1`. */
export function writeKeys(folder: string, keys: Keys): void {
  const path = pathOf(folder)
  const fresh = `${path}.new`
  const file = openSync(fresh, 'w', 0o600)
  writeSync(file, JSON.stringify(keys, null, 2))
  fsyncSync(file)
  closeSync(file)
  if (parse(path)) renameSync(path, `${path}.1`)
  renameSync(fresh, path)
}
