import type { Deps } from '../../base/deps.ts'
import { fulfilLeftOver } from '../../shop/orders/index.ts'
import { expireOrders, failUnanswered, reconcilePayments, retryGatewayEvents } from './sweep-payments.ts'
import { watchMoney } from './watch-money.ts'

type Sweep = [name: string, everyMs: number, sweep: (deps: Deps) => Promise<void>]

const SWEEPS: readonly Sweep[] = [
  ['reconcile_payments', 1_000, reconcilePayments],
  ['retry_gateway_events', 2_000, retryGatewayEvents],
  ['expire_orders', 3_000, expireOrders],
  ['fulfil_left_over', 10_000, fulfilLeftOver],
  ['fail_unanswered', 30_000, failUnanswered],
  ['watch_money', 30_000, watchMoney],
]

/**
 * Starts what turns orders and payments over by itself. Each sweep runs one at a time; a failed one is logged and comes
 * again. Several processes may sweep: rows are claimed or locked.
 *
 * @returns stops them, and resolves when the running ones are done
 */
export function startSweeps(deps: Deps): () => Promise<void> {
  const running = new Map<string, Promise<void>>()
  const timers = SWEEPS.map(([name, everyMs, sweep]) =>
    setInterval(() => {
      if (running.has(name)) return
      const run = sweep(deps)
        .catch((error: unknown) => deps.log.error({ err: error, sweep: name }, 'a sweep failed'))
        .finally(() => running.delete(name))
      running.set(name, run)
    }, everyMs),
  )
  return async () => {
    for (const timer of timers) clearInterval(timer)
    await Promise.all(running.values())
  }
}
