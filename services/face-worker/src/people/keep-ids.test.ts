import { expect, test } from 'vitest'
import { keepIds } from './keep-ids.ts'

const people = (groups: Record<string, string[]>) =>
  new Map(Object.entries(groups).flatMap(([person, faces]) => faces.map(face => [face, person] as const)))

test('people decided again keep the ids of those they were', () => {
  const before = people({ ann: ['1', '2', '3'], bob: ['4', '5'] })
  const now = people({ '1': ['1', '2', '3'], '4': ['4', '5'], '6': ['6'] })
  expect(keepIds(now, before)).toEqual(people({ ann: ['1', '2', '3'], bob: ['4', '5'], '6': ['6'] }))
})

test('of two people who were one, the larger keeps the id; of one who was two, the id of the larger stays', () => {
  const was = people({ ann: ['1', '2', '3'] })
  expect(keepIds(people({ '1': ['1'], '2': ['2', '3'] }), was)).toEqual(people({ '1': ['1'], ann: ['2', '3'] }))
  const were = people({ ann: ['1'], bob: ['2', '3'] })
  expect(keepIds(people({ '1': ['1', '2', '3'] }), were)).toEqual(people({ bob: ['1', '2', '3'] }))
})

test('an id is nobody else\u2019s, also where a new person is named like an old one', () => {
  // The face that founded Ann is somebody else's now, and founds that one under the same id.
  const before = people({ '1': ['1', '2', '3', '4'], '5': ['5'] })
  const now = people({ '1': ['1', '5'], '2': ['2', '3', '4'] })
  const kept = keepIds(now, before)
  expect(kept.get('2')).toBe('1')
  expect(kept.get('1')).toBe('5')
  expect(new Set(kept.values()).size).toBe(2)
})
