import { randomBytes } from 'node:crypto'
import { newId } from '@pix/db/ids.ts'
import { outgoingMail } from '@pix/db/schema/letters.ts'
import { testRedis } from '@pix/platform/redis-testing.ts'
import { testStorageSettings } from '@pix/platform/storage-testing.ts'
import { eq } from 'drizzle-orm'
import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { spawnClerk } from '../spawn-testing.ts'
import { testPlace } from '../testing.ts'
import { smtpUrl, startSmtp } from './smtp-testing.ts'

const run = promisify(execFile)
const hasOpenssl = await run('openssl', ['version']).then(
  () => true,
  () => false,
)
const SLOW = { timeout: 120_000 }

test('a clerk that is killed after the server took a letter and before it is marked sends it once more, as the same letter', async () => {
  await using place = await testPlace()
  await using redis = await testRedis()
  await using smtp = await startSmtp({ hideSTARTTLS: true })
  const settings = { ...place.settings, SMTP_URL: smtpUrl(smtp) }
  const mailId = await place.addLetter(newId(), new Date())
  const killed = new Promise<void>(resolve => {
    smtp.onLetter = async () => {
      const ended = once(first, 'exit')
      first.kill('SIGKILL')
      await ended
      resolve()
    }
  })
  const first = spawnClerk(settings)
  await killed
  smtp.onLetter = async () => {}
  expect(smtp.received).toHaveLength(1)
  expect(await place.letter(mailId)).toMatchObject({ sentAt: null, attempts: 1 })

  // Its pause is over, and the queue forgot the job.
  await place.db.update(outgoingMail).set({ nextTryAt: new Date() }).where(eq(outgoingMail.id, mailId))
  const second = spawnClerk({ ...settings, REDIS_URL: redis.url })
  await expect.poll(async () => (await place.letter(mailId)).sentAt, SLOW).not.toBeNull()
  const stopped = once(second, 'exit')
  second.kill('SIGTERM')
  expect((await stopped)[0]).toBe(0)
  expect(smtp.received.map(({ messageId }) => messageId)).toEqual(Array(2).fill(`<${mailId}@thepixstock.test>`))
})

test.skipIf(!hasOpenssl || !process.env.TEST_S3_ENDPOINT)(
  'in production a letter leaves by a server whose certificate is trusted (needs openssl, to make one, and an S3 server)',
  async () => {
    await using place = await testPlace()
    const folder = await mkdtemp(join(tmpdir(), 'pix-smtp-'))
    const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')]
    const options = '-x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=localhost'
    const names = ['-addext', 'subjectAltName=DNS:localhost']
    await run('openssl', ['req', ...options.split(' '), ...names, '-keyout', key, '-out', cert])
    await using smtp = await startSmtp({ key: await readFile(key), cert: await readFile(cert) })
    let secure = false
    smtp.onLetter = async session => void (secure = session.secure)
    const mailId = await place.addLetter(newId(), new Date())
    const { DATABASE_URL, REDIS_URL } = place.settings
    const clerk = spawnClerk({
      DATABASE_URL,
      REDIS_URL,
      LOG_LEVEL: 'silent',
      METRICS_PORT: 0,
      MODE: 'production',
      PUBLIC_ORIGIN: 'https://shop.example',
      COLUMN_KEYS: `2026a:${randomBytes(32).toString('base64')}`,
      // A folder is refused in production: photos have to be encrypted at rest.
      ...testStorageSettings(folder),
      SMTP_URL: smtpUrl(smtp),
      MAIL_FROM: 'no-reply@shop.example',
      NODE_EXTRA_CA_CERTS: cert,
    })
    await expect.poll(async () => (await place.letter(mailId)).sentAt, SLOW).not.toBeNull()
    const stopped = once(clerk, 'exit')
    clerk.kill('SIGTERM')
    await stopped
    expect(secure).toBe(true)
    expect(smtp.received).toMatchObject([{ messageId: `<${mailId}@shop.example>` }])
  },
)
