import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { printAndFail } from './base/say.ts'
import { makeFleetSecrets } from './fleet/fleet-secrets.ts'

const USAGE = `npm run fleet:secrets -- <file>

Makes the secrets of a new fleet and writes them into a file that must not exist yet. Add those of the bank and the mail server
(inventories/production.example/group_vars/fleet/vault.example.yml names them), then encrypt it with ansible-vault.`

/** `npm run fleet:secrets`. */
function main(): void {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { help: { type: 'boolean', default: false } },
  })
  const [file] = positionals
  if (values.help || !file) return console.log(USAGE)
  const lines = Object.entries(makeFleetSecrets()).map(([name, value]) => `${name}: "${value}"\n`)
  // Secrets that a fleet runs with are never written over.
  writeFileSync(file, `---\n${lines.join('')}`, { mode: 0o600, flag: 'wx' })
}

try {
  main()
} catch (error) {
  printAndFail(error)
}
