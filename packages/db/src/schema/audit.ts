import { sql } from 'drizzle-orm'
import { bigint, index, inet, jsonb, pgSequence, pgTable, text, unique, uuid } from 'drizzle-orm/pg-core'
import { createdAt, id } from './columns.ts'
import { namesStudio, studioPolicies } from './policies.ts'

export const auditPositions = pgSequence('audit_events_position_seq')

/** Append only: who did what to what, for which studio, from where, with what was there before and after. */
export const auditEvents = pgTable(
  'audit_events',
  {
    id: id(),
    /** The order in which lines are sealed; `next_position` makes it. */
    position: bigint('position', { mode: 'number' })
      .notNull()
      .default(sql`next_position('audit_events_position_seq')`),
    /** Null for the system. It refers to no user, so that a line outlives the account. */
    actorId: uuid('actor_id'),
    /** Null where it is about no studio or about the whole installation. It outlives the studio. */
    studioId: uuid('studio_id'),
    action: text('action').notNull(),
    subject: text('subject').notNull(),
    /** Null together with `device` where no request caused it. */
    ip: inet('ip'),
    /** What the client called itself, shortened. */
    device: text('device'),
    before: jsonb('before').$type<Record<string, unknown>>(),
    after: jsonb('after').$type<Record<string, unknown>>(),
    detail: jsonb('detail').$type<Record<string, unknown>>().notNull().default({}),
    createdAt: createdAt(),
  },
  // The first three are read backwards, newest first: all lines, those about one subject, those of one studio.
  t => [
    index('audit_events_by_time').on(t.createdAt, t.id),
    index('audit_events_subject').on(t.subject, t.createdAt, t.id),
    index('audit_events_studio').on(t.studioId, t.createdAt, t.id),
    unique('audit_events_position').on(t.position),
    ...studioPolicies(namesStudio(t.studioId)),
  ],
)
