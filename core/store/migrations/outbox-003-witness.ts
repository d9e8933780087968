/** What a backend without idempotency keys must find again after a crash, kept before its write. */
export const sql = `
ALTER TABLE decisions ADD COLUMN witness TEXT;
`
