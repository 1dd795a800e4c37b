import { index, jsonb, pgTable, text, uuid } from 'drizzle-orm/pg-core'
import { createdAt, id } from './columns.ts'

/** Append only: who did what to what. */
export const auditEvents = pgTable(
  'audit_events',
  {
    id: id(),
    /** Null for the system. It refers to no user, so that a line outlives the account. */
    actorId: uuid('actor_id'),
    action: text('action').notNull(),
    subject: text('subject').notNull(),
    detail: jsonb('detail').$type<Record<string, unknown>>().notNull().default({}),
    createdAt: createdAt(),
  },
  // Both are read backwards, newest first: all lines, and those about one subject.
  t => [
    index('audit_events_by_time').on(t.createdAt, t.id),
    index('audit_events_subject').on(t.subject, t.createdAt, t.id),
  ],
)
