import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { ROOT } from '../base/paths.ts'
import { PORTS } from '../base/settings.ts'

const read = (file: string) => readFileSync(join(ROOT, 'monitoring', file), 'utf8')
const all = (text: string, pattern: RegExp) => [...new Set([...text.matchAll(pattern)].map(found => found[1]!))].sort()

/** Every file that defines a metric. */
const sources = () =>
  ['services/api', 'services/clerk', 'services/face-worker', 'packages/platform'].flatMap(program => {
    const folder = join(ROOT, program, 'src')
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(file => file.endsWith('.ts'))
    return files.map(file => readFileSync(join(folder, file), 'utf8')).filter(text => text.includes("'prom-client'"))
  })

/** What timers of the machines write for the node exporter. */
const ofTimers = () =>
  ['backup/templates/pix-backup', 'backup/templates/pix-restore-drill', 'mirror/templates/pix-mirror']
    .map(file => `ansible/roles/${file}`)
    .concat('infra/stack/src/scan-packages.ts')
    .map(file => readFileSync(join(ROOT, file), 'utf8'))
    .join('\n')

test('every metric that an alert looks at is one that a service or a timer measures', () => {
  const measured = [
    ...all(sources().join('\n'), /'((?:pix|http)_[a-z_]+)'/g),
    ...all(ofTimers(), /# TYPE (pix_[a-z_]+) gauge\b/g),
  ]
  const asked = all(read('alerts.yml'), /\b((?:pix|http)_[a-z_]+?)(?:_bucket|_sum|_count)?(?=[{[)\s])/g)
  expect(asked.length).toBeGreaterThan(5)
  expect(asked.filter(name => !measured.includes(name))).toEqual([])
})

test('every alert is expected to fire by the tests of the rules', () => {
  const alerts = all(read('alerts.yml'), /- alert: (\w+)/g)
  expect(all(read('alerts.test.yml'), /alertname="(\w+)"/g)).toEqual(alerts)
})

test('every alert names its runbook, and the page says what to do', () => {
  const alerts = all(read('alerts.yml'), /- alert: (\w+)/g)
  const named = all(read('alerts.yml'), /runbook: docs\/runbooks\/alerts\.md#(\w+)/g)
  expect(named).toEqual(alerts.map(name => name.toLowerCase()).toSorted())
  const page = readFileSync(join(ROOT, 'docs/runbooks/alerts.md'), 'utf8')
  expect(all(page, /^### (\w+)\n\n\S/gm)).toEqual(alerts)
})

test('Prometheus asks where the services answer', () => {
  const targets = all(read('prometheus.yml'), /127\.0\.0\.1:(\d+)/g)
  expect(targets).toEqual([PORTS.apiMetrics, PORTS.workerMetrics, PORTS.clerkMetrics].map(({ port }) => String(port)))
})
