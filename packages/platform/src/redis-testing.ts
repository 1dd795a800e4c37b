import { type ChainableCommander, Redis } from 'ioredis'
import { isKnownKey } from './redis-keys.ts'

/**
 * A numbered Redis database of the test's own, emptied when it ends: `await using redis = await testRedis()`.
 * Publish/subscribe knows no databases: channels are shared by all tests. Its end throws where a key was left of which
 * nobody has said what it holds: the privacy audit of a running shop would fail by it.
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
  const empty = () => ask(server, redis => redis.multi().select(number).keys('*').flushdb())
  await empty()
  const url = new URL(server)
  url.pathname = `/${number}`
  const end = async () => {
    const [, [, keys] = []] = await empty()
    const unknown = (keys as string[]).filter(key => !isKnownKey(key))
    if (unknown.length > 0) throw new Error(`redis-keys.ts does not say what these keys hold: ${unknown.join(', ')}`)
  }
  return { url: url.href, [Symbol.asyncDispose]: end }
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
