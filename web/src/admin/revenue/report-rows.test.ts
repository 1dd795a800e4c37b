import { baht } from '@pix/contracts/common.ts'
import { expect, test } from 'vitest'
import { reportRows } from './report-rows.ts'

test('the file has every table of the page, each under its own head, in baht', () => {
  const rows = reportRows(
    {
      gross: baht(18_000),
      orders: 1,
      photosSold: 3,
      averageOrder: baht(18_000),
      refunded: baht(0),
      split: { platform: baht(0), studio: baht(0), photographer: baht(0), organizer: baht(0), deducted: baht(0) },
      byDay: [{ day: '2026-03-05', gross: baht(18_000), orders: 1 }],
      packages: [{ kind: 'single', name: { th: 'เดี่ยว', en: 'Single' }, sold: 3, photos: 3, amount: baht(18_000) }],
      photographers: [{ photographerId: 'p', name: 'Lek', photosSold: 3, share: baht(6_050) }],
      conversion: { visits: 40, searches: 12, carts: 3, placed: 2, paid: 1 },
      ledger: null,
      unapplied: { count: 0, amount: baht(0) },
    },
    key => key,
  )
  expect(rows).toContainEqual(['2026-03-05', 1, 180])
  expect(rows).toContainEqual(['Lek', 3, 60.5])
  expect(rows).toContainEqual(['เดี่ยว', 3, 180])
  expect(rows.slice(-5).map(([, counted]) => counted)).toEqual([40, 12, 3, 2, 1])
  expect(rows.filter(row => row.length === 0)).toHaveLength(3)
})
