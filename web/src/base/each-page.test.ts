import { expect, test } from 'vitest'
import { eachPage, everyItem } from './each-page.ts'

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

test('a choice has the rows of every page', async () => {
  const { ask } = listOf(3)
  const all = await everyItem(async cursor => {
    const { at, nextCursor } = await ask(cursor)
    return { items: [at, at * 10], nextCursor }
  })
  expect(all).toEqual([1, 10, 2, 20, 3, 30])
})
