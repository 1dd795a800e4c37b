import { type Gauge, register } from 'prom-client'
import { expect, test } from 'vitest'
import { testApp } from '../testing/test-app.ts'

const active = async () => (await (register.getSingleMetric('pix_active_visitors') as Gauge).get()).values[0]?.value

test('active visitors are browsers with a session, people signed in and networks, each once; probes are none', async () => {
  await using t = await testApp()
  const ask = (headers: Record<string, string>, url = '/api/events') => t.app.inject({ url, headers })
  for (const url of ['/healthz', '/api/readyz']) await ask({}, url)
  for (const { headers } of [await t.visitor(), await t.visitor(), await t.user('photographer')])
    for (const url of ['/api/events', '/api/nothing-here']) await ask(headers, url)
  await ask({})
  await ask({})
  await expect.poll(active).toBe(4)
})
