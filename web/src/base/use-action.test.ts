import { expect, test, vi } from 'vitest'

// Node has no storage; the language is read from what the browser keeps there.
vi.stubGlobal('localStorage', { getItem: () => null, setItem: () => undefined })
await import('../shell/words-testing.ts')
const { useActionsInTurn } = await import('./use-action.ts')

test('actions asked for while another runs are done one after the other, and none is passed over', async () => {
  const { act, busy, problem } = useActionsInTurn()
  const done: number[] = []
  let running = 0
  const action = (n: number) => async () => {
    running += 1
    expect(running).toBe(1)
    await Promise.resolve()
    running -= 1
    if (n === 2) throw new Error('refused')
    done.push(n)
  }
  const all = [1, 2, 3, 4].map(n => act(action(n)))
  expect(busy.value).toBe(true)
  await Promise.all(all)
  expect(done).toEqual([1, 3, 4])
  expect(busy.value).toBe(false)
  expect(problem.value).toBeUndefined()
})
