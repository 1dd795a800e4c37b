import { KEPT_FACE_WORDING } from '@pix/contracts/consent-wordings.ts'
import type { InboxLine } from '@pix/contracts/inbox.ts'
import { auditEvents } from '@pix/db/schema/audit.ts'
import { hiddenFaces, keptFaces } from '@pix/db/schema/objections.ts'
import { faces, photos } from '@pix/db/schema/photos.ts'
import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { foundObjector, photosIn } from '../../../testing/objector.ts'
import { testApp } from '../../../testing/test-app.ts'
import { inboxOf } from '../testing.ts'

const KEEP = KEPT_FACE_WORDING.th.id

test('faces of somebody who objects are deleted, and those that the search was not sure of wait for a person', async () => {
  await using t = await testApp()
  const { shown, confirm, event } = await foundObjector(t)
  const inbox = await inboxOf(t)

  expect((await confirm({ kind: 'delete' })).json()).toMatchObject({ kind: 'delete', faces: 3, unsure: 1 })

  const maybe = shown[2]!
  expect((await t.db.select().from(faces)).map(({ id }) => id)).toEqual([maybe.faceId])
  const counts = await t.db.select({ id: photos.id, faceCount: photos.faceCount }).from(photos)
  expect(counts.filter(({ faceCount }) => faceCount === 1).map(({ id }) => id)).toEqual([maybe.photo.id])
  const theirs = await t.db.select().from(hiddenFaces)
  expect(theirs).toMatchObject([{ faceId: maybe.faceId, unsure: true }])

  const { items } = await inbox.read({ kind: 'objection' })
  expect(items).toMatchObject([
    {
      about: {
        event: { slug: event.slug },
        kind: 'delete',
        faces: 3,
        unsure: 1,
        unsureFaces: [{ faceId: maybe.faceId }],
      },
    },
  ])
  const decide = (decision: string) =>
    inbox.ask('POST', `/objection/${items[0]!.id}/decide`, { decision, reason: 'looked at it' })
  expect((await decide('put_back')).statusCode).toBe(204)
  expect(await inbox.count()).toBe(0)
  expect((await decide('keep_out')).json().code).toBe('line_closed')
  expect(await t.db.$count(hiddenFaces)).toBe(0)
  expect(await t.db.select({ action: auditEvents.action, after: auditEvents.after }).from(auditEvents)).toMatchObject([
    { action: 'objection.decide', after: { decision: 'put_back', faces: 1 } },
  ])
})

test('a person who lifts an objection brings its faces back, and one who keeps them out deletes those that were to be deleted', async () => {
  await using t = await testApp()
  const inbox = await inboxOf(t)
  const decide = (line: InboxLine, decision: string) =>
    inbox.ask('POST', `/objection/${line.id}/decide`, { decision, reason: 'looked at it' })
  const hidden = await foundObjector(t)
  await hidden.confirm({ keep: KEEP })
  const deleted = await foundObjector(t)
  await deleted.confirm({ kind: 'delete' })
  const lines = (await inbox.read({ kind: 'objection' })).items
  expect(lines).toHaveLength(2)

  expect((await decide(lines[0]!, 'lift')).statusCode).toBe(204)
  expect((await decide(lines[1]!, 'keep_out')).statusCode).toBe(204)

  expect(photosIn(await (await hidden.search(hidden.other)).read())).toHaveLength(3)
  expect(await t.db.$count(keptFaces)).toBe(0)
  expect(await t.db.$count(faces, eq(faces.eventId, deleted.event.id))).toBe(0)
})
