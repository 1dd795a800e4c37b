import type { EventLink } from '@pix/contracts/common.ts'
import { users } from '@pix/db/schema/auth.ts'
import { events } from '@pix/db/schema/events.ts'
import { orders } from '@pix/db/schema/orders.ts'
import { photos } from '@pix/db/schema/photos.ts'

/** Columns of an event that a line names. */
export const eventLink = { id: events.id, slug: events.slug, th: events.nameTh, en: events.nameEn }

export const toEventLink = ({ id, slug, th, en }: { id: string; slug: string; th: string; en: string }): EventLink => ({
  id,
  slug,
  name: { th, en },
})

/** Columns of an order that a line about money shows. */
export const orderShown = {
  id: orders.id,
  number: orders.number,
  status: orders.status,
  total: orders.total,
  email: orders.email,
}

/** Columns of a photo that a line shows, joined with its photographer. */
export const photoShown = {
  id: photos.id,
  eventId: photos.eventId,
  fileName: photos.fileName,
  photographerName: users.name,
}
