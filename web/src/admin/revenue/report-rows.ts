import type { EventRevenue } from '@pix/contracts/revenue.ts'
import type { Output } from '@pix/contracts/client.ts'
import type { revenueSummary } from '@pix/contracts/revenue.ts'
import { localText } from '../../base/i18n/index.ts'

type Report = Omit<EventRevenue, 'event'> & Partial<Pick<Output<typeof revenueSummary>, 'events'>>

/** What leads to a paid order, in its order. */
export const CONVERSION_STEPS = ['visits', 'searches', 'carts', 'placed', 'paid'] as const

/** The page's tables as rows of one file, a title and a head before each: days, events, photographers, packages, and what led to orders. */
export function reportRows(report: Report, t: (key: string) => string): (string | number)[][] {
  const baht = (key: string) => `${t(key)} (THB)`
  return [
    [t('revenue.day'), t('revenue.orders'), baht('revenue.gross')],
    ...report.byDay.map(({ day, orders, gross }) => [day, orders, gross.amount / 100]),
    ...(report.events?.length
      ? [
          [],
          [t('revenue.event'), t('revenue.orders'), baht('revenue.gross')],
          ...report.events.map(({ name, orders, gross }) => [localText(name), orders, gross.amount / 100]),
        ]
      : []),
    [],
    [t('revenue.photographer'), t('revenue.photosSold'), baht('revenue.share')],
    ...report.photographers.map(({ name, photosSold, share }) => [name, photosSold, share.amount / 100]),
    [],
    [t('revenue.package'), t('revenue.packagesSold'), baht('revenue.beforeCoupon')],
    ...report.packages.map(({ name, sold, amount }) => [localText(name), sold, amount.amount / 100]),
    [],
    [t('revenue.conversion')],
    ...CONVERSION_STEPS.map(step => [t(`revenue.step.${step}`), report.conversion[step]]),
  ]
}
