import { expect, test } from 'vitest'
import { useGridSelection } from './use-grid-selection.ts'

const ids = ['a', 'b', 'c', 'd', 'e']

test('Shift and arrows select the range from where it began, in both directions', () => {
  const grid = useGridSelection(() => ids)
  grid.moveTo(2)
  grid.moveTo(3, true)
  grid.moveTo(4, true)
  expect([...grid.selected.value]).toEqual(['c', 'd', 'e'])
  grid.moveTo(1, true)
  expect([...grid.selected.value]).toEqual(['b', 'c'])
})

test('without a selection an action is for the photo under the cursor, with one for the selected alone', () => {
  const grid = useGridSelection(() => ids)
  grid.moveTo(1)
  expect(grid.targets.value).toEqual(['b'])
  grid.toggle(4)
  grid.toggle(0)
  expect(grid.targets.value).toEqual(['a', 'e'])
  grid.clear()
  expect(grid.targets.value).toEqual(['a'])
})

test('the cursor never leaves the list', () => {
  const grid = useGridSelection(() => ids)
  grid.moveTo(-3)
  expect(grid.cursor.value).toBe(0)
  grid.moveTo(99)
  expect(grid.cursor.value).toBe(4)
})
