import { expect, test } from 'vitest'
import { eachPage } from './each-page.ts'

function listOf(pages: number) {
  const asked: (string | undefined)[] = []
  const ask = async (cursor: string | undefined) => {
    asked.push(cursor)
    return { at: asked.length, nextCursor: asked.length < pages ? `after ${asked.length}` : null }
  }
  return { asked, ask }
}

test('each page is asked for with the cursor of the one before, and the last one ends it', async () => {
  const { asked, ask } = listOf(3)
  const read: number[] = []
  for await (const { at } of eachPage(ask)) read.push(at)
  expect(read).toEqual([1, 2, 3])
  expect(asked).toEqual([undefined, 'after 1', 'after 2'])
})

test('a reader who has enough asks for no further page', async () => {
  const { asked, ask } = listOf(3)
  for await (const { at } of eachPage(ask)) if (at === 2) break
  expect(asked).toEqual([undefined, 'after 1'])
})
