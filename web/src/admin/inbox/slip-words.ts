import type { InboxLine } from '@pix/contracts/inbox.ts'
import { i18n } from '../../base/i18n/index.ts'
import { formatMoney } from '@pix/domain/format-money.ts'

const { t } = i18n.global

/** A slip: which order it is for, what its QR says, and what else came for that order. */
export function slipWords({
  order,
  account,
  bank,
  reference,
  sameAs,
  attempts,
}: Extract<InboxLine, { kind: 'slip' }>['about']) {
  const price = formatMoney(order.total.amount)
  return {
    title: t('inbox.slip.title', { number: order.number, price }),
    facts: [
      reference === null ? t('inbox.slip.noQr') : t('inbox.slip.qr', { bank: bank ?? '', reference }),
      account === null ? [] : t('inbox.slip.account', account),
      sameAs.map(({ orderNumber, state }) =>
        t('inbox.slip.same', { number: orderNumber, state: t(`inbox.slip.state.${state}`) }),
      ),
      attempts.map(attempt =>
        t('inbox.slip.attempt', {
          gateway: attempt.gateway,
          reference: attempt.reference,
          price: formatMoney(attempt.amount.amount),
          state: t(`inbox.slip.payment.${attempt.state}`),
        }),
      ),
    ].flat(),
  }
}
