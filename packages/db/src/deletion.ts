import { OBJECTION_ENDS, OBJECTION_KINDS } from '@pix/domain/words.ts'
import { z } from 'zod'

const Id = z.uuid()

/** What was deleted. It names rows by their ids, and nothing else: no address, no name, no face. */
export const Deletion = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('account'), userId: Id }),
  /** What belongs to an e-mail address. The rows are those that named it: the restored ones among them say it. */
  z.strictObject({ kind: z.literal('address'), rows: z.array(Id) }),
  /** The session itself ended where its person deleted the visit, and nothing was bought in it. */
  z.strictObject({ kind: z.literal('visit'), sessionId: Id, userId: Id.nullable(), endsSession: z.boolean() }),
  z.strictObject({ kind: z.literal('search'), searchId: Id }),
  /** A grant that was taken back. */
  z.strictObject({ kind: z.literal('consent'), consentId: Id }),
  /** Somebody does not want to be found. The faces were hidden, or deleted. */
  z.strictObject({
    kind: z.literal('objection'),
    objectionId: Id,
    eventId: Id,
    searchId: Id,
    way: z.enum(OBJECTION_KINDS),
    sessionId: Id.nullable(),
    userId: Id.nullable(),
    faces: z.array(z.strictObject({ faceId: Id, photoId: Id, unsure: z.boolean() })),
  }),
  /** Its kept face and its address went with the end. */
  z.strictObject({ kind: z.literal('objection_end'), objectionId: Id, why: z.enum(OBJECTION_ENDS) }),
  z.strictObject({ kind: z.literal('takedown'), takedownId: Id, photoId: Id, decidedBy: Id }),
  z.strictObject({ kind: z.literal('photo'), photoId: Id, outcome: z.enum(['deleted', 'off_sale']), deletedBy: Id }),
  z.strictObject({ kind: z.literal('event'), eventId: Id }),
])
export type Deletion = z.output<typeof Deletion>

/** A row of the log, as its object holds it. */
export const LoggedDeletion = z.strictObject({ id: Id, at: z.iso.datetime(), what: Deletion })
export type LoggedDeletion = z.output<typeof LoggedDeletion>
