import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { cut } from './cut.ts'

async function* from(chunks: readonly Buffer[]) {
  yield* chunks
}

async function piecesOf(chunks: readonly Buffer[], size: number): Promise<Buffer[]> {
  const pieces: Buffer[] = []
  for await (const piece of cut(from(chunks), size)) {
    const parts: Buffer[] = []
    for await (const part of piece) parts.push(part)
    pieces.push(Buffer.concat(parts))
  }
  return pieces
}

test('pieces are the bytes in their order, each as long as asked for but the last, however the bytes came', async () => {
  const chunks = fc.array(fc.uint8Array({ minLength: 1, maxLength: 40 }).map(Buffer.from), { maxLength: 12 })
  await fc.assert(
    fc.asyncProperty(chunks, fc.integer({ min: 1, max: 50 }), async (given, size) => {
      const pieces = await piecesOf(given, size)
      expect(Buffer.concat(pieces)).toEqual(Buffer.concat(given))
      expect(pieces.slice(0, -1).every(piece => piece.length === size)).toBe(true)
      expect(pieces.every(piece => piece.length > 0 && piece.length <= size)).toBe(true)
    }),
  )
})
