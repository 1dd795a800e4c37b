import type { DifferenceFacts } from '@pix/contracts/reconciliation.ts'
import { i18n } from '../../base/i18n/index.ts'
import { formatMoney } from '@pix/domain/format-money.ts'

const { t, te } = i18n.global

/** What each side says, a line for each. Amounts are satang. */
export function factsOf(facts: DifferenceFacts): string[] {
  return Object.entries(facts).flatMap(([name, value]) => {
    const label = `inbox.difference.fact.${name}`
    if (value === null || !te(label)) return []
    return t(label, { value: typeof value === 'number' && /amount/i.test(name) ? formatMoney(value) : String(value) })
  })
}
