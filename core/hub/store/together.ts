/**
 * Asks a database several things at once: where it can, they go down one connection behind one another
 * and cost one way there and back. All are over when it returns or throws: what is still asked after
 * a transaction was rolled back would be carried out outside of it. Throws what failed first in time,
 * for whatever fails after it only says that the transaction is lost.
 */
export async function together<Asked extends readonly Promise<unknown>[]>(
  ...asked: Asked
): Promise<{ -readonly [Place in keyof Asked]: Awaited<Asked[Place]> }> {
  const failures: unknown[] = []
  await Promise.all(asked.map(one => one.catch(error => failures.push(error))))
  if (failures.length > 0) throw failures[0]
  return Promise.all(asked)
}

/** In the place of a question that is not asked. */
export const nothing: Promise<null> = Promise.resolve(null)
