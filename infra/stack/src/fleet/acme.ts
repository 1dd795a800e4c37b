import { execa } from 'execa'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, openSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { findBinary } from '../base/find-binary.ts'
import { Obstacle } from '../base/say.ts'
import { CA, CERTIFICATE, CERTIFICATE_KEY } from './authority.ts'
import { ACME_PORT, DNS_PORT, EDGE, HERE, ORIGIN, RUN } from './places.ts'

const MANAGEMENT_PORT = 15_000
const FOLDER = join(RUN, 'acme')
const SHOP = new URL(ORIGIN).hostname
const ZONE = SHOP.split('.').slice(1).join('.')
const READY_MS = 20_000

/** How a machine changes names at this DNS server: who answers a challenge by DNS has the key. */
interface Dns {
  /** What certbot reads. */
  settings: string
}

/** A certificate authority and a DNS server, as they stand on the internet. */
export interface Acme {
  directory: string
  /** The authority's own certificate, which it makes anew whenever it starts. */
  root: string
  dns: Dns
  stop(): Promise<void>
}

/** Let's Encrypt's own server for tests, and BIND for the shop's names, both as Debian has them. */
export async function startAcme(): Promise<Acme> {
  const pebble = findBinary(['pebble'], ['/usr/bin'])
  const named = findBinary(['named'], ['/usr/sbin'])
  if (!pebble || !named) throw new Obstacle('A certificate authority and a DNS server: apt-get install pebble bind9')
  rmSync(FOLDER, { recursive: true, force: true })
  mkdirSync(FOLDER, { recursive: true })
  const { stdout: key } = await execa('openssl', ['rand', '-base64', '32'])
  const programs = [
    startProgram(named, ['-f', '-c', writeDns(key)]),
    startProgram(pebble, pebbleOptions(), AS_LETSENCRYPT),
  ]
  const stop = async () => {
    for (const program of programs.filter(({ exitCode }) => exitCode === null)) {
      program.kill('SIGTERM')
      await once(program, 'exit')
    }
  }
  try {
    return {
      directory: `https://${HERE}:${ACME_PORT}/dir`,
      root: await rootOf(),
      dns: { settings: credentials(key) },
      stop,
    }
  } catch (error) {
    await stop()
    throw error
  }
}

/** Each name is proved each time; one answer in twenty is refused for its nonce, as happens. */
const AS_LETSENCRYPT = { PEBBLE_VA_NOSLEEP: '1', PEBBLE_AUTHZREUSE: '0' }

function pebbleOptions(): string[] {
  const settings = {
    listenAddress: `${HERE}:${ACME_PORT}`,
    managementListenAddress: `${HERE}:${MANAGEMENT_PORT}`,
    certificate: CERTIFICATE,
    privateKey: CERTIFICATE_KEY,
    httpPort: 80,
    tlsPort: 443,
  }
  const file = join(FOLDER, 'pebble.json')
  writeFileSync(file, JSON.stringify({ pebble: settings }))
  return ['-config', file, '-dnsserver', `${HERE}:${DNS_PORT}`]
}

/** The zone of the shop, in which the holder of the key may set the answer to a challenge. @returns the settings' file */
function writeDns(key: string): string {
  const zone = join(FOLDER, 'zone')
  writeFileSync(
    zone,
    `$TTL 1
@ IN SOA ns.${ZONE}. owner.${ZONE}. 1 3600 600 86400 1
@ IN NS ns.${ZONE}.
ns IN A ${HERE}
${SHOP}. IN A ${EDGE}
*.${SHOP}. IN A ${EDGE}
`,
  )
  const file = join(FOLDER, 'named.conf')
  writeFileSync(
    file,
    `options {
  directory "${FOLDER}";
  listen-on port ${DNS_PORT} { ${HERE}; };
  listen-on-v6 { none; };
  pid-file none;
  session-keyfile none;
  recursion no;
  dnssec-validation no;
};
controls { };
key "acme" { algorithm hmac-sha256; secret "${key}"; };
zone "${ZONE}" {
  type primary;
  file "${zone}";
  update-policy { grant acme name _acme-challenge.${SHOP}. TXT; };
};
`,
  )
  return file
}

const credentials = (key: string) => `dns_rfc2136_server = ${HERE}
dns_rfc2136_port = ${DNS_PORT}
dns_rfc2136_name = acme
dns_rfc2136_secret = ${key}
dns_rfc2136_algorithm = HMAC-SHA256
`

function startProgram(program: string, args: string[], env: Record<string, string> = {}) {
  const log = openSync(join(RUN, 'acme.log'), 'a')
  const child = spawn(program, args, { stdio: ['ignore', log, log], env: { ...process.env, ...env } })
  process.once('exit', () => child.kill('SIGTERM'))
  return child
}

async function rootOf(): Promise<string> {
  const deadline = Date.now() + READY_MS
  for (;;) {
    const address = `https://${HERE}:${MANAGEMENT_PORT}/roots/0`
    const { exitCode, stdout } = await execa('curl', ['-fsS', '--cacert', CA, address], { reject: false })
    if (exitCode === 0) return stdout
    if (Date.now() > deadline) throw new Obstacle(`No certificate authority answers; see ${join(RUN, 'acme.log')}`)
    await sleep(200)
  }
}
