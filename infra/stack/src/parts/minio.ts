import { execa } from 'execa'
import { existsSync, mkdirSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { findBinary } from '../base/find-binary.ts'
import { CACHE } from '../base/paths.ts'
import { say } from '../base/say.ts'

/** The last MinIO with its source open; images of it are not published. */
const VERSION = 'v0.0.0-20260212201848-7aac2a2c5b7c'

/** Builds the pinned MinIO once, where Go is. @returns the program, or `undefined` without Go or without the network */
export async function buildMinio(): Promise<string | undefined> {
  const folder = join(CACHE, 'bin')
  const program = join(folder, 'minio')
  if (existsSync(program)) return program
  const go = findBinary(['go'], ['/usr/local/go/bin', join(homedir(), 'go/bin')])
  if (!go) return undefined
  say('S3: building MinIO with go install, once (some minutes)')
  mkdirSync(folder, { recursive: true })
  const { exitCode, stderr } = await execa(go, ['install', `github.com/minio/minio@${VERSION}`], {
    env: { GOBIN: folder },
    reject: false,
  })
  if (exitCode === 0) return program
  say(`S3: MinIO could not be built: ${stderr.split('\n').at(-1)}`)
  return undefined
}
