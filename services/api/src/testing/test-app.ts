import { createHash, randomBytes } from 'node:crypto'
import { connect } from '@pix/db/client.ts'
import { hashToken } from '@pix/db/hash-token.ts'
import { HOUSE_STUDIO } from '@pix/db/house-studio.ts'
import { newId } from '@pix/db/ids.ts'
import { refreshTokens, sessions, users } from '@pix/db/schema/auth.ts'
import { eventPhotographers, events, organizers } from '@pix/db/schema/events.ts'
import { photos } from '@pix/db/schema/photos.ts'
import { studioMembers, studios } from '@pix/db/schema/studios.ts'
import { asSystem } from '@pix/db/tenant.ts'
import { eq } from 'drizzle-orm'
import { testDb, type TestDb } from '@pix/db/testing.ts'
import type { StudioRole } from '@pix/domain/words.ts'
import { createEnqueue } from '@pix/jobs/job.ts'
import { processPhoto } from '@pix/jobs/photos.ts'
import { type Breaker, createBreaker } from '@pix/platform/breaker.ts'
import { createLive } from '@pix/platform/live.ts'
import { createLog, type Log } from '@pix/platform/log.ts'
import { connectRedis, redisReady } from '@pix/platform/redis.ts'
import { testRedis } from '@pix/platform/redis-testing.ts'
import type { Storage } from '@pix/platform/storage.ts'
import { testStorage } from '@pix/platform/storage-testing.ts'
import { environment, TEST_ORIGIN } from './environment.ts'
import { buildApp } from '../app.ts'
import { holdAgainstDocument } from './conform.ts'
import type { BuyerContext, CallerContext, Context } from '../base/context.ts'
import type { Deps } from '../base/deps.ts'
import type { PaymentGateway, PaymentGateways } from '../base/payment-gateway.ts'
import { Settings } from '../settings.ts'

export { TEST_ORIGIN }

const TEST_FROM = { ip: '192.0.2.1', device: 'test' }

const ignore = () => undefined

const noGateway: PaymentGateway = new Proxy({ least: 100, most: 70_000_000 } as PaymentGateway, {
  get: (limits, name) => {
    if (name in limits) return Reflect.get(limits, name) as number
    throw new Error(`this test has no payment gateway, but asked it for ${String(name)}`)
  },
})

export interface TestAppOptions {
  /** The environment's variables to change. */
  settings?: Record<string, string>
  /** The first takes new payments. */
  gateways?: PaymentGateways
  log?: Log
  /** Instead of a migrated database of its own; the caller disposes of it. */
  database?: TestDb
  /** Instead of the tests' S3 server or folder; the caller disposes of it. */
  storage?: Storage
  /** Instead of a Redis database of its own. */
  redisUrl?: string
  /** What commands to Redis pass, for tests of how long they wait. */
  breaker?: Breaker
  /** Its exchanges are held against its own document, which the test changes. */
  ownDocument?: boolean
  /** The address to reach the private database by. */
  wireDatabase?: (appUrl: string) => string
}

/**
 * The real app on a private database, a Redis database, S3 or a folder of its own, and our clock:
 * `await using t = await testApp()`.
 */
