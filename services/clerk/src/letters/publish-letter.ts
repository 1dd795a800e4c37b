import type { Db } from '@pix/db/client.ts'
import { orders } from '@pix/db/schema/orders.ts'
import type { Live } from '@pix/platform/live.ts'
import { eq } from 'drizzle-orm'

/** Publishes to the followers of an order's downloads that the letter which brings them has left, or was given up. */
export async function publishLetter(
  { db, live }: { db: Db; live: Pick<Live, 'publish'> },
  mailId: string,
): Promise<void> {
  const rows = await db.select({ id: orders.id }).from(orders).where(eq(orders.letterId, mailId))
  for (const { id } of rows) await live.publish(`archive:${id}`)
}
