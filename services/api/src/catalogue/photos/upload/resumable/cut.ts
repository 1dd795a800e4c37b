/**
 * Cuts a stream into pieces of a size; the last one is shorter, and without bytes there is no piece. Each piece must be
 * read to its end before the next is asked for.
 */
export async function* cut(source: AsyncIterable<Buffer>, size: number): AsyncGenerator<AsyncIterable<Buffer>> {
  const chunks = source[Symbol.asyncIterator]()
  let rest: Buffer | null = null
  const next = async (): Promise<Buffer | null> => {
    const kept = rest
    rest = null
    if (kept) return kept
    const { done, value } = await chunks.next()
    return done === true ? null : value
  }
  async function* pieceFrom(first: Buffer): AsyncGenerator<Buffer> {
    let left = size
    for (let chunk: Buffer | null = first; chunk !== null; chunk = left > 0 ? await next() : null) {
      if (chunk.length > left) rest = chunk.subarray(left)
      const taken = chunk.subarray(0, left)
      left -= taken.length
      yield taken
    }
  }
  for (let first = await next(); first !== null; first = await next()) yield pieceFrom(first)
}
