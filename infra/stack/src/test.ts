import { randomBytes } from 'node:crypto'
import { parseArgs } from 'node:util'
import { findChromium } from './testing/find-chromium.ts'
import { forgetFolders, temporaryFoldersForTests } from './base/paths.ts'
import { buildWeb } from './start/build-web.ts'
import { readyFaceWeights } from './parts/face-weights.ts'
import { startPrivateStack } from './start/private-stack.ts'
import { Processes } from './base/processes.ts'
import { runVitest, runVitestTwice } from './testing/run-vitest.ts'
import { Obstacle, say, printAndFail } from './base/say.ts'
import { seedDemo } from './start/seed-demo.ts'
import { setupLinkOf } from './start/setup-link.ts'
import { runStaticChecks } from './testing/static-checks.ts'
import { add, failed, failureLines, flakyLines, lastLine, NOTHING, reasonsOf } from './testing/tally.ts'
import type { Tally } from './testing/tally.ts'
import { startTestParts } from './testing/test-parts.ts'

const isCi = Boolean(process.env.CI)
const { values, positionals } = parseArgs({
  options: { yes: { type: 'boolean', default: false } },
  allowPositionals: true,
})
/** `npm test -- static unit` runs only these. `long` runs where it is asked for: `npm run test:long`. */
const wanted = positionals.length > 0 ? positionals : ['static', 'unit', 'int', 'e2e']
const unattended = values.yes || isCi
/** In CI a test that wobbles must not hide what was delivered: it is run again and named. At a desk it is seen at once. */
const runReal = isCi ? runVitestTwice : runVitest
const cleanUps: (() => Promise<unknown>)[] = []

/** What is missing on this machine: a skip with its reason for a user, a failure in CI. */
function missing(test: string, reason: string): Tally {
  say(`NOT TESTED: ${test}: ${reason}`)
  return isCi ? failed(`${test}: ${reason}`) : { ...NOTHING, skipped: [{ test, reason }] }
}

async function integration(project: 'int' | 'long'): Promise<Tally> {
  const folders = await temporaryFoldersForTests()
  const processes = new Processes(folders)
  const forget = async () => {
    await processes.stopAll()
    await forgetFolders(folders)
  }
  cleanUps.push(forget)
  const environment = await startTestParts(processes, folders, unattended, reason => console.error(reason))
  const s3 = environment.TEST_S3_ENDPOINT
    ? NOTHING
    : missing('objects on a real S3 server', 'no minio, versitygw, Go or Docker on this machine')
  const ran = await runReal(project, { ...environment })
  await forget()
  return add(s3, ran)
}

/** The people of these tests are quicker than anybody; what slows such people down has tests of its own. */
const FOR_QUICK_PEOPLE = {
  LIMIT_LOGINS_PER_MINUTE: '1000',
  LIMIT_REQUESTS_PER_MINUTE: '10000',
  LIMIT_SEARCHES_PER_MINUTE: '1000',
  // No SFTPGo runs here: the page of logins for cameras is tried without a camera.
  CAMERA_HOST: 'cameras.test',
  CAMERA_HOOK_SECRET: randomBytes(32).toString('hex'),
}

async function endToEnd(): Promise<Tally> {
  const chromium = findChromium()
  if (!chromium)
    return missing('everything in a browser', 'no Chromium or Chrome on this machine (set PIX_CHROMIUM to its path)')
  const { stack, forget } = await startPrivateStack(unattended, forget => cleanUps.push(forget), FOR_QUICK_PEOPLE)
  const shop = {
    PIX_E2E_URL: stack.url,
    PIX_E2E_PAYNOI_URL: stack.paynoiUrl,
    PIX_E2E_MAIL_DIR: stack.mailDir,
    PIX_E2E_CHROMIUM: chromium,
    PIX_E2E_METRICS_URLS: Object.values(stack.metricsUrls).join(','),
    PIX_E2E_DATABASE_URL: stack.database.app,
    PIX_E2E_REDIS_URL: stack.redisUrl,
  }
  // The first run is of an empty shop; everything else is of the demo.
  const setupLink = await setupLinkOf(stack)
  const first = await runVitest('e2e', { ...shop, PIX_E2E_SETUP_LINK: setupLink! }, ['e2e/first-run.e2e.ts'])
  await seedDemo(stack)
  const ran = await runReal('e2e', shop)
  await forget()
  return add(first, ran)
}

const STEPS: Record<string, () => Promise<Tally>> = {
  static: runStaticChecks,
  unit: () => runVitest('unit*', {}),
  int: () => integration('int'),
  long: () => integration('long'),
  e2e: endToEnd,
}
/** What runs at the same time. `int` and `e2e` wait for their programs much of the time, and have servers of their own. */
const ORDER = [['static'], ['unit'], ['int', 'e2e'], ['long']]

async function runStep(name: string): Promise<Tally> {
  const began = Date.now()
  console.log(`\n== ${name}`)
  const ran = await STEPS[name]!().catch((error: unknown) => {
    printAndFail(error)
    return failed(`${name}: ${error instanceof Error ? error.message.split('\n')[0] : String(error)}`)
  })
  say(`${name}: ${lastLine(ran)} in ${Math.round((Date.now() - began) / 1000)} s`)
  return ran
}

/** `npm test`: everything but `long`, on ports and data of its own. */
async function main(): Promise<void> {
  const unknown = wanted.filter(name => !(name in STEPS))
  if (unknown.length > 0)
    throw new Obstacle(`No step is called ${unknown.join(' or ')}: ${Object.keys(STEPS).join(', ')}.`)
  let sum = NOTHING
  for (const together of ORDER) {
    const names = together.filter(name => wanted.includes(name))
    // Two starts of a shop would both build them.
    if (names.length > 1) await readyFaceWeights().then(buildWeb).catch(printAndFail)
    for (const ran of await Promise.all(names.map(runStep))) sum = add(sum, ran)
  }
  for (const cleanUp of cleanUps) await cleanUp().catch(() => undefined)
  console.log(['', ...reasonsOf(sum), ...flakyLines(sum), ...failureLines(sum), lastLine(sum)].join('\n'))
  process.exit(sum.failed > 0 ? 1 : 0)
}

const stop = async () => {
  for (const cleanUp of cleanUps) await cleanUp().catch(() => undefined)
  process.exit(130)
}
process.on('SIGINT', () => void stop())
process.on('SIGTERM', () => void stop())
process.on('disconnect', () => void stop())
await main().catch(error => {
  printAndFail(error)
  process.exit()
})
