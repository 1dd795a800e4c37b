import { FIRST_STEPS, type FirstStep } from '@pix/contracts/first-steps.ts'
import { expect, test } from 'vitest'
import { shownSteps } from './shown-steps.ts'

const steps = (done: readonly FirstStep[]) => FIRST_STEPS.map(step => ({ step, done: done.includes(step) }))
const nextOf = (done: readonly FirstStep[], eventId: string | null, isOwner = true) =>
  shownSteps({ steps: steps(done), eventId, sells: false }, isOwner).steps.find(({ isNext }) => isNext)

test('the next step is the first open one whose page this person may open', () => {
  expect(nextOf([], null)).toMatchObject({ step: 'look', to: '/admin/studio' })
  expect(nextOf(['look', 'prices'], null)).toMatchObject({ step: 'seller', to: '/admin/seller' })
  expect(nextOf(['look', 'prices'], null, false)).toMatchObject({ step: 'event', to: '/admin/events/new' })
  expect(nextOf(['look', 'seller', 'prices', 'event'], 'e')).toMatchObject({ to: '/photographer/events/e/upload' })
  expect(nextOf(FIRST_STEPS, 'e')).toBeUndefined()
})

test('steps of an event have no page before there is one, and what is done is counted', () => {
  const shown = shownSteps({ steps: steps(['look', 'prices']), eventId: null, sells: false }, true)
  expect(shown.steps.filter(({ to }) => to === undefined).map(({ step }) => step)).toEqual([
    'photos',
    'approved',
    'on_sale',
  ])
  expect([shown.done, shown.all]).toEqual([2, 7])
})
