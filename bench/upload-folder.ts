import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'

const { values } = parseArgs({
  options: {
    /** Different files; every fourth has 9 MB, the others 0.2 MB. */
    files: { type: 'string', default: '5000' },
  },
})

/**
 * The test of the command line with as many files as asked for: sent while the api is killed three times and the sender
 * once. It needs the servers of `node infra/bootstrap.mjs services`, and ends with what the receipt says.
 */
const TEST = 'services/api/src/catalogue/photos/upload/resumable/command-line.long.test.ts'
const child = spawn('npx', ['vitest', 'run', '--project', 'long', TEST], {
  cwd: fileURLToPath(new URL('..', import.meta.url)),
  env: { ...process.env, PIX_UPLOAD_FILES: values.files },
  stdio: 'inherit',
})
child.once('exit', code => (process.exitCode = code ?? 1))
