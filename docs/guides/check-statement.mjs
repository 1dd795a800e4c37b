// Checks a statement of ThePixStock without trusting it: node check-statement.mjs statement.json [origin]
// It needs Node 18 or later and nothing else. docs/guides/check-a-statement.md says what it shows.
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'

const sha256 = (...parts) => parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest()
const leaf = text => sha256(Buffer.of(0), text)
const climb = (from, path) =>
  path.reduce((node, { side, hash }) => {
    const beside = Buffer.from(hash, 'hex')
    return side === 'left' ? sha256(Buffer.of(1), beside, node) : sha256(Buffer.of(1), node, beside)
  }, from)

/** JSON with its names in order: what the root of a seal is the hash of. */
const canonical = facts =>
  JSON.stringify(Object.fromEntries(Object.entries(facts).sort(([a], [b]) => (a < b ? -1 : 1))))

/** What is wrong with a line, or null. */
function faultOf(line, seals) {
  const { entry, entryPath, posting, postingPath, seal: number } = line.proof
  const parsed = JSON.parse(entry)
  if (-parsed.amount !== line.amount.amount) return 'the entry has another amount'
  if (line.photo && parsed.photoId !== line.photo.id) return 'the entry is of another photo'
  if (climb(leaf(entry), entryPath).toString('hex') !== JSON.parse(posting).entriesRoot)
    return 'the entry is not in its posting'
  const seal = seals.get(number)
  if (!seal) return 'its seal is not in the file'
  if (climb(leaf(posting), postingPath).toString('hex') !== seal.treeRoot) return 'the posting is not in its seal'
  return null
}

function rootOf({ root: _root, ...facts }) {
  return sha256(canonical(facts)).toString('hex')
}

const [file, origin] = process.argv.slice(2)
const statement = JSON.parse(readFileSync(file, 'utf8'))
const seals = new Map(statement.seals.map(seal => [seal.number, seal]))
const faults = []

let owed = statement.opening.amount
let unsealed = 0
for (const [at, line] of statement.lines.entries()) {
  owed += line.amount.amount
  if (line.proof === null) unsealed += 1
  else {
    const fault = faultOf(line, seals)
    if (fault) faults.push(`line ${at + 1}: ${fault}`)
  }
}
if (owed !== statement.closing.amount) faults.push('the lines do not lead from the opening to the closing sum')
for (const seal of seals.values()) {
  if (rootOf(seal) !== seal.root) faults.push(`seal ${seal.number}: its root is not the hash of its facts`)
  if (!origin) continue
  const published = await (await fetch(`${origin}/api/ledger/seals/${seal.number}`)).json()
  if (published.root !== seal.root) faults.push(`seal ${seal.number}: another root is published`)
}

for (const fault of faults) process.stderr.write(`${fault}\n`)
process.stdout.write(
  `${statement.lines.length - unsealed} lines stand in ${seals.size} seals, ${unsealed} are not sealed yet, ${faults.length} faults\n`,
)
for (const { number, root } of seals.values()) process.stdout.write(`seal ${number} ${root}\n`)
if (faults.length > 0) process.exitCode = 1
