import { afterEach, expect, test } from 'vitest'
import { effectScope, nextTick, reactive, ref } from 'vue'
import { askToLeave, isLeft, leaveQuestion, lossNow, useUnsaved, useUnsavedDraft } from './unsaved.ts'

/** A page as long as it is shown. */
const page = effectScope
afterEach(() => leaveQuestion.value?.answer(false))

test('who holds nothing that would be lost is not asked', async () => {
  expect(await askToLeave()).toBe(true)
  const shown = page()
  shown.run(() => useUnsaved(() => false))
  expect([await askToLeave(), leaveQuestion.value]).toEqual([true, undefined])
  shown.stop()
})

test('what was typed is asked about once, however many forms hold some, and the answer decides', async () => {
  const shown = page()
  shown.run(() => (useUnsaved(() => true), useUnsaved(() => true)))
  for (const leave of [false, true]) {
    const asked = askToLeave()
    expect(leaveQuestion.value?.loss).toBe('typed')
    leaveQuestion.value?.answer(leave)
    expect([await asked, leaveQuestion.value]).toEqual([leave, undefined])
  }
  shown.stop()
  expect(await askToLeave()).toBe(true)
})

test('a second way out while the question is open is asked about, and the first one stays closed', async () => {
  const shown = page()
  shown.run(() => useUnsaved(() => true, 'upload'))
  const first = askToLeave()
  const second = askToLeave()
  expect(await first).toBe(false)
  expect(leaveQuestion.value?.loss).toBe('upload')
  leaveQuestion.value?.answer(true)
  expect(await second).toBe(true)
  shown.stop()
})

test('a form is unsaved while it differs from what was kept, also by what was typed while it was being saved', async () => {
  const draft = reactive({ name: 'Nok', about: '', parts: ['shop'] })
  const shown = page()
  const keep = shown.run(() => useUnsavedDraft(() => draft))!
  expect(lossNow()).toBeUndefined()
  draft.parts.push('payments')
  expect(lossNow()).toBe('typed')
  draft.parts.pop()
  expect(lossNow()).toBeUndefined()
  draft.name = ' Nok Dee '
  draft.about = 'typed meanwhile'
  keep({ name: 'Nok Dee', about: '' })
  draft.name = 'Nok Dee'
  expect(lossNow()).toBe('typed')
  keep()
  expect(lossNow()).toBeUndefined()
  draft.name = 'another'
  shown.stop()
  expect(lossNow()).toBeUndefined()
})

test('a form that is emptied once it was sent has nothing to lose', async () => {
  const draft = ref({ code: '' })
  const shown = page()
  const keep = shown.run(() => useUnsavedDraft(() => draft.value))!
  draft.value.code = 'EARLY'
  draft.value = { code: '' }
  keep()
  await nextTick()
  expect(lossNow()).toBeUndefined()
  shown.stop()
})

test('another page and another studio take away what is typed; filters in the address do not', () => {
  const at = { path: '/admin/split', query: { studio: 'a' } }
  expect(isLeft({ path: '/admin/coupons', query: { studio: 'a' } }, at)).toBe(true)
  expect(isLeft({ path: '/admin/split', query: { studio: 'b' } }, at)).toBe(true)
  expect(isLeft({ path: '/admin/split', query: { studio: 'a', q: 'bib' } }, at)).toBe(false)
})
