import { CAMERA_OUTCOMES } from '@pix/domain/words.ts'
import { sql } from 'drizzle-orm'
import { check, index, pgEnum, pgTable, text, uuid } from 'drizzle-orm/pg-core'
import { users } from './auth.ts'
import { createdAt, id, instant } from './columns.ts'
import { events } from './events.ts'
import { names, namesEvent, studioPolicies } from './policies.ts'

/** Logins with which cameras upload by FTP or SFTP: of one photographer, for one event. */
export const cameraLogins = pgTable(
  'camera_logins',
  {
    id: id(),
    eventId: uuid('event_id')
      .notNull()
      .references(() => events.id, { onDelete: 'cascade' }),
    photographerId: uuid('photographer_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    /** Made by us: it says nothing of the person. */
    userName: text('user_name').notNull().unique(),
    /** argon2id. */
    passwordHash: text('password_hash').notNull(),
    createdAt: createdAt(),
    lastUsedAt: instant('last_used_at'),
    endedAt: instant('ended_at'),
  },
  t => [
    check('camera_logins_user_name', sql`${t.userName} ~ '^cam-[a-z2-9]{8}$'`),
    index('camera_logins_event').on(t.eventId, t.photographerId, t.createdAt),
    index('camera_logins_photographer').on(t.photographerId),
    ...studioPolicies(namesEvent(t.eventId)),
  ],
)

export const cameraOutcome = pgEnum('camera_outcome', CAMERA_OUTCOMES)

/** A file that came with such a login, and what became of it. Kept for 30 days. */
export const cameraFiles = pgTable(
  'camera_files',
  {
    /** Also the name of the file while it is being taken in. */
    id: id(),
    loginId: uuid('login_id')
      .notNull()
      .references(() => cameraLogins.id, { onDelete: 'cascade' }),
    fileName: text('file_name').notNull(),
    createdAt: createdAt(),
    /** When a process began to take it in; a later one begins again once this is long ago. */
    claimedAt: instant('claimed_at').notNull(),
    /** Null while it is being taken in. */
    outcome: cameraOutcome('outcome'),
    /** Why it was refused. */
    code: text('code'),
    /** The stored photo, or the one it duplicates. A photo that was deleted since keeps its id here. */
    photoId: uuid('photo_id'),
  },
  t => [
    check('camera_files_code', sql`(${t.outcome} is not distinct from 'refused') = (${t.code} is not null)`),
    check(
      'camera_files_photo',
      sql`(${t.photoId} is null) = (${t.outcome} is null or ${t.outcome} in ('refused', 'raw'))`,
    ),
    index('camera_files_login').on(t.loginId, t.createdAt),
    index('camera_files_created').on(t.createdAt),
    ...studioPolicies(names(t.loginId, 'camera_logins')),
  ],
)
