import type { LetterWords } from '@pix/contracts/letter-words.ts'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { apiByHand, type Asked, browserEvents, mount, refusal, settled } from '../../../base/browser-testing.ts'

// Node has no storage; the language is read from what the browser keeps there.
vi.stubGlobal('localStorage', { getItem: () => null, setItem: () => undefined })
await import('../../../shell/words-testing.ts')
const { i18n } = await import('../../../base/i18n/index.ts')
const { useLetter } = await import('./use-letter.ts')

const SAID = { subject: 'Order {number}', lines: ['It is paid.', 'Thank you.'], action: 'Open', hint: 'Until it ends.' }
const READ: LetterWords = {
  template: 'order_paid',
  places: { needed: ['number'], optional: ['document'] },
  th: { ours: SAID, own: null },
  en: { ours: SAID, own: { ...SAID, subject: 'Paid: {number}' } },
}

let asked: Asked[]
beforeEach(() => {
  browserEvents()
  asked = apiByHand()
})
afterEach(() => vi.unstubAllGlobals())

async function open() {
  const letter = mount(() => useLetter('order_paid'), i18n)
  await asked[0]!.answer(READ)
  return letter
}

test('what is sent now is shown: own words where there are some, else ours', async () => {
  using letter = await open()
  expect(letter.draft.value).toEqual({ ...SAID, lines: 'It is paid.\n\nThank you.' })
  letter.language.value = 'en'
  expect(letter.draft.value.subject).toBe('Paid: {number}')
  expect(letter.isUnsaved.value).toBe(false)
})

test('paragraphs are what stands between empty lines; spaces around them are not kept', async () => {
  using letter = await open()
  letter.draft.value.lines = '\n One {number}. \n still one.\n\n \n\nTwo.\n'
  expect(letter.words.value.lines).toEqual(['One {number}. \n still one.', 'Two.'])
})

test('words that cannot be filled in are not sent, and the fault stands at its field', async () => {
  using letter = await open()
  letter.draft.value.subject = 'Order'
  letter.draft.value.hint = 'For {name}'
  expect(letter.fits.value).toBe(false)
  await letter.save(() => expect.unreachable())
  expect(asked).toHaveLength(1)
  expect(letter.form.faults.value.lines).toContain('{number}')
  expect(letter.form.faults.value.hint).toContain('{name}')
  expect(letter.form.faults.value.subject).toBeUndefined()
})

test('saving one language leaves what is typed in the other', async () => {
  using letter = await open()
  letter.language.value = 'en'
  letter.draft.value.action = 'Look'
  letter.language.value = 'th'
  letter.draft.value.action = 'ดูรูป'
  const saved = vi.fn<() => void>()
  void letter.save(saved)
  await settled()
  expect(asked[1]).toMatchObject({ method: 'PUT', body: { ...SAID, action: 'ดูรูป' } })
  expect(asked[1]!.path).toMatch(/order_paid\/words\/th$/)
  await asked[1]!.answer({ ...READ, th: { ours: SAID, own: { ...SAID, action: 'ดูรูป' } } })
  expect(saved).toHaveBeenCalledOnce()
  expect(letter.isUnsavedIn('th')).toBe(false)
  expect(letter.isUnsavedIn('en')).toBe(true)
})

test('nothing typed is lost when it cannot be saved', async () => {
  using letter = await open()
  letter.draft.value.action = 'ดูรูป'
  void letter.save(() => expect.unreachable())
  await settled()
  await asked[1]!.answer(refusal(500, 'internal'))
  expect(letter.draft.value.action).toBe('ดูรูป')
  expect(letter.form.problem.value).toBeTruthy()
})

test('our words are shown again once own ones are forgotten', async () => {
  using letter = await open()
  letter.language.value = 'en'
  void letter.forget()
  await settled()
  expect(asked[1]).toMatchObject({ method: 'DELETE' })
  await asked[1]!.answer({ ...READ, en: { ours: SAID, own: null } })
  expect(letter.draft.value.subject).toBe(SAID.subject)
})
