/** What a corpus has counted: `npm test` prints these lines, as it does those of core/testing/counted.ts. */
export const counted = (line: string): boolean => process.stdout.write(`counted: ${line}\n`)
