import { killedAtEach } from '@pix/db/dying-testing.ts'
import { organizers } from '@pix/db/schema/events.ts'
import { outgoingMail } from '@pix/db/schema/letters.ts'
import { bangkokDay } from '@pix/domain/bangkok-day.ts'
import { eq, inArray } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { addSale } from '../../money/payouts/testing.ts'
import { writeMorningLetters } from '../../money/revenue/morning/morning-letters.ts'
import { writeOrganizerLetters } from '../../money/revenue/morning/organizer-letters.ts'
import { testApp } from '../test-app.ts'

const HOUR = 3_600_000

test.each(['before', 'after'] as const)(
  'an api killed %s any of its statements about the letters of a morning writes each photographer and organizer one when it is back',
  async sent => {
    await using t = await testApp()
    const { db } = t
    const seven = Date.parse(`${bangkokDay(t.deps.now())}T07:00:00+07:00`)
    const [seller, refused, host] = [
      await t.user('photographer'),
      await t.user('photographer'),
      await t.user('organizer'),
    ]
    const [club] = await db.select().from(organizers).where(eq(organizers.userId, host.id))
    const event = await t.event({ organizerId: club!.id })
    const at = new Date(seven - HOUR)
    await addSale(t, { eventId: event.id, photographerId: seller.id, photos: 1, at })
    await t.photo(event.id, refused.id, { approval: 'rejected', rejectReason: 'blurred', decidedAt: at })

    const now = () => new Date(seven + 5 * 60_000)
    const write = async (on: typeof db) => {
      const ctx = { ...t.system, db: on, now }
      return (await writeMorningLetters(ctx)) + (await writeOrganizerLetters(ctx))
    }
    const theirs = inArray(outgoingMail.recipient, [seller.email, refused.email, host.email])
    let written = 0
    const deaths = await killedAtEach({ url: t.deps.settings.DATABASE_URL, db, sent }, write, async () => {
      const left = await db.$count(outgoingMail, theirs)
      written = Math.max(written, left)
      expect(await write(db)).toBe(3 - left)
      const letters = await db.select().from(outgoingMail).where(theirs)
      expect(letters.map(({ template }) => template).toSorted()).toEqual([
        'organizer_morning',
        'photographer_morning',
        'photos_refused',
      ])
      await t.owner().delete(outgoingMail)
    })
    expect(deaths).toBeGreaterThan(10)
    expect(written).toBe(3)
  },
)
