import type { PaymentGateway, PaymentGateways } from '../../../base/payment-gateway.ts'
import type { GatewayName, GatewaySettings } from '../../../gateway-settings.ts'
import type { Settings } from '../../../settings.ts'
import { createOmise } from './omise/omise.ts'
import { createPayNoi } from './paynoi/paynoi.ts'

/** The settings are complete for each gateway that they name: without that the api does not start. */
const MAKERS: Record<GatewayName, (settings: Settings) => PaymentGateway> = {
  paynoi: settings => createPayNoi(settings as GatewaySettings<'paynoi'>),
  omise: settings => createOmise(settings as GatewaySettings<'omise'>),
}

/** The gateways that the settings name. */
export const openGateways = (settings: Settings): PaymentGateways =>
  new Map(settings.PAYMENT_GATEWAYS.map(name => [name, MAKERS[name](settings)]))
