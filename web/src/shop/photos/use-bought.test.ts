import { afterEach, expect, test, vi } from 'vitest'

// Node has no storage; the language is read from what the browser keeps there.
vi.stubGlobal('localStorage', { getItem: () => null, setItem: () => undefined })
const { useBought } = await import('./use-bought.ts')
afterEach(() => vi.unstubAllGlobals())

const order = (id: string, status: string, photos: [string, boolean][]) => ({
  id,
  status,
  events: [{ event: { id: 'run' }, photos: photos.map(([photo, bought]) => ({ id: photo, bought })) }],
})

test('bought is what the api says of each photo, whatever its order is: what was taken back and bought again leads to the later order', async () => {
  const items = [
    order('again', 'fulfilled', [['one', true]]),
    order('first', 'fulfilled', [
      ['one', false],
      ['two', false],
      ['three', true],
    ]),
    order('part', 'refund_pending', [['four', true]]),
    order('open', 'awaiting_payment', [['five', false]]),
  ]
  vi.stubGlobal('fetch', async () => Response.json({ items }))
  const bought = useBought('run')
  await expect.poll(() => bought.value.size).toBeGreaterThan(0)
  expect([...bought.value]).toEqual([
    ['one', 'again'],
    ['three', 'first'],
    ['four', 'part'],
  ])
  expect(useBought('fair').value.size).toBe(0)
})
