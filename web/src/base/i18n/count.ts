import { formatNumber } from './format.ts'
import { i18n } from './index.ts'

/** A sentence with a number in it, `{n}`: the right plural, and thousands separated. */
export const tn = (key: string, n: number): string => i18n.global.t(key, { n: formatNumber(n) }, n)
