import { createHash, timingSafeEqual } from 'node:crypto'
import type { Context } from '../../../../base/context.ts'
import { notFound } from '../../../../base/problem.ts'

const sha256 = (text: string): Buffer => createHash('sha256').update(text).digest()

/** @throws Problem `not_found` unless SFTPGo asks, and wherever no files come from cameras */
export function checkHookSecret({ settings }: Pick<Context, 'settings'>, given: string | undefined): void {
  const secret = settings.CAMERA_HOOK_SECRET
  if (secret === undefined || given === undefined || !timingSafeEqual(sha256(secret), sha256(given))) throw notFound()
}
