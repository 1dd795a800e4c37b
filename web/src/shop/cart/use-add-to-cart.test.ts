import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { apiByHand, type Asked, beginVisit, refusal, settled } from '../../base/browser-testing.ts'

await import('../../shell/words-testing.ts')
const { useAddToCart } = await import('./use-add-to-cart.ts')
const { closeToast, currentToast } = await import('../../ui/toast.ts')

let asked: Asked[]
beforeEach(async () => {
  await beginVisit()
  asked = apiByHand()
  setActivePinia(createPinia())
  closeToast()
  vi.stubGlobal('document', { cookie: '' })
})
afterEach(() => vi.unstubAllGlobals())

test('two quick presses add once, and go on once', async () => {
  let added = 0
  const { adding, add } = useAddToCart(() => (added += 1))
  const first = add(['a'])
  await add(['a'])
  await settled()
  expect(asked.map(({ body }) => body)).toEqual([{ photoIds: ['a'] }])
  await asked[0]!.answer({ items: [] })
  await first
  expect([added, adding.value]).toEqual([1, { status: 'idle' }])
})

test('a photo that was not added is said where the button is, and the next press tries again', async () => {
  const { adding, add } = useAddToCart(() => expect.unreachable())
  const first = add(['a'])
  await settled()
  await asked[0]!.answer(refusal(409, 'cart_full'))
  await first
  expect(adding.value).toEqual({ status: 'failed', message: expect.stringMatching(/\S/) })
  void add(['a'])
  await settled()
  expect([adding.value, asked.length]).toEqual([{ status: 'adding' }, 2])
})

test('a browser that keeps no cookie is asked for it, and nothing goes into a cart that it would never see', async () => {
  vi.stubGlobal('document', {
    get cookie() {
      return ''
    },
    set cookie(_: string) {},
  })
  const { adding, add } = useAddToCart(() => expect.unreachable())
  await add(['a'])
  expect([adding.value.status, asked.length]).toEqual(['failed', 0])
  expect(currentToast.value?.text).toMatch(/\S/)
})
