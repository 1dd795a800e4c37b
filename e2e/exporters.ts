import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { accessSync, constants, mkdirSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { delimiter, join } from 'node:path'
import { given } from './shop.ts'
import { timerFigures } from './timer-figures.ts'

const FOLDERS = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin']
const PROGRAMS = {
  prometheus: 'prometheus',
  node: 'prometheus-node-exporter',
  postgres: 'prometheus-postgres-exporter',
  redis: 'prometheus-redis-exporter',
  nginxExporter: 'prometheus-nginx-exporter',
  blackbox: 'prometheus-blackbox-exporter',
  nginx: 'nginx',
}
type Program = keyof typeof PROGRAMS

/** Debian's package of each that is not on this machine. */
export const missingPrograms = (): string[] => Object.values(PROGRAMS).filter(name => pathOf(name) === undefined)

const pathOf = (name: string) => FOLDERS.map(folder => join(folder, name)).find(isProgram)

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/** A real Prometheus that asks the running shop and Debian's exporters beside it, once a second. */
export interface Watch {
  url: string
  stop(): Promise<void>
}

/**
 * @param folder an empty folder for its data
 * @param monitoring where the alerts are, and how the edge is looked at
 */
export async function startWatching(folder: string, monitoring: string): Promise<Watch> {
  const [prometheus, node, postgres, redis, nginxExporter, blackbox, nginx, tls] = await freePorts(8)
  const children: ChildProcess[] = []
  const start = (program: Program, args: string[], env: Record<string, string> = {}) =>
    children.push(spawn(pathOf(PROGRAMS[program])!, args, { stdio: 'ignore', env: { ...process.env, ...env } }))

  const database = new URL(given('PIX_E2E_DATABASE_URL'))
  database.searchParams.set('sslmode', 'disable')
  const cache = new URL(given('PIX_E2E_REDIS_URL'))
  start('nginx', ['-p', folder, '-c', writeNginx(folder, nginx!, tls!)])
  start('nginxExporter', [
    `-web.listen-address=127.0.0.1:${nginxExporter}`,
    `-nginx.scrape-uri=http://127.0.0.1:${nginx}/status`,
    '-nginx.retries=60',
    '-nginx.retry-interval=1s',
  ])
  start('blackbox', [`--config.file=${join(monitoring, 'blackbox.yml')}`, `--web.listen-address=127.0.0.1:${blackbox}`])
  const figures = join(folder, 'figures')
  mkdirSync(figures)
  writeFileSync(join(figures, 'timers.prom'), timerFigures())
  start('node', [`--web.listen-address=127.0.0.1:${node}`, `--collector.textfile.directory=${figures}`])
  start('postgres', [`--web.listen-address=127.0.0.1:${postgres}`], { DATA_SOURCE_NAME: database.href })
  start('redis', [`-web.listen-address=127.0.0.1:${redis}`, `-redis.addr=redis://${cache.host}`], {
    REDIS_PASSWORD: decodeURIComponent(cache.password),
  })
  const [api, clerk, worker] = given('PIX_E2E_METRICS_URLS').split(',')
  const targets = {
    api: new URL(api!).host,
    clerk: new URL(clerk!).host,
    'face-worker': new URL(worker!).host,
    node: `127.0.0.1:${node}`,
    postgres: `127.0.0.1:${postgres}`,
    redis: `127.0.0.1:${redis}`,
    nginx: `127.0.0.1:${nginxExporter}`,
    edge: `127.0.0.1:${tls}`,
  }
  start('prometheus', [
    `--config.file=${writePrometheus(folder, { rules: join(monitoring, 'alerts.yml'), targets, blackbox: blackbox! })}`,
    `--storage.tsdb.path=${join(folder, 'data')}`,
    `--web.listen-address=127.0.0.1:${prometheus}`,
  ])
  return {
    url: `http://127.0.0.1:${prometheus}`,
    async stop() {
      for (const child of children) {
        if (child.exitCode !== null || child.signalCode !== null) continue
        child.kill('SIGTERM')
        await once(child, 'exit')
      }
    },
  }
}

/** An edge whose certificate nobody knows; it ends after 90 days. */
function writeNginx(folder: string, port: number, tls: number): string {
  const file = join(folder, 'nginx.conf')
  mkdirSync(join(folder, 'temp'))
  const [key, certificate] = [join(folder, 'key.pem'), join(folder, 'certificate.pem')]
  const made = [
    '-newkey',
    'ec',
    '-pkeyopt',
    'ec_paramgen_curve:prime256v1',
    '-nodes',
    '-keyout',
    key,
    '-out',
    certificate,
  ]
  execFileSync('openssl', ['req', '-x509', '-days', '90', '-subj', '/CN=shop.test', ...made], { stdio: 'ignore' })
  const places = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(of => `${of}_temp_path ${folder}/temp/${of};`)
  writeFileSync(
    file,
    `daemon off; pid ${folder}/nginx.pid; error_log ${folder}/error.log; events {}
http { access_log off; ${places.join(' ')}
  server { listen 127.0.0.1:${port}; location = /status { stub_status; } }
  server { listen 127.0.0.1:${tls} ssl; ssl_certificate ${certificate}; ssl_certificate_key ${key}; } }`,
  )
  return file
}

interface Asked {
  rules: string
  /** Addresses by the name of their job. */
  targets: Record<string, string>
  /** The port of the blackbox exporter, which looks at the edge. */
  blackbox: number
}

/** As the machines' file, which ansible/roles/monitoring makes: the same jobs and labels. */
function writePrometheus(folder: string, { rules, targets, blackbox }: Asked): string {
  const file = join(folder, 'prometheus.yml')
  const byBlackbox = {
    metrics_path: '/probe',
    params: { module: ['certificate'] },
    relabel_configs: [
      { source_labels: ['__address__'], target_label: '__param_target' },
      { source_labels: ['__param_target'], target_label: 'instance' },
      { target_label: '__address__', replacement: `127.0.0.1:${blackbox}` },
    ],
  }
  const jobs = Object.entries(targets).map(([job_name, target]) => ({
    job_name,
    static_configs: [{ targets: [target], labels: job_name === 'node' ? { machine: 'vm1' } : {} }],
    ...(job_name === 'edge' && byBlackbox),
  }))
  const global = { scrape_interval: '1s', evaluation_interval: '1s' }
  // JSON is YAML.
  writeFileSync(file, JSON.stringify({ global, rule_files: [rules], scrape_configs: jobs }))
  return file
}

async function freePorts(count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => createServer().listen(0, '127.0.0.1'))
  await Promise.all(servers.map(server => once(server, 'listening')))
  const ports = servers.map(server => (server.address() as { port: number }).port)
  await Promise.all(servers.map(server => once(server.close(), 'close')))
  return ports
}
