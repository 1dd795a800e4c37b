/** How many readers are asked for at once. */
export const AT_ONCE = 100

/**
 * Writes a letter to each of many readers, who are asked for page by page.
 *
 * @param next readers in the order of their ids, `AT_ONCE` at most, after the last one of the page before
 * @param write returns whether a letter was written
 * @returns how many were written
 */
export async function writeToEach<R extends { id: string }>(
  next: (after: string | undefined) => Promise<R[]>,
  write: (reader: R) => Promise<boolean>,
): Promise<number> {
  let written = 0
  let readers: R[] = []
  do {
    readers = await next(readers.at(-1)?.id)
    for (const reader of readers) if (await write(reader)) written += 1
  } while (readers.length === AT_ONCE)
  return written
}
