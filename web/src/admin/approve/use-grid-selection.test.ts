import { expect, test } from 'vitest'
import { shallowRef } from 'vue'
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

test('where the list changes, cursor and selection stay with their photos; from one that is gone the cursor goes to the next', () => {
  const list = shallowRef(ids)
  const grid = useGridSelection(() => list.value)
  grid.toggle(1)
  grid.toggle(3)
  list.value = ['x', 'a', 'c', 'd', 'e']
  expect([grid.cursor.value, grid.targets.value]).toEqual([3, ['d']])
  grid.moveTo(4, true)
  expect(grid.targets.value).toEqual(['d', 'e'])
  list.value = ['x', 'a', 'c']
  expect([grid.cursor.value, grid.targets.value]).toEqual([2, ['c']])
})
