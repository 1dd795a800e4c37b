import { TYPESCRIPT } from '@pix/platform/typescript.ts'
import { randomBytes } from 'node:crypto'
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { SMTPServer } from 'smtp-server'
import { ROOT } from '../base/paths.ts'
import { CA, CERTIFICATE, CERTIFICATE_KEY } from './authority.ts'
import { startLine, type Line } from './line.ts'
import { BANK_PORT, EDGE, HERE, KEPT, LINE_PORT, MIRROR_PORT, ORIGIN, RUN, WATCH_PORT } from './places.ts'
import { startWatched, type Watched } from './written-series.ts'

/** TLS from the first byte, as the clerk has it, and TLS that begins later, as Alertmanager has it. */
const MAIL_PORT = 4465
const SUBMISSION_PORT = 4587
const HOSTS = join(RUN, 'hosts')

export interface Strangers {
  /** Subjects of the letters that have come so far. */
  letters: string[]
  line: Line
  watched: Watched
  stop(): Promise<void>
}

/** What the strangers know, and the vault of the test holds. */
export function strangersSecrets(): Record<string, string> {
  return {
    vault_paynoi_api_key: randomBytes(24).toString('hex'),
    vault_paynoi_webhook_secret: randomBytes(24).toString('hex'),
    vault_smtp_url: `smtps://fleet:letters@${HERE}:${MAIL_PORT}`,
    vault_alert_smtp_password: 'letters',
    vault_line_channel_token: randomBytes(24).toString('hex'),
  }
}

/**
 * Who is no part of the shop, each over its real protocol: Debian's mirror, the bank, a mail server, LINE, and who watches
 * whether alerts still come. They answer on the bridge alone.
 */
export async function startStrangers(secrets: Record<string, string>): Promise<Strangers> {
  const mirror = startMirror()
  const bank = asClient('node', [...TYPESCRIPT, join(ROOT, 'services/paynoi-sim/src/main.ts')], {
    MODE: 'development',
    HOST: HERE,
    PORT: String(BANK_PORT),
    PAYNOI_API_KEY: secrets.vault_paynoi_api_key!,
    PAYNOI_WEBHOOK_SECRET: secrets.vault_paynoi_webhook_secret!,
    PAYNOI_WEBHOOK_URL: `${ORIGIN}/api/payment/webhook`,
    PAYNOI_BOOKS: join(RUN, 'bank.jsonl'),
  })
  process.once('exit', () => [mirror, bank].forEach(child => child.kill('SIGTERM')))
  const letters: string[] = []
  const mail = [await startMailServer(letters, MAIL_PORT, true), await startMailServer(letters, SUBMISSION_PORT, false)]
  const tls = { key: readFileSync(CERTIFICATE_KEY), cert: readFileSync(CERTIFICATE) }
  const line = await startLine({ host: HERE, port: LINE_PORT, token: secrets.vault_line_channel_token!, ...tls })
  const watched = await startWatched(HERE, WATCH_PORT)
  return {
    letters,
    line,
    watched,
    stop: async () => {
      for (const child of [mirror, bank]) child.kill('SIGTERM')
      for (const server of mail) await new Promise<void>(done => server.close(() => done()))
      await line.stop()
      await watched.stop()
    },
  }
}

/** Keeps each package that a machine asks for: the machines have no way to the internet. */
function startMirror(): ChildProcess {
  const folders = { CacheDir: join(KEPT, 'packages'), LogDir: join(RUN, 'mirror') }
  for (const folder of Object.values(folders)) mkdirSync(folder, { recursive: true })
  // Debian's own settings would ask mirrors that they name; each package comes from the host that the machine asked for.
  const own = join(RUN, 'mirror-settings')
  mkdirSync(own, { recursive: true })
  writeFileSync(join(own, 'acng.conf'), '')
  const settings = { ...folders, ForeGround: '1', Port: String(MIRROR_PORT), BindAddress: HERE, SocketPath: '' }
  const args = Object.entries(settings).map(([name, value]) => `${name}=${value}`)
  const log = openSync(join(RUN, 'mirror.log'), 'a')
  return spawn('/usr/sbin/apt-cacher-ng', ['-c', own, ...args], { stdio: ['ignore', log, log] })
}

async function startMailServer(letters: string[], port: number, secure: boolean): Promise<SMTPServer> {
  const server = new SMTPServer({
    secure,
    key: readFileSync(CERTIFICATE_KEY),
    cert: readFileSync(CERTIFICATE),
    onAuth: (_auth, _session, done) => done(null, { user: 'fleet' }),
    onData: (stream, _session, done) => {
      let text = ''
      stream.on('data', (chunk: Buffer) => (text += chunk.toString()))
      stream.on('end', () => {
        letters.push(/^subject: (.*)/im.exec(text)?.[1] ?? '')
        done()
      })
    },
  })
  server.on('error', () => undefined) // a client that hangs up is no fault of this test
  await new Promise<void>(done => server.listen(port, HERE, done))
  return server
}

/**
 * Starts a program that knows the shop by its name and trusts the test's authority, as somebody's computer would. The name
 * stands in a file of hosts that this program alone sees.
 */
export function asClient(command: string, args: string[], env: Record<string, string> = {}): ChildProcess {
  writeFileSync(HOSTS, `127.0.0.1 localhost\n${EDGE} ${new URL(ORIGIN).hostname}\n`)
  const program = `mount --bind "$0" /etc/hosts && exec "$@"`
  const log = openSync(join(RUN, 'clients.log'), 'a')
  return spawn('unshare', ['--mount', 'sh', '-c', program, HOSTS, command, ...args], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', log],
    env: { ...process.env, NODE_EXTRA_CA_CERTS: CA, ...env },
  })
}
