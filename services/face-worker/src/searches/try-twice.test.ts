import { expect, test } from 'vitest'
import { ChildDied, EndedForAnother, TimedOut } from '../children/child-pool.ts'
import { tryTwice } from './try-twice.ts'

test.each([
  ['that breaks off once is done at the second try', [new ChildDied()], { result: 'done', tries: 2 }],
  ['that breaks off twice is given up', [new ChildDied(), new Error('no database')], { result: null, tries: 2 }],
  ['that took too long is not tried again', [new TimedOut()], { result: null, tries: 1 }],
  ['that took too long at its second try is given up', [new Error('once'), new TimedOut()], { result: null, tries: 2 }],
  [
    'whose process was ended for another has no try less',
    [new EndedForAnother(), new ChildDied(), new EndedForAnother()],
    { result: 'done', tries: 4 },
  ],
])('a piece of work %s', async (_, errors, expected) => {
  const [left, broken] = [[...errors], [] as unknown[]]
  let tries = 0
  const result = await tryTwice(
    async () => {
      tries += 1
      const error = left.shift()
      if (error) throw error
      return 'done'
    },
    error => broken.push(error),
  )
  expect({ result, tries }).toEqual(expected)
  expect(broken).toEqual(errors.slice(0, tries))
})
