import { execa } from 'execa'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { findBinary } from '../base/find-binary.ts'
import { ROOT } from '../base/paths.ts'

const promtool = findBinary(['promtool'])
const lacking = promtool || process.env.CI ? '' : ' [skipped: promtool is not on this machine; Prometheus brings it]'

const run = (...args: string[]) =>
  execa(promtool ?? 'promtool', args, { cwd: join(ROOT, 'monitoring'), all: true, reject: false })

test.skipIf(lacking)(`each alert fires where it should and none on a healthy shop${lacking}`, async () => {
  expect(await run('test', 'rules', 'alerts.test.yml')).toMatchObject({ exitCode: 0 })
})

test.skipIf(lacking)(
  `a part is measured by all that it needs, and a minute without a measurement says nothing${lacking}`,
  async () => {
    expect(await run('test', 'rules', 'parts.test.yml')).toMatchObject({ exitCode: 0 })
  },
)

test.skipIf(lacking)(`Prometheus takes its configuration and its rules${lacking}`, async () => {
  expect(await run('check', 'config', 'prometheus.yml')).toMatchObject({ exitCode: 0 })
})
