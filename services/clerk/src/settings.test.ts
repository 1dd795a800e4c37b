import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { Settings } from './settings.ts'

const GOOD = {
  MODE: 'production',
  METRICS_PORT: '9083',
  DATABASE_URL: 'postgres://x',
  REDIS_URL: 'redis://x',
  PUBLIC_ORIGIN: 'https://shop.example',
  STORAGE_DRIVER: 's3',
  STORAGE_PUBLIC_URL: 'https://shop.example',
  SMTP_URL: 'smtp://clerk:s%2Fcret@mail.example:587',
  MAIL_FROM: 'ThePixStock <no-reply@shop.example>',
  COLUMN_KEYS: `2026a:${randomBytes(32).toString('base64')}`,
}
const faults = (given: object) => {
  const parsed = Settings.safeParse({ ...GOOD, ...given })
  return parsed.success ? [] : parsed.error.issues.map(({ path }) => path.join('.'))
}

test('production needs a mail server and a sender; a folder does not do', () => {
  expect(faults({})).toEqual([])
  expect(faults({ SMTP_URL: undefined, MAIL_DIR: '/var/mail' })).toEqual(['SMTP_URL'])
  expect(faults({ SMTP_URL: '', MAIL_DIR: '/var/mail' })).toEqual(['SMTP_URL'])
  expect(faults({ MAIL_FROM: '' })).toEqual(['MAIL_FROM'])
})

test('keys of columns are needed, and those of development are refused in production', () => {
  expect(faults({ COLUMN_KEYS: undefined })).toEqual(['COLUMN_KEYS'])
  expect(faults({ COLUMN_KEYS: GOOD.COLUMN_KEYS.replace('2026a', 'dev-1') })).toEqual(['COLUMN_KEYS'])
})

test('development has a folder or a mail server', () => {
  const development = { MODE: 'development', SMTP_URL: '', MAIL_FROM: '' }
  expect(faults({ ...development, MAIL_DIR: '/tmp/mail' })).toEqual([])
  expect(faults({ ...development, SMTP_URL: GOOD.SMTP_URL })).toEqual([])
  expect(faults(development)).toEqual(['MAIL_DIR'])
})

test.each([
  'mail.example:587',
  'http://mail.example',
  'smtp://mail.example?ignoreTLS=true',
  'smtps://mail.example/?tls.rejectUnauthorized=false',
  'smtp://mail.example/inbox',
  'smtp://',
])('a mail server is an smtp address that cannot switch TLS off: %s', SMTP_URL => {
  const parsed = Settings.safeParse({ ...GOOD, SMTP_URL })
  expect(parsed.error?.issues.map(({ path }) => path.join('.'))).toEqual(['SMTP_URL'])
  expect(JSON.stringify(parsed.error?.issues)).not.toContain('mail.example')
})

test.each([
  ['MAIL_FROM', 'ThePixStock'],
  ['MAIL_FROM', 'A <a@b.example>\r\nBcc: everybody@b.example'],
  ['MAIL_FROM', 'a@b.example, c@d.example'],
  ['MAIL_REPLY_TO', 'somebody'],
  ['BOUNCE_ADDRESS', 'Bounces <b@c.example>'],
])('an address that letters carry is one address: %s %s', (name, value) => {
  expect(faults({ [name]: value })).toEqual([name])
})

test.each(['mail.example', 'https://mail.example', 'imaps://mail.example', 'imaps://b:c@mail.example/INBOX?tls=off'])(
  'a mailbox is an imap address with a user, that cannot switch TLS off: %s',
  BOUNCE_IMAP_URL => {
    expect(faults({ BOUNCE_IMAP_URL })).toEqual(['BOUNCE_IMAP_URL'])
    expect(faults({ BOUNCE_IMAP_URL: 'imaps://b:c@mail.example/Bounces' })).toEqual([])
  },
)
