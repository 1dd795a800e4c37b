import type { LimitUnit } from '@pix/contracts/limits.ts'
import { tn } from '../../../base/i18n/count.ts'
import { formatBytes, formatNumber, formatWait } from '../../../base/i18n/format.ts'
import { i18n } from '../../../base/i18n/index.ts'
import { formatMoney } from '@pix/domain/format-money.ts'

const TEXTS: Record<LimitUnit, (value: number) => string> = {
  count: value => formatNumber(value),
  bytes: formatBytes,
  pixels: value => i18n.global.t('limits.megapixels', { n: formatNumber(value / 1e6, Number(value % 1e6 !== 0)) }),
  side: value => i18n.global.t('limits.pixels', { n: formatNumber(value) }),
  seconds: formatWait,
  hours: value => tn('limits.hours', value),
  days: value => tn('limits.days', value),
  baht: value => formatMoney(value * 100),
}

/** A limit's number with its unit. */
export const limitText = (value: number, unit: LimitUnit): string => TEXTS[unit](value)
