import { expect, test } from 'vitest'
import { fitTiles } from './use-tile-rows.ts'

/** Widths of grids on screens: a small phone, a phone, a tablet, a laptop, a wide screen. */
const SCREENS = [
  [288, 320],
  [328, 360],
  [736, 768],
  [960, 1280],
  [1_800, 2_560],
] as const

test.each(SCREENS)('tiles fill a grid of %d pixels from edge to edge on a screen of %d', (width, screen) => {
  const { columns, size, gap } = fitTiles(width, screen)
  expect(columns * size + (columns - 1) * gap).toBeCloseTo(width)
})

test('a phone shows two tiles in a row, and no larger screen has tiles too small to judge a photo by', () => {
  expect(SCREENS.map(([width, screen]) => fitTiles(width, screen).columns)).toEqual([2, 2, 4, 5, 9])
  for (const [width, screen] of SCREENS.slice(2)) expect(fitTiles(width, screen).size).toBeGreaterThanOrEqual(148)
})

test('a grid that has no width yet, or hardly any, has no tile of less than nothing', () => {
  for (const width of [0, 5, 9]) expect(fitTiles(width, 360).size).toBeGreaterThanOrEqual(0)
})
