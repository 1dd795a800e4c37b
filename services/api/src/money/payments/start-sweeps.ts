import { repeat, type Repeated } from '@pix/platform/repeat.ts'
import type { Deps } from '../../base/deps.ts'
import { keepLedgerChecked } from '../ledger/index.ts'
import { fulfilLeftOver } from '../../shop/orders/index.ts'
import { forgetSlips } from './slips/forget-slips.ts'
import { expireOrders, failUnanswered, reconcilePayments, retryGatewayEvents } from './sweep-payments.ts'
import { watchMoney } from './watch-money.ts'

type Sweep = [name: string, pauseMs: number, sweep: (deps: Deps) => Promise<void>]

export const SWEEPS: readonly Sweep[] = [
  ['reconcile_payments', 1_000, reconcilePayments],
  ['retry_gateway_events', 2_000, retryGatewayEvents],
  ['expire_orders', 3_000, expireOrders],
  ['fulfil_left_over', 10_000, fulfilLeftOver],
  ['fail_unanswered', 30_000, failUnanswered],
  ['watch_money', 30_000, watchMoney],
  ['check_ledger', 5_000, keepLedgerChecked],
  ['forget_slips', 3_600_000, forgetSlips],
]

/** Starts the sweeps that move orders and payments on. Several processes may sweep: rows are claimed or locked. */
export const startSweeps = (deps: Deps): Repeated[] =>
  SWEEPS.map(([name, pauseMs, sweep]) => repeat(deps.log, name, pauseMs, () => sweep(deps)))