export async function testApp(options: TestAppOptions = {}) {
  const ownDatabase = options.database ? null : await testDb()
  const database = options.database ?? ownDatabase!
  const ownStorage = options.storage ? null : await testStorage()
  const storage = options.storage ?? ownStorage!
  const ownRedis = options.redisUrl === undefined ? await testRedis() : null
  const redisUrl = options.redisUrl ?? ownRedis!.url
  const wired = options.wireDatabase && connect(options.wireDatabase(database.appUrl))
  const breaker = options.breaker ?? createBreaker()
  const redis = connectRedis(redisUrl, 'producer', ignore, breaker)
  const queueRedis = connectRedis(redisUrl, 'producer', ignore, breaker)
  await Promise.all([redisReady(redis), redisReady(queueRedis)])
  const live = createLive(redis, ignore)
  const settings = Settings.parse({ ...environment(database.appUrl, redisUrl), ...options.settings })
  let shift = 0
  let held: number | null = null
  const deps: Deps = {
    settings,
    db: wired ?? database.db,
    enqueue: createEnqueue(queueRedis, ignore, [processPhoto]),
    storage,
    redis,
    live,
    gateways: options.gateways ?? new Map([['paynoi', noGateway]]),
    storefront: { origin: settings.PUBLIC_ORIGIN, studio: null },
    now: () => new Date((held ?? Date.now()) + shift),
    newId,
    log: options.log ?? createLog('api-test', { level: 'silent', pretty: false }),
  }
  const app = await buildApp(deps)
  await app.ready()
  const { faults } = holdAgainstDocument(app, options.ownDocument)

  return {
    app,
    deps,
    db: deps.db,
    owner: database.owner,
    /** Listens on a free port, for what only real connections show. @returns the origin */
    listen: () => app.listen({ host: '127.0.0.1', port: 0 }),
    storage,
    /** Moves the app's clock; what PostgreSQL calls now() stays. */
    forward: (ms: number) => void (shift += ms),
    /** From here on only `forward` moves the app's clock, for tests that are exact to the second. */
    hold: () => void (held = Date.now()),
    ...fixtures(deps, app),
    ...contexts(deps),
    [Symbol.asyncDispose]: async () => {
      await app.close()
      live.close()
      await deps.enqueue.close()
      redis.disconnect()
      queueRedis.disconnect()
      await ownRedis?.[Symbol.asyncDispose]()
      await wired?.$client.end()
      await ownStorage?.[Symbol.asyncDispose]()
      await ownDatabase?.[Symbol.asyncDispose]()
      if (faults.length > 0) throw new Error(`over real connections: ${faults.join('\n')}`)
    },
  }
}
export type TestApp = Awaited<ReturnType<typeof testApp>>

/** What a test hands to a use case that it calls itself. */
function contexts(deps: Deps) {
  const system: Context = asSystem(deps)
  return {
    /** The context of a sweep or a job. */
    system,
    /** The context of a visitor's request. */
    buyerContext: ({ sessionId }: { sessionId: string }): BuyerContext => ({
      ...system,
      buyer: { sessionId, since: deps.now(), network: TEST_FROM.ip, userId: null, email: null },
      from: TEST_FROM,
    }),
    /** The context of a request by somebody signed in. */
    callerContext: ({ id, role }: Pick<typeof users.$inferSelect, 'id' | 'role'>): CallerContext => ({
      ...system,
      caller: {
        userId: id,
        isPlatformAdmin: role === 'platform_admin',
        memberships: [],
        isPhotographer: false,
        isOrganizer: false,
      },
      from: TEST_FROM,
    }),
  }
}

/** Who somebody is in a test. */
export type Kind = 'customer' | 'photographer' | 'organizer' | 'admin'

type NewEvent = Partial<typeof events.$inferInsert>
type NewPhoto = Partial<typeof photos.$inferInsert>

