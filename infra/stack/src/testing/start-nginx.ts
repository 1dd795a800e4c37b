import { type ChildProcess, spawn } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { userInfo } from 'node:os'
import { join } from 'node:path'
import { ROOT } from '../base/paths.ts'

const IMAGES = join(ROOT, 'infra/images')
export const PLAIN = '<title>shop</title>'
export const AWAY = readFileSync(join(ROOT, 'web/public/away.html'), 'utf8')
export const WORKER = `// ${'the worker '.repeat(200)}`

interface Place {
  /** For its configuration, pages, log and temporary files. */
  folder: string
  port: number
  apiPort: number
}

/** nginx as the image has it, but for addresses, folders and patience. Its proxy in front is this machine. */
export function startNginx(nginx: string, { folder, port, apiPort }: Place): ChildProcess {
  const html = join(folder, 'html')
  mkdirSync(join(html, 'assets'), { recursive: true })
  writeFileSync(join(html, 'index.html'), PLAIN)
  writeFileSync(join(html, 'away.html'), AWAY)
  writeFileSync(join(html, 'assets/app-1a2b.js'), 'export {}')
  writeFileSync(join(html, 'sw.js'), WORKER)
  writeFileSync(join(html, 'sw-off.js'), '// off')
  const here = readFileSync(join(IMAGES, 'here.nginx.conf'), 'utf8')
    .replace('listen 8080', `listen 127.0.0.1:${port}`)
    .replace('set_real_ip_from 172.16.0.0/12', 'set_real_ip_from 127.0.0.1')
    .replace('/usr/share/nginx/html', html)
    .replace('http://api:8081', `http://127.0.0.1:${apiPort}`)
    .replace('http://objects:9000', `http://127.0.0.1:${apiPort}`)
  writeFileSync(join(folder, 'here.conf'), here)
  const site = readFileSync(join(IMAGES, 'web.nginx.conf'), 'utf8')
    .replace('/etc/nginx/here.conf', join(folder, 'here.conf'))
    .replace('client_body_timeout 20s', 'client_body_timeout 1s')
    .replace('client_header_timeout 10s', 'client_header_timeout 1s')
  writeFileSync(join(folder, 'site.conf'), site)
  const kinds = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
  const main = readFileSync(join(IMAGES, 'nginx.conf'), 'utf8')
    .replace(/^user .*$/m, `user ${userInfo().username};\ndaemon off;`)
    .replace('worker_processes auto', 'worker_processes 1')
    .replace('/run/nginx.pid', join(folder, 'pid'))
    .replace('/var/log/nginx/error.log', join(folder, 'error.log'))
    .replace('/var/log/nginx/access.log', join(folder, 'access.log'))
    .replace('include /etc/nginx/mime.types;', 'types { text/html html; text/javascript js; }')
    .replace('include /etc/nginx/conf.d/*.conf;', `include ${folder}/site.conf;`)
    .replace('http {', `http {\n${kinds.map(kind => `  ${kind}_temp_path ${folder}/${kind};`).join('\n')}`)
  writeFileSync(join(folder, 'nginx.conf'), main)
  return spawn(nginx, ['-p', folder, '-e', join(folder, 'error.log'), '-c', join(folder, 'nginx.conf')], {
    stdio: 'inherit',
  })
}
