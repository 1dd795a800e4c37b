import { expect, test } from 'vitest'
import { shareReads } from './share-reads.ts'

/** Reads that the test ends one by one, in the order in which they were begun. */
function reads() {
  const begun: ((answer: string | Error) => void)[] = []
  const read = () =>
    new Promise<string>((resolve, reject) => {
      begun.push(answer => (answer instanceof Error ? reject(answer) : resolve(answer)))
    })
  return { begun, read }
}

test('all who ask during a read are answered by the next one, together', async () => {
  const ask = shareReads<string>()
  const { begun, read } = reads()
  const first = ask('list', read)
  const during = [ask('list', read), ask('list', read)]
  expect(begun).toHaveLength(1)
  begun[0]!('old')
  expect(await first).toBe('old')
  await expect.poll(() => begun.length).toBe(2)
  const later = ask('list', read)
  begun[1]!('new')
  expect(await Promise.all(during)).toEqual(['new', 'new'])
  await expect.poll(() => begun.length).toBe(3)
  begun[2]!('newer')
  expect(await later).toBe('newer')
})

test('what was read is not kept', async () => {
  const ask = shareReads<string>()
  expect(await ask('list', async () => 'one')).toBe('one')
  expect(await ask('list', async () => 'two')).toBe('two')
})

test('different questions do not wait for each other', async () => {
  const ask = shareReads<string>()
  const { begun, read } = reads()
  const slow = ask('a', read)
  expect(await ask('b', async () => 'b')).toBe('b')
  begun[0]!('a')
  expect(await slow).toBe('a')
})

test('a read that fails rejects for every caller that shared it, and the next caller starts a new read', async () => {
  const ask = shareReads<string>()
  const { begun, read } = reads()
  const first = ask('list', read)
  const second = ask('list', read)
  begun[0]!(new Error('away'))
  await expect(first).rejects.toThrow('away')
  await expect.poll(() => begun.length).toBe(2)
  begun[1]!('back')
  expect(await second).toBe('back')
})
