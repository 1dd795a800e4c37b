import { expect, test } from 'vitest'
import { isBlurred } from './photo-looks.ts'

test('what was measured as less sharp counts as blurred; what was not measured does not', () => {
  expect([0.49, 0.5, 0.9, null].map(sharpness => isBlurred({ sharpness }))).toEqual([true, false, false, false])
})
