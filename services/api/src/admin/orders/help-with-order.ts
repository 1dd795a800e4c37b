import { orders } from '@pix/db/schema/orders.ts'
import { and, eq, type SQL, sql } from 'drizzle-orm'
import type { CallerContext, StaffContext } from '../../base/context.ts'
import { actForStudio, isMemberOf, SALES } from '../../people/studios/index.ts'

/** SQL on orders: it is this one, and the caller helps its studio's customers. */
export const isHelped = (ctx: CallerContext, orderId: string): SQL =>
  and(eq(orders.id, orderId), isMemberOf(ctx, orders.studioId, SALES))!

/** Runs `act` for the staff of an order's studio. @throws Problem `not_found` unless the caller helps its customers */
export const helpWithOrder = <T>(
  ctx: CallerContext,
  orderId: string,
  act: (staff: StaffContext) => Promise<T>,
): Promise<T> => actForStudio(ctx, sql`select ${orders.studioId} from ${orders} where ${isHelped(ctx, orderId)}`, act)
