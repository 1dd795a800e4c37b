import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { ANSIBLE } from '../fleet/places.ts'
import { asMachine, WITHOUT_ANSIBLE } from '../testing/run-ansible.ts'

interface Task {
  name: string
  when: string
  vars: Record<string, string>
}
const FILE = 'roles/web/tasks/tls-letsencrypt.yml'
const asks = (parse(readFileSync(join(ANSIBLE, FILE), 'utf8')) as Task[]).find(
  ({ name }) => name === 'Ask for the certificate',
)!

const AUTHORITY = 'https://acme.test/directory'
const HERE = {
  letsencrypt_names: ['shop.test', '*.shop.test'],
  letsencrypt_directory: AUTHORITY,
  web_certificate: { stdout: 'X509v3 Subject Alternative Name: \n    DNS:*.shop.test, DNS:shop.test' },
  web_authority: { stdout: `server = ${AUTHORITY}` },
}

/** Whether a run of Ansible asks, where the inventory and the machine say this. */
async function isAsked(given: object): Promise<boolean> {
  const variables = { ...HERE, ...asks.vars, ...given, asks: `{{ ${asks.when} }}` }
  const { all } = await asMachine('vm3', 'debug', 'msg="asks={{ asks | bool }}"', variables)
  return /asks=(True|False)/.exec(all!)![1] === 'True'
}

test.skipIf(WITHOUT_ANSIBLE).each([
  ['names and authority are those of the certificate', false, {}],
  ['a name is in capitals and given twice', false, { letsencrypt_names: ['Shop.test', '*.shop.test', 'shop.test'] }],
  ['another name is wanted', true, { letsencrypt_names: ['shop.test'] }],
  ['another authority is wanted', true, { letsencrypt_directory: 'https://other.test/directory' }],
  ['there is no certificate', true, { web_certificate: { stdout: '' }, web_authority: { stdout: '' } }],
  ['it is asked for once more', true, { letsencrypt_again: 'true' }],
])(
  `where %s, a certificate is asked for: %s${WITHOUT_ANSIBLE}`,
  async (_, wanted, given) => {
    expect(await isAsked(given)).toBe(wanted)
  },
  60_000,
)
