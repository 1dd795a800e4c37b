import { expect, test } from 'vitest'
import { testApp, TEST_ORIGIN } from '../../../testing/test-app.ts'

const HOST = new URL(TEST_ORIGIN).host

test('the marketplace is installed under our name, a studio’s shop under the studio’s, in the language of the visitor', async () => {
  await using t = await testApp()
  await t.studio({ slug: 'moon', nameTh: 'ร้านพระจันทร์', nameEn: 'Moonlight' })
  const ask = async (host: string, language: string) => {
    const headers = { host, 'accept-language': language }
    const answer = await t.app.inject({ url: '/manifest.webmanifest', headers })
    expect([answer.statusCode, answer.headers['content-type'], answer.headers['cache-control']]).toEqual([
      200,
      'application/manifest+json; charset=utf-8',
      'no-cache',
    ])
    return answer.json<{ name: string; lang: string; description: string; icons: { purpose: string }[] }>()
  }
  const thai = await ask(HOST, 'th-TH')
  expect(thai).toMatchObject({ name: 'ThePixStock', lang: 'th', start_url: '/', scope: '/', display: 'standalone' })
  expect(thai.description).toContain('รูปของคุณ')
  expect(new Set(thai.icons.map(({ purpose }) => purpose))).toEqual(new Set(['any', 'maskable']))
  expect(await ask(`moon.${HOST}`, 'th')).toMatchObject({ name: 'ร้านพระจันทร์', short_name: 'ร้านพระจันทร์' })
  expect(await ask(`moon.${HOST}`, 'en-GB')).toMatchObject({ name: 'Moonlight', lang: 'en' })
})

test('an address that no studio has can not be installed', async () => {
  await using t = await testApp()
  const answer = await t.app.inject({ url: '/manifest.webmanifest', headers: { host: `nobody.${HOST}` } })
  expect(answer.statusCode).toBe(404)
})
