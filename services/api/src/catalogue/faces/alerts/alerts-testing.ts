import { FACE_ALERT_WORDING } from '@pix/contracts/consent-wordings.ts'
import { events } from '@pix/db/schema/events.ts'
import { outgoingMail } from '@pix/db/schema/letters.ts'
import { searches } from '@pix/db/schema/searches.ts'
import type { LetterTemplate } from '@pix/domain/letters.ts'
import { writeProbes } from '@pix/faces/index/probe-bytes.ts'
import { liveProbeKey } from '@pix/jobs/faces.ts'
import { and, eq } from 'drizzle-orm'
import { embedding, MODEL, probe } from '../../../testing/faces.ts'
import type { TestApp } from '../../../testing/test-app.ts'
import type { Visitor } from '../testing.ts'

/** A search that has its answer, with its face in Redis, as the worker leaves it. */
export async function answeredSearch(t: TestApp, visitor: Visitor, eventId: string): Promise<string> {
  const { id } = (await probe(t, visitor, eventId)).json<{ id: string }>()
  const done = { state: 'done', finishedAt: t.deps.now(), seenRevision: 3 } as const
  await t.db.update(searches).set(done).where(eq(searches.id, id))
  await t.db.update(events).set({ faceModel: MODEL }).where(eq(events.id, eventId))
  await t.deps.redis.set(liveProbeKey(id), writeProbes([{ embedding, quality: 0.9 }], MODEL), 'EX', 600)
  return id
}

export const askFor = (t: TestApp, visitor: Visitor, searchId: string, more: object = {}) =>
  t.app.inject({
    method: 'POST',
    url: `/api/face/search/${searchId}/alert`,
    headers: visitor.headers,
    payload: {
      email: 'me@test.example',
      locale: 'th',
      consent: FACE_ALERT_WORDING.th.id,
      guardian: null,
      ...more,
    },
  })

export const lettersOf = (t: TestApp, template: LetterTemplate, recipient = 'me@test.example') =>
  t.db
    .select()
    .from(outgoingMail)
    .where(and(eq(outgoingMail.recipient, recipient), eq(outgoingMail.template, template)))

/** The token of the newest letter that asks for a confirmation. */
export const tokenOf = async (t: TestApp, recipient?: string) =>
  (await lettersOf(t, 'face_alert_confirm', recipient)).toSorted((a, b) => +a.createdAt - +b.createdAt).at(-1)!
    .secrets!['token']!

export const byLink = (t: TestApp, what: 'look' | 'confirm' | 'withdraw', token: string) =>
  t.app.inject({ method: 'POST', url: `/api/event-alerts/${what}`, payload: { token } })
