/**
 * The pages of a list that is read by cursor, one after the other, until the last one or until their reader stops.
 *
 * @param ask reads one page: the first one without a cursor
 */
export async function* eachPage<P extends { nextCursor: string | null }>(
  ask: (cursor: string | undefined) => Promise<P>,
): AsyncGenerator<P> {
  let cursor: string | undefined
  do {
    const page = await ask(cursor)
    yield page
    cursor = page.nextCursor ?? undefined
  } while (cursor !== undefined)
}

/** All rows of such a list, for a choice that must name each of them. */
export async function everyItem<T>(
  ask: (cursor: string | undefined) => Promise<{ items: readonly T[]; nextCursor: string | null }>,
): Promise<T[]> {
  const all: T[] = []
  for await (const { items } of eachPage(ask)) all.push(...items)
  return all
}
