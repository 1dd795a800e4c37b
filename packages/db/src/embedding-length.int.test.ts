import { readFile } from 'node:fs/promises'
import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { testDb } from './testing.ts'

const FILE = new URL('../migrations/0009_embedding_length.sql', import.meta.url)
const [BEFORE, NOW, OTHER] = ['dlib-resnet-aligned-mirrored-1', 'dlib-resnet-aligned-mirrored-2', 'another']

const floats = (bytes: Buffer) => new Float32Array(new Uint8Array(bytes).buffer)
const bytesOf = (embedding: Float32Array) => Buffer.from(embedding.buffer)

test('faces stored before embeddings had one length get it: same direction, and those of other models stay', async () => {
  const lively = Float32Array.from({ length: 128 }, (_, i) => Math.sin(i * i) * 10 ** ((i % 12) - 9))
  lively[3] = 0
  const nothing = new Float32Array(128)
  const stored = [
    { embedding: lively, version: BEFORE },
    { embedding: nothing, version: BEFORE },
    { embedding: lively, version: OTHER },
  ]
  const statements = (await readFile(FILE, 'utf8')).split('--> statement-breakpoint')

  await using t = await testDb()
  const after = await t.owner().transaction(async tx => {
    // In front of the table of that name for this connection only: the migration sees faces and nothing else.
    await tx.execute(sql`create temp table faces (at int, embedding bytea, model_version text)`)
    for (const [at, { embedding, version }] of stored.entries())
      await tx.execute(sql`insert into faces values (${at}, ${bytesOf(embedding)}, ${version})`)
    for (const statement of statements) await tx.execute(sql.raw(statement))
    const { rows } = await tx.execute<{ embedding: Buffer; model_version: string }>(
      sql`select * from faces order by at`,
    )
    return rows
  })

  expect(after.map(row => row.model_version)).toEqual([NOW, NOW, OTHER])
  const length = Math.hypot(...lively)
  expect(
    Math.max(...floats(after[0]!.embedding).map((value, i) => Math.abs(value - (lively[i]! * 1.4) / length))),
  ).toBeLessThan(1e-7)
  expect(floats(after[1]!.embedding)).toEqual(nothing)
  expect(floats(after[2]!.embedding)).toEqual(lively)
})
