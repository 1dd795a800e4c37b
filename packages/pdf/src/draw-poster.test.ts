import { expect, test } from 'vitest'
import { drawPoster, type PosterContent } from './draw-poster.ts'
import { readDrawn } from './read-page-testing.ts'

const POSTER: PosterContent = {
  shop: 'ThePixStock',
  name: ['วิ่งริมโขง', 'Mekong Run'],
  startsAt: new Date('2026-11-15T10:00:00Z'),
  endsAt: new Date('2026-11-15T15:00:00Z'),
  place: 'นครพนม',
  byFace: true,
  byCode: false,
  link: 'https://shop.example/e/mekong-run',
  qr: { size: 29, isDark: (row, column) => (row + column) % 2 === 0 },
  at: new Date('2026-11-01T00:00:00Z'),
}

test('a poster is one page, the same file byte for byte, also of an event with the longest names', async () => {
  const [one, two] = [await drawPoster(POSTER), await drawPoster({ ...POSTER })]
  expect(one.equals(two)).toBe(true)
  const long = await drawPoster({ ...POSTER, name: ['งานวิ่ง'.repeat(28), 'A very long name '.repeat(12)], byCode: true })
  for (const pdf of [one, long]) expect(pdf.toString('latin1').match(/\/Type \/Page\b(?!s)/g)).toHaveLength(1)
  expect(long.equals(one)).toBe(false)
})

const W = (length: number) => 'W'.repeat(length)
test.each([
  [
    'the longest names and places',
    {
      name: [`${'งานวิ่งมาราธอน '.repeat(8)}`, 'The Great River Marathon '.repeat(5)],
      place: 'ลานหน้าศาลากลางจังหวัด '.repeat(9),
    },
  ],
  ['the widest letters there are', { name: [W(120), `${W(119)}M`], place: `${W(160)} ${W(60)}` }],
  [
    'several days',
    { name: ['งานวิ่ง '.repeat(15), 'Run '.repeat(30)], place: W(152), endsAt: new Date('2026-12-31T15:00:00Z') },
  ],
] as const)('all of the head stands above the corners of the QR, with %s', async (_, long) => {
  const { baselines } = readDrawn(await drawPoster({ ...POSTER, ...long }))
  expect(baselines.length).toBeGreaterThan(12)
  expect(baselines.filter(y => y > 294 && y < 622)).toEqual([])
})
