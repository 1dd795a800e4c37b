import { execa } from 'execa'
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { findBinary } from '../base/find-binary.ts'
import { ROOT } from '../base/paths.ts'
import { renderTemplate, WITHOUT_ANSIBLE } from '../testing/run-ansible.ts'

const promtool = findBinary(['promtool'])

interface LokiConfig {
  auth_enabled: boolean
  server: Record<string, string | number>
  schema_config: { configs: { store: string; index: { period: string } }[] }
  limits_config: { retention_period: string; retention_stream: { selector: string; period: string }[] }
  compactor: { retention_enabled: boolean; delete_request_store: string }
}

describe.skipIf(WITHOUT_ANSIBLE)(`with logs in one place${WITHOUT_ANSIBLE}`, () => {
  let folder = ''
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'fleet-logs-'))
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))
  const rendered = (machine: string, template: string, variables = {}) =>
    renderTemplate(machine, template, join(folder, template.replaceAll('/', '-')), { logs: true, ...variables })

  test('Loki answers on the private network alone, and keeps each kind as long as the specification says', async () => {
    const config = parse(await rendered('vm4', 'loki/templates/config.yml.j2')) as LokiConfig
    expect(config.auth_enabled).toBe(false)
    expect(config.server).toMatchObject({
      http_listen_address: '10.83.0.14',
      http_listen_port: 3100,
      grpc_listen_address: '127.0.0.1',
    })
    // Retention by stream needs both: a table for each day, and a compactor that deletes.
    expect(config.schema_config.configs).toMatchObject([{ store: 'tsdb', index: { period: '24h' } }])
    expect(config.compactor).toMatchObject({ retention_enabled: true, delete_request_store: 'filesystem' })
    const { retention_period, retention_stream } = config.limits_config
    const days = Object.fromEntries(retention_stream.map(({ selector, period }) => [selector, parseInt(period) / 24]))
    expect(retention_period).toBe('720h')
    expect(days).toEqual({
      '{kind="application"}': 30,
      '{kind="access"}': 90,
      '{kind="security"}': 365,
      '{kind="audit"}': 1_095,
    })
  })

  test('Alloy of a machine names it, and sends to where Loki listens', async () => {
    const config = await rendered('vm2', 'alloy/templates/config.alloy')
    expect(config).toContain('external_labels = {machine = "vm2"}')
    expect(config).toContain('url = "http://10.83.0.14:3100/loki/api/v1/push"')
    expect(config).not.toContain('{{')
  })

  test('the monitoring machine lets the others in to Loki, and they let it in to Alloy', async () => {
    const rules = await rendered('vm4', 'common/templates/nftables.conf')
    expect(rules).toContain('ip saddr { 10.83.0.11, 10.83.0.12, 10.83.0.13 } tcp dport { 3100 } accept')
    expect(await rendered('vm2', 'common/templates/nftables.conf')).toContain(
      'ip saddr { 10.83.0.14 } tcp dport { 12345 } accept',
    )
  })

  test.skipIf(!promtool)('Prometheus takes the jobs of Loki, of Alloy and of cameras', async () => {
    const cameras = { camera_uploads: true, camera_tls_certificate_file: 'certificate.pem' }
    const given = { ...cameras, metrics_ports: { 'alert-relay': 9084 } }
    const config = parse(await rendered('vm4', 'monitoring/templates/prometheus.yml.j2', given)) as {
      scrape_configs: { job_name: string; static_configs: { targets: string[]; labels?: object }[] }[]
    }
    for (const file of ['alerts.yml', 'parts.yml']) cpSync(join(ROOT, 'monitoring', file), join(folder, file))
    const file = join(folder, 'monitoring-templates-prometheus.yml.j2')
    expect(await execa(promtool!, ['check', 'config', file], { all: true, reject: false })).toMatchObject({
      exitCode: 0,
    })
    const targets = (job: string) => config.scrape_configs.find(one => one.job_name === job)?.static_configs
    expect(targets('loki')).toEqual([{ targets: ['10.83.0.14:3100'] }])
    expect(targets('alloy')).toHaveLength(4)
    expect(targets('alloy')).toContainEqual({ targets: ['10.83.0.12:12345'], labels: { machine: 'vm2' } })
    expect(targets('cameras-ftps')).toEqual([{ targets: ['10.83.0.11:21'] }])
    expect(targets('cameras-sftp')).toEqual([{ targets: ['10.83.0.11:2022'] }])
  })
})
