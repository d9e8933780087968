/** What happened, as a number that differs when anything does. */
export interface Trace {
  add(line: string): void
  hash(): string
  readonly lines: string[]
}

export function createTrace(isTold: boolean): Trace {
  const lines: string[] = []
  let [one, other] = [0x81_1c_9d_c5, 0x2f_0b_44_91]
  return {
    lines,
    add(line) {
      if (isTold) lines.push(line)
      for (let at = 0; at < line.length; at += 1) {
        const code = line.charCodeAt(at)
        one = Math.imul(one ^ code, 0x01_00_01_93)
        other = Math.imul(other + code, 0x85_eb_ca_6b) ^ (other >>> 13)
      }
    },
    hash: () => `${(one >>> 0).toString(16)}-${(other >>> 0).toString(16)}`,
  }
}
