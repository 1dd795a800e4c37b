import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { connect } from 'node:tls'
import { startAcme, type Acme } from './acme.ts'
import { changeSettings, play } from './ansible.ts'
import { CA } from './authority.ts'
import { on } from './machines.ts'
import { EDGE, ORIGIN } from './places.ts'
import type { Step } from './step.ts'

const SHOP = new URL(ORIGIN).hostname
const STUDIO = `studio.${SHOP}`
const RELOADED_MS = 20_000
const TAGS = { tags: 'web' }
/** What an empty machine has not; an account goes too, since the authority of another run does not know it. */
const CERTBOTS = ['accounts', 'archive', 'live', 'renewal', 'renewal-hooks', 'dns.ini'].map(
  name => `/etc/letsencrypt/${name}`,
)
const CERTBOT_FORGETS = `rm -rf ${CERTBOTS.join(' ')} /usr/local/share/ca-certificates/acme-directory.crt; update-ca-certificates`
const NGINXS = ['here.conf', 'conf.d/shop.conf', 'conf.d/plain.conf', 'conf.d/admins.conf', 'tls'].map(
  name => `/etc/nginx/${name}`,
)
const BY_DNS = '--dns-rfc2136 --dns-rfc2136-credentials /etc/letsencrypt/dns.ini --dns-rfc2136-propagation-seconds 1'
/** Longer than the certificate is valid: it is due at once. */
const DUE = 'renew_before_expiry = 99999 days'

/** The serial number of what the edge serves under a name. @throws where a browser that trusts `ca` would refuse it */
function servedAs(name: string, ca: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: EDGE, port: 443, servername: name, ca }, () => {
      resolve(socket.getPeerCertificate().serialNumber)
      socket.end()
    })
    socket.once('error', reject)
  })
}

/** nginx goes on with the old one for a moment after it was asked to read again. */
async function untilOther(serial: string, ca: string): Promise<void> {
  const deadline = Date.now() + RELOADED_MS
  while ((await servedAs(SHOP, ca)) === serial) {
    if (Date.now() > deadline) throw new Error('certbot renewed nothing that the edge serves')
    await sleep(200)
  }
}

const asAnEmptyMachine = () => on('vm3', `${CERTBOT_FORGETS}; rm -rf ${NGINXS.join(' ')} && systemctl restart nginx`)

/** By HTTP, as on a machine that serves nothing yet, and then renewed by the timer's own unit. */
async function byHttp({ directory, root }: Acme): Promise<void> {
  await asAnEmptyMachine()
  changeSettings({ tls: 'letsencrypt', letsencrypt_directory: directory, letsencrypt_directory_ca_file: CA })
  await play('site.yml', {}, TAGS)
  const first = await servedAs(SHOP, root)
  await on('vm3', `echo '${DUE}' | sed -i '1r /dev/stdin' /etc/letsencrypt/renewal/thepixstock.conf`)
  await on('vm3', 'systemctl start certbot.service')
  await untilOther(first, root)
}

/** By DNS, which a wildcard needs: the storefronts of studios are names below the shop's. */
async function byDns({ root, dns }: Acme): Promise<void> {
  changeSettings({
    letsencrypt_names: [SHOP, `*.${SHOP}`],
    letsencrypt_packages: ['python3-certbot-dns-rfc2136'],
    letsencrypt_arguments: BY_DNS,
    vault_letsencrypt_dns: dns.settings,
  })
  await play('site.yml', {}, TAGS)
  for (const name of [SHOP, STUDIO]) await servedAs(name, root)
  const { tasks } = await play('site.yml', {}, TAGS)
  if (tasks.length > 0) throw new Error(`a second run changed ${tasks.join(', ')}`)
}

/** Nothing of it is left: the edge serves the certificate of the files again. */
async function putBack(): Promise<void> {
  changeSettings({
    tls: undefined,
    letsencrypt_directory: undefined,
    letsencrypt_directory_ca_file: undefined,
    letsencrypt_names: undefined,
    letsencrypt_packages: undefined,
    letsencrypt_arguments: undefined,
    vault_letsencrypt_dns: undefined,
  })
  await play('site.yml', {}, TAGS)
  await on('vm3', CERTBOT_FORGETS)
}

export const certificateStep: Step = {
  name: 'a certificate by ACME, and its renewal',
  run: async () => {
    const acme = await startAcme()
    try {
      await byHttp(acme)
      await byDns(acme)
    } finally {
      await putBack()
      await acme.stop()
    }
    await servedAs(SHOP, readFileSync(CA, 'utf8'))
    return { note: `${SHOP} by HTTP, renewed by its timer's unit; *.${SHOP} by DNS; a second run changed nothing` }
  },
}
