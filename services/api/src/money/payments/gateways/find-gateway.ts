import type { Deps } from '../../../base/deps.ts'
import { GatewayUnavailable, type PaymentGateway } from '../../../base/payment-gateway.ts'

type Configured = Pick<Deps, 'gateways'>

/**
 * The gateway that a payment or an announcement came through: everything later about it goes there too.
 *
 * @throws GatewayUnavailable when it is not configured any more: nothing is known then, as in an outage
 */
export function gatewayOf({ gateways }: Configured, row: { gateway: string }): PaymentGateway {
  const gateway = gateways.get(row.gateway)
  if (!gateway) throw new GatewayUnavailable(`the gateway ${row.gateway} is not configured`)
  return gateway
}
