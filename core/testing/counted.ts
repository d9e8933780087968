/** What a battery has counted: `npm test` prints these lines, whether the test passes or not. */
export const counted = (line: string): boolean => process.stdout.write(`counted: ${line}\n`)
