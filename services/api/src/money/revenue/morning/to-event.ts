import { events } from '@pix/db/schema/events.ts'

export const eventColumns = { id: events.id, slug: events.slug, th: events.nameTh, en: events.nameEn }

/** An event as a morning names it. */
export const toEvent = ({ th, en, ...event }: { id: string; slug: string; th: string; en: string }) => ({
  ...event,
  name: { th, en },
})
