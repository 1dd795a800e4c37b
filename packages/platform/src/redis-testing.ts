import { type ChainableCommander, Redis } from 'ioredis'

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
  const [, [, counted] = []] = await ask(server, redis => redis.multi().select(0).incr('test-databases'))
  const number = 1 + (Number(counted) % 9_999)
  const empty = async () => void (await ask(server, redis => redis.multi().select(number).flushdb()))
  await empty()
  const url = new URL(server)
  url.pathname = `/${number}`
  return { url: url.href, [Symbol.asyncDispose]: empty }
}

/** One connection numbers and empties the databases of all tests of a process. Idle it keeps no process alive. */
let connected: Promise<Redis> | undefined
let acts = 0

async function ask(server: string, act: (redis: Redis) => ChainableCommander): Promise<[Error | null, unknown][]> {
  const redis = await (connected ??= connect(server))
  acts += 1
  redis.stream.ref()
  try {
    const answers = await act(redis).exec()
    for (const [error] of answers ?? []) if (error) throw error
    return answers ?? []
  } finally {
    acts -= 1
    if (acts === 0) redis.stream.unref()
  }
}

async function connect(server: string): Promise<Redis> {
  const redis = new Redis(server, { lazyConnect: true })
  await redis.connect()
  return redis
}
