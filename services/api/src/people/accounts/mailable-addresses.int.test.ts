import { expect, test } from 'vitest'
import { TEST_ORIGIN, testApp } from '../../testing/test-app.ts'
import { hashPassword } from './passwords.ts'

const PASSWORD = 'correct horse battery'

test.each([
  ['somchai@xn--o3cw4h.xn--o3cw4h', 'Somchai@ไทย.ไทย'],
  ['.a..b.@docomo.ne.jp', '.A..b.@docomo.ne.jp'],
])('who has the address %s signs in and is invited by it, however it is typed', async (email, typed) => {
  await using t = await testApp()
  const photographer = await t.user('photographer', { email, passwordHash: await hashPassword(PASSWORD) })
  const event = await t.event()

  const signedIn = await t.app.inject({
    method: 'POST',
    url: '/api/auth/login',
    payload: { email: typed, password: PASSWORD },
    headers: { origin: TEST_ORIGIN },
  })
  expect([signedIn.statusCode, signedIn.json().user?.email]).toEqual([200, email])

  const invited = await t.app.inject({
    method: 'POST',
    url: `/api/events/${event.id}/invitations`,
    payload: { email: typed, as: 'photographer', locale: 'th' },
    headers: (await t.user('admin')).headers,
  })
  expect(invited.json()).toMatchObject({ email: photographer.email, as: 'photographer' })
})
