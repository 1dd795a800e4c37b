import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { expect, test } from 'vitest'
import { ROOT } from '../base/paths.ts'
import { alertLimit } from './alert-limits.ts'
import { DASHBOARDS } from './dashboards.ts'
import { LOKI } from './lines-panel.ts'
import { panel, PROMETHEUS, RUNBOOKS } from './panel.ts'

const FOLDER = join(ROOT, 'monitoring/dashboards')
const panels = Object.values(DASHBOARDS).flatMap(({ panels = [] }) => panels.filter(one => one.type !== 'row'))

test.each(Object.entries(DASHBOARDS))(
  '%s as it is committed is what the code makes (-u writes it)',
  async (name, made) => {
    await expect(`${JSON.stringify(made, null, 2)}\n`).toMatchFileSnapshot(join(FOLDER, `${name}.json`))
  },
)

test('no other dashboard is committed, and each has an address of its own', () => {
  expect(readdirSync(FOLDER).toSorted()).toEqual(
    Object.keys(DASHBOARDS)
      .map(name => `${name}.json`)
      .toSorted(),
  )
  const uids = Object.values(DASHBOARDS).map(({ uid }) => uid)
  expect(new Set(uids).size).toBe(uids.length)
})

test('every alert has its runbook linked from a panel, but for those about alerting itself', () => {
  const rules = readFileSync(join(ROOT, 'monitoring/alerts.yml'), 'utf8')
  const { groups } = parse(rules) as { groups: { rules: { alert: string }[] }[] }
  const linked = JSON.stringify(panels.map(one => 'links' in one && one.links))
  const missing = groups.flatMap(group => group.rules).filter(({ alert }) => !linked.includes(`"${alert}: what to do"`))
  expect(missing.map(({ alert }) => alert)).toEqual(['AlertsNotTold'])
})

test('a limit is read from the rule that alerts people', () => {
  expect(alertLimit('CpuBusy')).toMatchObject({ severity: 'warning', limit: { value: 0.8, fires: 'above' } })
  expect(alertLimit('DiskFilling')).toMatchObject({ severity: 'info', limit: { value: 0.2, fires: 'below' } })
  expect(alertLimit('ServiceDown')).toMatchObject({ severity: 'critical', limit: { value: 0, fires: 'at' } })
  expect(alertLimit('LedgerCheckOld')).toMatchObject({ limit: { value: 21_600, fires: 'above' } })
  for (const compares of ['SweepStuck', 'TrafficUnusual', 'AddressesRefused', 'Watchdog'])
    expect(alertLimit(compares)).not.toHaveProperty('limit')
  expect(() => alertLimit('NoSuchAlert')).toThrow('NoSuchAlert')
})

test('a panel is calm up to the limit of an alert, and has its colour from there on', () => {
  const facts = { title: '', about: '', unit: 'percentunit', series: { a: 'up' } } as const
  const stepsOf = (more: object) => panel({ ...facts, ...more }).build().fieldConfig?.defaults.thresholds?.steps
  expect(stepsOf({ alerts: ['StorageNearlyFull'], alertsOfRest: ['DiskFilling'] })).toEqual([
    { color: 'green', value: null },
    { color: 'blue', value: 0.8 },
    { color: 'red', value: 0.95 },
  ])
  expect(stepsOf({ alerts: ['ServiceDown'] })).toEqual([
    { color: 'red', value: null },
    { color: 'green', value: 1 },
  ])
  expect(stepsOf({ runbooks: ['StorageNearlyFull'] })).toEqual([{ color: 'green', value: null }])
})

test('the data sources that panels name are those that Ansible provisions, and it puts the runbooks’ address in', () => {
  const role = join(ROOT, 'ansible/roles/grafana')
  const provisioned = readFileSync(join(role, 'templates/provisioning/datasources/thepixstock.yaml.j2'), 'utf8')
  // As with `logs: true`.
  const filled = provisioned.replaceAll(/^\{%.*%\}$/gm, '').replaceAll(/\{\{.*?\}\}/g, 'x')
  const { datasources } = parse(filled) as { datasources: object[] }
  expect(datasources).toMatchObject([PROMETHEUS, LOKI])
  const placeholder = /replace\('(\w+)', runbooks_url\)/.exec(readFileSync(join(role, 'tasks/main.yml'), 'utf8'))![1]!
  for (const one of Object.values(DASHBOARDS))
    expect(one.templating?.list).toContainEqual(expect.objectContaining({ name: RUNBOOKS, query: placeholder }))
})
