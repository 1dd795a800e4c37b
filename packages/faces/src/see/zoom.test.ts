import { expect, test } from 'vitest'
import { closerLooks, type Doubt } from './zoom.ts'

const photo = { width: 3000, height: 2000 }
const hint = (left: number, top: number, side = 60, score = 0.2): Doubt => ({
  left,
  top,
  right: left + side,
  bottom: top + side,
  score,
  seenAt: side / 6,
  scale: 1 / 6,
})

test('a photo without hints costs no further look', () => {
  expect(closerLooks(photo, [], true)).toEqual([])
})

test('one hint costs a small window around it, enlarged', () => {
  const [look, ...others] = closerLooks(photo, [hint(1500, 1000)], true)
  expect(others).toEqual([])
  expect(look?.view.left).toBeLessThan(1500)
  expect((look?.view.left ?? 0) + (look?.view.width ?? 0)).toBeGreaterThan(1560)
  expect(look?.longSide).toBeLessThan(400)
  expect((look?.longSide ?? 0) / (look?.view.width ?? 1)).toBeGreaterThan(1 / 6)
})

test('a crowd is looked at as one, from its first to its last hint', () => {
  const looks = closerLooks(
    photo,
    [300, 1000, 1700, 2400].map(left => hint(left, 1000)),
    true,
  )
  expect(looks).toHaveLength(1)
  expect(looks[0]?.view.left).toBeLessThan(300)
  expect((looks[0]?.view.left ?? 0) + (looks[0]?.view.width ?? 0)).toBeGreaterThan(2460)
})

test('hints of leaves are no crowd and cost nothing; beside a crowd they belong to it', () => {
  const faint = [200, 900, 1500, 2000, 2700].map(left => hint(left, 400, 60, 0.06))
  expect(closerLooks(photo, faint, true)).toEqual([])
  const clear = [1000, 1200, 1400, 1600].map(left => hint(left, 400))
  const [look] = closerLooks(photo, [...faint, ...clear], true)
  expect(look?.view.left).toBeLessThan(200)
  expect((look?.view.left ?? 0) + (look?.view.width ?? 0)).toBeGreaterThan(2760)
})

test('a thousand hints all over a photo cost a bounded number of pixels', () => {
  const hints = Array.from({ length: 1_000 }, (_, i) => hint((i % 40) * 75, Math.floor(i / 40) * 80, 20))
  const pixels = closerLooks(photo, hints, false).reduce((sum, { view, longSide }) => {
    const scale = longSide / Math.max(view.width, view.height)
    return sum + view.width * view.height * scale * scale
  }, 0)
  expect(pixels).toBeLessThan(8_100_000)
})

test('a crowd too wide for one look is seen in overlapping tiles that leave nothing out', () => {
  const wide = { width: 3000, height: 700 }
  const scale = 0.3
  const crowd = Array.from({ length: 30 }, (_, i): Doubt => ({ ...hint(i * 100, 300), scale, seenAt: 18 }))
  const looks = closerLooks(wide, crowd, true).toSorted((a, b) => a.view.left - b.view.left)
  expect(looks.length).toBeGreaterThan(1)
  expect(Math.max(...looks.map(({ longSide }) => longSide))).toBeLessThanOrEqual(1024)
  expect(looks[0]?.view.left).toBe(0)
  for (const [i, { view }] of looks.entries()) {
    const next = looks[i + 1]?.view.left ?? view.left + view.width
    expect(next).toBeLessThanOrEqual(view.left + view.width)
  }
  expect(Math.max(...looks.map(({ view }) => view.left + view.width))).toBeCloseTo(3000)
})
