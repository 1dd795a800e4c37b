import { organizers } from '@pix/db/schema/events.ts'
import { studioMembers } from '@pix/db/schema/studios.ts'
import { expect, test } from 'vitest'
import { addPaidOrder } from '../../testing/paid-order.ts'
import { type TestApp, testApp } from '../../testing/test-app.ts'

/** Two studios, each with an event, its organizer and a sale, and people who manage none, one or both of them. */
async function scene(t: TestApp) {
  const [first, second] = [await t.studio({ slug: 'a' }), await t.studio({ slug: 'b' })]
  const photographer = await t.user('photographer')
  const buyer = await t.visitor()
  const [name, organizerIds] = ['Run Club', [t.deps.newId(), t.deps.newId()]]
  await t.db.insert(organizers).values(organizerIds.map(id => ({ id, name })))
  const event = async (studioId: string, organizerId: string) => {
    const made = await t.event({ studioId, organizerId })
    await addPaidOrder(t.db, buyer.sessionId, [await t.photo(made.id, photographer.id)])
    return { id: made.id, organizerId }
  }
  const own = await event(first.id, organizerIds[0]!)
  const other = await event(second.id, organizerIds[1]!)
  const manager = await t.member(first.id, 'manager')
  const ofBoth = await t.member(first.id, 'owner')
  await t.db.insert(studioMembers).values({ studioId: second.id, userId: ofBoth.id, role: 'manager' })
  return { first, second, own, other, manager, ofBoth, admin: await t.user('admin') }
}

const LISTS = {
  '/api/admin/events': 'id',
  '/api/admin/organizers': 'organizerId',
  '/api/revenue/summary': 'id',
} as const

test('lists of the console are of the studio that they name, or of the first that the caller manages', async () => {
  await using t = await testApp()
  const { first, second, own, other, manager, ofBoth, admin } = await scene(t)
  for (const [url, key] of Object.entries(LISTS)) {
    const shown = async (who: { headers: Record<string, string> }, studio?: string) => {
      const answer = await t.app.inject({ url: studio ? `${url}?studio=${studio}` : url, headers: who.headers })
      if (answer.statusCode !== 200) return answer.statusCode
      return [own, other].filter(event => answer.body.includes(event[key]))
    }
    expect([url, await shown(manager)]).toEqual([url, [own]])
    expect([url, await shown(manager, first.id)]).toEqual([url, [own]])
    expect([url, await shown(manager, second.id)]).toEqual([url, 404])
    expect([url, await shown(manager, t.deps.newId())]).toEqual([url, 404])
    expect([url, await shown(ofBoth)]).toEqual([url, [own]])
    expect([url, await shown(ofBoth, second.id)]).toEqual([url, [other]])
    expect([url, await shown(admin)]).toEqual([url, [own, other]])
    expect([url, await shown(admin, second.id)]).toEqual([url, [other]])
  }
})
