import type { Log } from '@pix/platform/log.ts'

/**
 * In production somebody has to know where the photos are besides in the storage. The api serves without a mirror, since it loses
 * nothing by itself.
 */
export function warnWithoutMirror(
  { MODE, PHOTO_MIRROR }: { MODE: 'development' | 'production'; PHOTO_MIRROR?: string | undefined },
  log: Pick<Log, 'warn'>,
): void {
  if (MODE !== 'production' || PHOTO_MIRROR !== undefined) return
  log.warn(
    'THE PHOTOS HAVE NO MIRROR: a lost disk loses them. docs/guides/backup-and-recovery.md; then set PHOTO_MIRROR',
  )
}
