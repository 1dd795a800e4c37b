import type { PaymentGateway, PaymentGateways } from '../../../base/payment-gateway.ts'
import type { Settings } from '../../../settings.ts'
import { createPayNoi } from './paynoi/paynoi.ts'

const MAKERS: Record<Settings['PAYMENT_GATEWAYS'][number], (settings: Settings) => PaymentGateway> = {
  paynoi: createPayNoi,
}

/** The gateways that the settings name. */
export const openGateways = (settings: Settings): PaymentGateways =>
  new Map(settings.PAYMENT_GATEWAYS.map(name => [name, MAKERS[name](settings)]))
