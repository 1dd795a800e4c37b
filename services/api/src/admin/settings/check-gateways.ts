import type { GatewayAnswer } from '@pix/contracts/checks.ts'
import type { Context } from '../../base/context.ts'

/** Asks every configured gateway whether it knows us. */
export const checkGateways = async ({
  gateways,
}: Pick<Context, 'gateways'>): Promise<{ name: string; answer: GatewayAnswer }[]> =>
  Promise.all([...gateways.values()].map(async gateway => ({ name: gateway.name, answer: await gateway.probe() })))
