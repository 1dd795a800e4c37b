import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { effectScope, type EffectScope } from 'vue'
import { type Page, usePages } from './use-pages.ts'

await import('../shell/words-testing.ts')

let scope: EffectScope
beforeEach(() => {
  scope = effectScope()
  vi.stubGlobal('addEventListener', () => undefined)
  vi.stubGlobal('removeEventListener', () => undefined)
})
afterEach(() => {
  scope.stop()
  vi.unstubAllGlobals()
})

interface Question {
  cursor: string | undefined
  answer: (items: string[], nextCursor: string | null) => Promise<void>
  refuse: () => Promise<void>
}

const soon = () => new Promise<void>(setImmediate)

/** A list whose answers are given by hand, in any order; its first page is there. */
async function opened(first: string[], nextCursor: string | null) {
  const asked: Question[] = []
  const pages = scope.run(() =>
    usePages<string>(
      cursor =>
        new Promise<Page<string>>((resolve, reject) =>
          asked.push({
            cursor,
            answer: (items, next) => (resolve({ items, nextCursor: next }), soon()),
            refuse: () => (reject(new Error('broken')), soon()),
          }),
        ),
    ),
  )!
  await asked[0]!.answer(first, nextCursor)
  const shown = () => (pages.state.value.status === 'loaded' ? pages.state.value.value.items : pages.state.value.status)
  return { ...pages, asked, shown }
}

test('a change while a further page is on its way is kept, and that page comes below it', async () => {
  const { more, change, further, asked, shown } = await opened(['a', 'b'], 'after b')
  void more()
  change(items => items.filter(item => item !== 'a'))
  expect(shown()).toEqual(['b'])
  await asked[1]!.answer(['c'], 'after c')
  expect(shown()).toEqual(['b', 'c'])
  expect(further.value.status).toBe('idle')

  void more()
  change(items => items.map(item => item.toUpperCase()))
  await asked[2]!.refuse()
  expect(further.value.status).toBe('failed')
  void more()
  await asked[3]!.answer(['d'], null)
  expect(shown()).toEqual(['B', 'C', 'd'])
})

test('a list that a change has emptied is asked for again', async () => {
  const { change, asked, shown } = await opened(['a', 'b'], 'after b')
  change(() => [])
  expect(shown()).toBe('loading')
  expect(asked.map(({ cursor }) => cursor)).toEqual([undefined, undefined])
  await asked[1]!.answer([], null)
  change(items => items.map(item => item))
  expect(asked).toHaveLength(2)
  expect(shown()).toEqual([])
})

test('a further page of the list before is dropped, even where the new one goes on from the same place', async () => {
  const { more, load, further, asked, shown } = await opened(['a'], 'after a')
  void more()
  void load()
  await asked[2]!.answer(['a'], 'after a')
  await asked[1]!.answer(['of the list before'], null)
  expect(shown()).toEqual(['a'])
  expect(further.value.status).toBe('idle')
})

test('a further page that was asked for while the list was refreshed is dropped where the list ends elsewhere now', async () => {
  const { more, refresh, further, asked, shown } = await opened(['a'], 'after a')
  void refresh()
  void more()
  await asked[1]!.answer(['new', 'a'], 'after new')
  await asked[2]!.answer(['b'], null)
  expect(shown()).toEqual(['new', 'a'])
  expect(further.value.status).toBe('idle')
})
