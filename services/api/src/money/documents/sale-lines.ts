import type { Tx } from '@pix/db/client.ts'
import { events } from '@pix/db/schema/events.ts'
import type { FrozenOffer } from '@pix/db/frozen-offer.ts'
import { orderEvents, orderLines } from '@pix/db/schema/orders.ts'
import { photos } from '@pix/db/schema/photos.ts'
import type { DocumentLine } from '@pix/domain/document-content.ts'
import type { SoldAs } from '@pix/domain/words.ts'
import { and, asc, count, eq, inArray, ne, sum } from 'drizzle-orm'

/** What was sold, as tax documents name the kind of it. */
const SOLD = {
  service: { th: 'ค่าบริการถ่ายภาพ', en: 'Photography' },
  licence: { th: 'ค่าสิทธิใช้ภาพถ่าย', en: 'Licence to use photos' },
} as const
const OTHERS = {
  coupon: { th: 'ส่วนลด', en: 'Discount' },
  print: { th: 'ค่าพิมพ์ภาพ', en: 'Prints' },
  fee: { th: 'ค่าธรรมเนียม', en: 'Fee' },
} as const

/** The lines that an order's document prints: the packages of each event, then what is no photo. They add up to its total. */
export async function saleLines(tx: Tx, orderId: string, soldAs: SoldAs): Promise<DocumentLine[]> {
  const sold = await tx
    .select({
      offer: orderEvents.offer,
      th: events.nameTh,
      en: events.nameEn,
      photos: count(),
      amount: sum(orderLines.unitPrice).mapWith(Number),
    })
    .from(orderEvents)
    .innerJoin(events, eq(events.id, orderEvents.eventId))
    .innerJoin(
      orderLines,
      and(
        eq(orderLines.orderId, orderEvents.orderId),
        eq(orderLines.eventId, orderEvents.eventId),
        eq(orderLines.kind, 'photo'),
      ),
    )
    .where(eq(orderEvents.orderId, orderId))
    .groupBy(orderEvents.orderId, orderEvents.eventId, events.id)
    .orderBy(asc(orderEvents.position))
  const others = await tx
    .select({ kind: orderLines.kind, quantity: count(), amount: sum(orderLines.unitPrice).mapWith(Number) })
    .from(orderLines)
    .where(and(eq(orderLines.orderId, orderId), ne(orderLines.kind, 'photo')))
    .groupBy(orderLines.kind)
    .orderBy(asc(orderLines.kind))
  return [
    ...sold.flatMap(event => eventLines(event, soldAs)),
    ...others.map(({ kind, quantity, amount }) => ({
      ...OTHERS[kind as keyof typeof OTHERS],
      quantity: kind === 'coupon' ? 1 : quantity,
      amount,
    })),
  ]
}

interface SoldEvent {
  offer: FrozenOffer
  th: string
  en: string
  photos: number
  /** Satang that its photos cost together. */
  amount: number
}

/** A line for each package where their prices add up to what the photos cost, else one line. */
function eventLines({ offer, amount, photos: bought, ...event }: SoldEvent, soldAs: SoldAs): DocumentLine[] {
  const named = (words: { th: string; en: string }, n: number) => ({
    th: `${SOLD[soldAs].th} งาน${event.th} ${words.th} (${n} รูป)`,
    en: `${SOLD[soldAs].en}, ${event.en}, ${words.en} (${n === 1 ? '1 photo' : `${n} photos`})`,
  })
  if (offer.lines.reduce((all, line) => all + line.amount.amount, 0) !== amount) {
    return [{ ...named({ th: 'ไฟล์ภาพ', en: 'photo files' }, bought), quantity: 1, amount }]
  }
  return offer.lines.map(line => ({
    ...named(line.package.name, line.photos),
    quantity: line.quantity,
    amount: line.amount.amount,
  }))
}

/** The lines of a credit note: the photos that are given back, each with its file's name. */
export async function refundedLines(
  tx: Tx,
  lines: readonly { lineId: string; amount: number }[],
): Promise<DocumentLine[]> {
  const amounts = new Map(lines.map(line => [line.lineId, line.amount]))
  const rows = await tx
    .select({ id: orderLines.id, fileName: photos.fileName, th: events.nameTh, en: events.nameEn })
    .from(orderLines)
    .innerJoin(photos, eq(photos.id, orderLines.photoId))
    .innerJoin(events, eq(events.id, photos.eventId))
    .where(inArray(orderLines.id, [...amounts.keys()]))
    .orderBy(asc(orderLines.position))
  return rows.map(({ id, fileName, th, en }) => ({
    th: `คืนเงินรูป ${fileName} งาน${th}`,
    en: `Refund of photo ${fileName}, ${en}`,
    quantity: 1,
    amount: amounts.get(id)!,
  }))
}