/** Makes rows directly, for tests whose subject is something else. */
function fixtures({ db, newId, now }: Deps, app: Awaited<ReturnType<typeof buildApp>>) {
  /**
   * An account. A photographer works for the house studio, and is invited to no event; an organizer runs none yet; an
   * admin is a platform admin.
   */
  const user = async (kind: Kind, more: Partial<typeof users.$inferInsert> = {}) => {
    const id = newId()
    const email = `${kind}-${id.slice(-8)}@test.example`
    const role = kind === 'admin' ? 'platform_admin' : 'user'
    const [made] = await db
      .insert(users)
      .values({
        id,
        email,
        name: `${kind} ${id.slice(-4)}`,
        role,
        passwordHash: 'none',
        emailVerifiedAt: now(),
        ...more,
      })
      .returning()
    if (kind === 'photographer')
      await db.insert(studioMembers).values({ studioId: HOUSE_STUDIO, userId: id, role: 'photographer' })
    if (kind === 'organizer') await db.insert(organizers).values({ id: newId(), name: made!.name, userId: id })
    const token = app.jwt.sign({ sub: id, role, sv: made!.sessionVersion })
    return { ...made!, token, headers: { authorization: `Bearer ${token}` } }
  }

  /** A visitor's browser: its row, and the headers it sends; signed in where there is a user. */
  const visitor = async (user?: { id: string }) => {
    const token = randomBytes(32).toString('base64url')
    const id = newId()
    const tokenHash = hashToken(token)
    await db
      .insert(sessions)
      .values({ id, tokenHash, createdAt: now(), expiresAt: new Date(now().getTime() + 31 * 86_400_000) })
    if (user) await signIn(id, user.id)
    return { sessionId: id, headers: { cookie: `pix_session=${token}`, origin: TEST_ORIGIN } }
  }

  /** What a sign-in leaves behind: a family of refresh tokens, and its user with the session. */
  const signIn = async (sessionId: string, userId: string) => {
    const familyId = newId()
    const expiresAt = new Date(now().getTime() + 30 * 86_400_000)
    await db.insert(refreshTokens).values({ id: newId(), userId, familyId, tokenHash: familyId, device: '', expiresAt })
    await db.update(sessions).set({ userId, familyId }).where(eq(sessions.id, sessionId))
  }

  /** A studio of its own, beside the house studio. */
  const studio = async (more: Partial<typeof studios.$inferInsert> = {}) => {
    const id = newId()
    const names = { nameTh: 'สตูดิโอ', nameEn: `Studio ${id.slice(-4)}` }
    const [made] = await db
      .insert(studios)
      .values({ id, slug: `studio-${id.slice(-12)}`, ...names, ...more })
      .returning()
    return made!
  }

  /** Somebody who works for a studio. */
  const member = async (studioId: string, role: StudioRole, more: Partial<typeof users.$inferInsert> = {}) => {
    const made = await user('customer', more)
    await db.insert(studioMembers).values({ studioId, userId: made.id, role })
    return made
  }

  /** An event on sale with face search on, of the house studio where nothing else is said. */
  const event = async (more: NewEvent = {}) => {
    const id = newId()
    const by = more.faceSearchBy ?? (await user('admin')).id
    const [made] = await db
      .insert(events)
      .values({
        id,
        studioId: HOUSE_STUDIO,
        slug: `event-${id.slice(-12)}`,
        nameTh: 'งานวิ่ง',
        nameEn: 'A run',
        category: 'run',
        venue: 'Lumphini',
        province: 'Bangkok',
        startsAt: new Date('2026-11-01T00:00:00Z'),
        endsAt: new Date('2026-11-01T06:00:00Z'),
        status: 'on_sale',
        faceSearchWording: 'Photos of this event can be searched by face.',
        faceSearchBy: by,
        faceSearchAt: now(),
        ...more,
      })
      .returning()
    return made!
  }

  const invite = async (eventId: string, userId: string) => {
    await db.insert(eventPhotographers).values({ eventId, userId })
  }

  /** A processed and approved photo; bytes and pictures are not stored. */
  const photo = async (eventId: string, photographerId: string, more: NewPhoto = {}) => {
    const id = newId()
    const [made] = await db
      .insert(photos)
      .values({
        id,
        eventId,
        photographerId,
        fileName: `${id.slice(-6)}.jpg`,
        sha256: createHash('sha256').update(id).digest('hex'),
        bytes: 1_000,
        format: 'jpg',
        state: 'processed',
        approval: 'approved',
        width: 3000,
        height: 2000,
        takenAt: new Date('2026-11-01T01:00:00Z'),
        processedAt: now(),
        ...more,
      })
      .returning()
    return made!
  }

  return { user, visitor, signIn, studio, member, event, invite, photo }
}
