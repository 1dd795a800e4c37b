import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { parse, parseAllDocuments } from 'yaml'
import { Settings as Api } from '../../../../services/api/src/settings.ts'
import { Settings as AlertRelay } from '../../../../services/alert-relay/src/settings.ts'
import { Settings as Clerk } from '../../../../services/clerk/src/settings.ts'
import { Settings as FaceWorker } from '../../../../services/face-worker/src/settings.ts'
import { ROOT } from '../base/paths.ts'
import { makeFleetSecrets } from '../fleet/fleet-secrets.ts'

const FOLDER = join(ROOT, 'ansible')
const files = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' })
const read = (file: string) => readFileSync(join(FOLDER, file), 'utf8')

test('every YAML file of ansible/ parses', () => {
  const yaml = files.filter(file => file.endsWith('.yml') && !file.includes('/templates/'))
  expect(yaml.length).toBeGreaterThan(30)
  const faults = yaml.flatMap(file =>
    parseAllDocuments(read(file)).flatMap(({ errors }) => errors.map(e => `${file}: ${e}`)),
  )
  expect(faults).toEqual([])
})

test.each([
  ['api', Object.keys(Api.shape)],
  ['clerk', Object.keys(Clerk.in.shape)],
  ['face_worker', Object.keys(FaceWorker.shape)],
  ['alert_relay', Object.keys(AlertRelay.shape)],
])('the environment of %s names settings that the program reads', (role, settings) => {
  const name = role.replace('_', '-')
  const own = read(`roles/${role}/templates/${name}.env`)
  const text = own.includes('common.env') ? `${own}\n${read('roles/programs/templates/common.env')}` : own
  const named = [...text.matchAll(/^([A-Z][A-Z0-9_]*)=/gm)].map(([, setting]) => setting!)
  expect(named.length).toBeGreaterThan(7)
  expect(named.filter(setting => !settings.includes(setting))).toEqual([])
})

test('a release can be made beside an inventory of production, which git does not see', () => {
  const ignored = readFileSync(join(ROOT, '.gitignore'), 'utf8').split('\n')
  expect(ignored).toEqual(expect.arrayContaining(['ansible/inventories/production/', 'ansible/*.retry']))
})

test('the vault of a new fleet has every secret that a template asks for', () => {
  const sources = files
    .filter(file => /\.(yml|conf|env|service)$|pix-/.test(file))
    .filter(file => file.startsWith('roles/'))
  const asked = new Set(sources.flatMap(file => [...read(file).matchAll(/\bvault_[a-z_]+/g)].map(([name]) => name)))
  const example = [
    ...read('inventories/production.example/group_vars/fleet/vault.example.yml').matchAll(/^(vault_\w+):/gm),
  ]
  const named = example.map(([, name]) => name!)
  expect([...asked].filter(name => !named.includes(name) && name !== 'vault_bounce_imap_url')).toEqual([])
  expect(Object.keys(makeFleetSecrets()).filter(name => !named.includes(name))).toEqual([])
})

test('SFTPGo gets the same settings from Ansible as from Compose, in the same version', () => {
  const own = read('roles/camera_uploads/templates/sftpgo.env')
  const given = Object.fromEntries([...own.matchAll(/^(SFTPGO_\w+)="(.*)"$/gm)].map(([, name, value]) => [name, value]))
  const compose = parse(readFileSync(join(ROOT, 'docker-compose.yml'), 'utf8'), { merge: true }) as {
    services: { sftpgo: { image: string; environment: Record<string, string> } }
  }
  const { image, environment } = compose.services.sftpgo
  expect(Object.keys(given).toSorted()).toEqual(Object.keys(environment).toSorted())
  // Files of the container are its one user's; on a machine the api is another user.
  const others = ['SFTPGO_COMMON__UMASK', 'SFTPGO_FTPD__BINDINGS__0__PORT', 'SFTPGO_SFTPD__BINDINGS__0__PORT']
  const ofMachine = /\{\{|\$\{|^http:/
  const fixed = Object.keys(given).filter(
    name => !others.includes(name) && !ofMachine.test(given[name]!) && !ofMachine.test(environment[name]!),
  )
  expect(fixed.length).toBeGreaterThan(10)
  expect(fixed.map(name => [name, given[name]])).toEqual(fixed.map(name => [name, environment[name]]))
  const { sftpgo_version, camera_passive_ports } = parse(read('group_vars/all/defaults.yml')) as Record<string, string>
  expect(image).toBe(`drakkan/sftpgo:v${sftpgo_version}`)
  const { SFTPGO_FTPD__PASSIVE_PORT_RANGE__START: first, SFTPGO_FTPD__PASSIVE_PORT_RANGE__END: last } = environment
  expect(camera_passive_ports).toBe(`${first}-${last}`)
})
