import { LOGO_MAX_BYTES, type StudioSettings } from '@pix/contracts/studio-settings.ts'
import { readLogo } from '@pix/jobs/studios.ts'
import { uploadKey } from '@pix/platform/storage-keys.ts'
import { MAIN_BUCKET, VANISHING_BUCKET } from '@pix/platform/storage.ts'
import { recordAudit } from '../../../base/audit.ts'
import type { CallerContext } from '../../../base/context.ts'
import { Problem } from '../../../base/problem.ts'
import { type FormParts, receiveFile } from '../../../base/receive-file.ts'
import { inStudio, MANAGERS } from '../in-studio.ts'
import { changeStudio } from './change-settings.ts'

/** The first bytes of what may become a logo. SVG and the rest never reach the worker. */
const beginsLikePicture = (head: string): boolean =>
  head.startsWith('\x89PNG\r\n\x1a\n') ||
  head.startsWith('\xff\xd8\xff') ||
  (head.startsWith('RIFF') && head.startsWith('WEBP', 8))

/**
 * Keeps a picture for the logo until a worker has read it, in a process of its own like every stranger's picture.
 *
 * @throws Problem `not_found` unless the caller manages the studio; before a byte of the file is kept
 */
export async function uploadLogo(ctx: CallerContext, studioId: string, form: FormParts): Promise<StudioSettings> {
  await inStudio(ctx, studioId, MANAGERS, async () => undefined)
  const bytes = await receiveFile(form)
  if (!beginsLikePicture(bytes.toString('latin1', 0, 16))) throw new Problem('not_an_image')
  const key = uploadKey(ctx.newId())
  await ctx.storage.put(VANISHING_BUCKET, key, bytes, { contentType: 'application/octet-stream' })
  let replaced: string | null = null
  const settings = await changeStudio(ctx, studioId, MANAGERS, async (staff, before) => {
    replaced = before.logoUpload
    await recordAudit(staff, 'studio.logo', `studio:${studioId}`, { after: { bytes: bytes.length } })
    return { logoUpload: key, logoFault: null }
  })
  if (replaced !== null) await ctx.storage.delete(VANISHING_BUCKET, replaced)
  await ctx.enqueue(readLogo, { studioId })
  return settings
}

/** Removes the logo: the name is shown instead. @throws Problem `not_found` unless the caller manages the studio */
export async function removeLogo(ctx: CallerContext, studioId: string): Promise<StudioSettings> {
  const gone: { logo: string | null; upload: string | null } = { logo: null, upload: null }
  const settings = await changeStudio(ctx, studioId, MANAGERS, async (staff, { logo, logoUpload }) => {
    Object.assign(gone, { logo, upload: logoUpload })
    await recordAudit(staff, 'studio.logo', `studio:${studioId}`, { after: { bytes: null } })
    return { logo: null, logoUpload: null, logoFault: null }
  })
  if (gone.logo !== null) await ctx.storage.delete(MAIN_BUCKET, gone.logo)
  if (gone.upload !== null) await ctx.storage.delete(VANISHING_BUCKET, gone.upload)
  return settings
}

/** What a form of a logo may hold. */
export const LOGO_LIMITS = { fileBytes: LOGO_MAX_BYTES }
