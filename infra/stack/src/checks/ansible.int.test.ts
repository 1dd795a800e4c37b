import { execa } from 'execa'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { findBinary } from '../base/find-binary.ts'
import { ROOT } from '../base/paths.ts'
import { ANSIBLE } from '../fleet/places.ts'
import { asMachine, renderTemplate, runAnsible, WITHOUT_ANSIBLE } from '../testing/run-ansible.ts'

const lacking = WITHOUT_ANSIBLE
const nginx = findBinary(['nginx'], ['/usr/sbin'])

test.skipIf(lacking)(`Ansible takes the playbooks${lacking}`, async () => {
  for (const playbook of ['site.yml', 'rollback.yml', 'restore.yml', 'restore-photos.yml'])
    expect(await runAnsible('ansible-playbook', '--syntax-check', '-i', 'inventories/test', playbook)).toMatchObject({
      exitCode: 0,
    })
})

const look = (inventory: string, given: object) =>
  runAnsible('ansible-playbook', '-i', `inventories/${inventory}`, 'look-at-inventory.yml', '-e', JSON.stringify(given))

test.skipIf(lacking)(
  `an inventory that is not filled in is refused before anything is changed, and says what it lacks${lacking}`,
  async () => {
    const secrets = ['smtp_url', 'alert_smtp_password', 'paynoi_api_key', 'paynoi_webhook_secret', 'backup_cipher']
    const whole = {
      ...Object.fromEntries([...secrets, 'line_channel_token'].map(name => [`vault_${name}`, 'x'])),
      tls_certificate_file: 'certificate.pem',
      tls_key_file: 'key.pem',
      alert_deadman_url: 'https://alive.test',
    }
    expect(await look('test', whole)).toMatchObject({ exitCode: 0 })
    const without = { ...whole, alert_deadman: false, alert_deadman_url: '' }
    expect(await look('test', without)).toMatchObject({ exitCode: 0 })
    for (const [name, value] of Object.entries({
      vault_smtp_url: '',
      tls_key_file: '',
      mail_from: '',
      alert_deadman_url: '',
      private_address: '10.9.0.1',
    }))
      expect(await look('test', { ...whole, [name]: value })).toMatchObject({
        exitCode: 2,
        all: expect.stringContaining(value ? `${value} is not in 10.83.0.0/24` : `${name} is not filled in`),
      })
    const example = await look('production.example', whole)
    expect([example.exitCode, example.all]).toEqual([2, expect.stringContaining('203.0.113.11')])
  },
  120_000,
)

test.skipIf(lacking)(`a dashboard comes as it is committed, with the runbooks’ address${lacking}`, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'fleet-dashboards-'))
  try {
    const tasks = readFileSync(join(ANSIBLE, 'roles/grafana/tasks/main.yml'), 'utf8')
    const content = /content: "(\{\{ lookup.*)\\n"$/m.exec(tasks)![1]!
    const [from, dest] = [join(ROOT, 'monitoring/dashboards/ai-processing.json'), join(folder, 'ai-processing.json')]
    const given = JSON.stringify({ content: `${content}\n`, dest })
    const said = await asMachine('vm4', 'copy', given, { item: from, runbooks_url: 'https://git.test/' })
    expect(said).toMatchObject({ exitCode: 0 })
    const wanted = readFileSync(from, 'utf8').replace('RUNBOOKS_URL', 'https://git.test/')
    expect(wanted).toContain('{{queue}}')
    expect(readFileSync(dest, 'utf8')).toBe(wanted)
  } finally {
    rmSync(folder, { recursive: true })
  }
})

describe.skipIf(lacking || !nginx)(`nginx takes what the templates give${lacking}`, () => {
  let folder = ''
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'fleet-nginx-'))
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  const rendered = (machine: string, template: string) =>
    renderTemplate(machine, template, join(folder, template.replaceAll('/', '-')))

  async function tried(parts: string[]) {
    const file = join(folder, 'nginx.conf')
    const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
    const folders = temporary.map(kind => `${kind}_temp_path ${folder}/${kind};`).join('\n')
    writeFileSync(file, `pid ${folder}/pid;\nevents {}\nhttp {\n${folders}\naccess_log off;\n${parts.join('\n')}\n}\n`)
    return execa(nginx!, ['-t', '-e', 'stderr', '-c', file], { all: true, reject: false })
  }

  test('at the edge, with the container’s own file', async () => {
    const key = join(folder, 'key.pem')
    const certificate = join(folder, 'certificate.pem')
    const wanted = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-subj', '/CN=shop.fleet.test', '-days', '1']
    await execa('openssl', [...wanted, '-keyout', key, '-out', certificate])
    const here = (await rendered('vm3', 'web/templates/here.conf'))
      .replace('/etc/nginx/tls/fullchain.pem', certificate)
      .replace('/etc/nginx/tls/privkey.pem', key)
    writeFileSync(join(folder, 'here.conf'), here)
    const shop = readFileSync(join(ROOT, 'infra/images/web.nginx.conf'), 'utf8')
    const said = await tried([
      await rendered('vm3', 'web/templates/conf.d/admins.conf'),
      await rendered('vm3', 'web/templates/conf.d/plain.conf'),
      shop.replace('/etc/nginx/here.conf', join(folder, 'here.conf')),
    ])
    expect(said).toMatchObject({ exitCode: 0 })
  })

  test('in front of the apis', async () => {
    const live = join(folder, 'live-api.conf')
    writeFileSync(live, 'default 8081;\n')
    const front = await rendered('vm1', 'api/templates/front.conf')
    const here = front.replace('/etc/nginx/live-api.conf', live).replaceAll('listen 10.83.0.11', 'listen 127.0.0.1')
    expect(await tried([here])).toMatchObject({ exitCode: 0 })
  })
})
