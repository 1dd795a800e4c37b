import { Redis } from 'ioredis'

/**
 * A numbered Redis database of the test's own, emptied when it ends: `await using redis = await testRedis()`.
 * Publish/subscribe knows no databases: channels are shared by all tests.
 */
export async function testRedis(): Promise<{ url: string } & AsyncDisposable> {
  const server = process.env.TEST_REDIS_URL
  if (!server) {
    throw new Error(
      'Integration tests need their servers: run "npm test", or keep "node infra/bootstrap.mjs services" running.',
    )
  }
  const counter = new Redis(server)
  const number = 1 + ((await counter.incr('test-databases')) % 9_999)
  await counter.quit()
  const url = new URL(server)
  url.pathname = `/${number}`
  const empty = async () => {
    const own = new Redis(url.href)
    await own.flushdb()
    await own.quit()
  }
  await empty()
  return { url: url.href, [Symbol.asyncDispose]: empty }
}
