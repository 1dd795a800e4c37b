import { execa } from 'execa'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createSecureContext, TLSSocket } from 'node:tls'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { findBinary } from '../base/find-binary.ts'
import { ROOT } from '../base/paths.ts'
import { freePort } from '../base/ports.ts'

const blackbox = findBinary(['prometheus-blackbox-exporter'])
const lacking = blackbox || process.env.CI ? '' : ' [skipped: Debian’s prometheus-blackbox-exporter is not installed]'

const start = (...options: string[]) => execa(blackbox ?? 'prometheus-blackbox-exporter', options, { reject: false })

describe.skipIf(lacking)(`how the monitoring machine looks at SFTPGo${lacking}`, () => {
  const folder = mkdtempSync(join(tmpdir(), 'camera-probes-'))
  const servers: Server[] = []
  let exporter: ReturnType<typeof start> | undefined
  let address = ''
  beforeAll(async () => {
    address = `127.0.0.1:${await freePort()}`
    exporter = start(`--config.file=${join(ROOT, 'monitoring/blackbox.yml')}`, `--web.listen-address=${address}`)
    await vi.waitUntil(() => fetch(`http://${address}/`).catch(() => null), { timeout: 30_000 })
  })
  afterAll(async () => {
    exporter?.kill()
    await exporter
    for (const server of servers) server.close()
    rmSync(folder, { recursive: true, force: true })
  })

  /** A server that speaks as `talk` says. @returns its port */
  async function serve(talk: (socket: Socket) => void): Promise<number> {
    const server = createServer(socket => {
      socket.on('error', () => undefined) // the exporter hangs up when it has seen enough
      talk(socket)
    })
    servers.push(server)
    await new Promise<void>(done => server.listen(0, '127.0.0.1', done))
    return (server.address() as AddressInfo).port
  }

  /** The figures of one look, by their name. */
  async function look(module: string, port: number): Promise<Record<string, number>> {
    const asked = new URLSearchParams({ module, target: `127.0.0.1:${port}` })
    const text = await (await fetch(`http://${address}/probe?${asked}`)).text()
    return Object.fromEntries([...text.matchAll(/^(\w+) (\S+)$/gm)].map(([, name, value]) => [name, Number(value)]))
  }

  test('by FTP it begins TLS as a camera does, and measures the certificate', async () => {
    const [key, cert] = [join(folder, 'key.pem'), join(folder, 'certificate.pem')]
    const made = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-keyout', key, '-out', cert]
    await execa('openssl', ['req', '-x509', '-days', '90', '-subj', '/CN=cameras.test', ...made])
    const secureContext = createSecureContext({ key: readFileSync(key), cert: readFileSync(cert) })
    const port = await serve(socket => {
      socket.write('220 SFTPGo ready\r\n')
      socket.once('data', said => {
        if (said.toString().trim() !== 'AUTH TLS') return socket.end('502 what?\r\n')
        socket.write('234 AUTH command ok. Expecting TLS Negotiation.\r\n')
        const secure = new TLSSocket(socket, { isServer: true, secureContext })
        return secure.on('error', () => undefined)
      })
    })
    const seen = await look('ftps', port)
    expect(seen.probe_success).toBe(1)
    const days = (seen.probe_ssl_earliest_cert_expiry! - Date.now() / 1_000) / 86_400
    expect(Math.round(days)).toBe(90)
  })

  test('a greeting is enough without a certificate, and by SFTP', async () => {
    const ftp = await serve(socket => void socket.write('220-SFTPGo\r\n220 ready\r\n'))
    const ssh = await serve(socket => void socket.write('SSH-2.0-SFTPGo_2.7.5\r\n'))
    expect(await look('ftp', ftp)).toMatchObject({ probe_success: 1 })
    expect(await look('sftp', ssh)).toMatchObject({ probe_success: 1 })
    // Another program at the port, or none.
    const missed = await Promise.all([look('sftp', ftp), look('ftps', ssh), look('ftp', await freePort())])
    expect(missed.map(seen => seen.probe_success)).toEqual([0, 0, 0])
  })
})
